import LeadWorklist from 'c/leadWorklist';
import { publish, subscribe } from 'lightning/messageService';
import getWorklist from '@salesforce/apex/LeadRankController.getWorklist';
import sendFeedback from '@salesforce/apex/LeadRankController.sendFeedback';
import { refreshApex } from '@salesforce/apex';
import { MADE_AT, reordered, unavailable, worklistAnswer } from '../../../../../../tests/support/answers';
import { button, clear, deep, mount, settle, textOf } from '../../../../../../tests/support/page';

jest.mock(
  '@salesforce/apex/LeadRankController.getWorklist',
  () => ({ default: require('@salesforce/sfdx-lwc-jest').createApexTestWireAdapter(jest.fn()) }),
  { virtual: true },
);
jest.mock('@salesforce/apex/LeadRankController.sendFeedback', () => ({ default: jest.fn() }), { virtual: true });
jest.mock('@salesforce/apex', () => ({ refreshApex: jest.fn(() => Promise.resolve()) }), { virtual: true });

/** The page with a first answer; its toasts are collected. */
async function open(answer) {
  const element = mount('c-lead-worklist', LeadWorklist);
  element.toasts = [];
  element.addEventListener('lightning__showtoast', (event) => element.toasts.push(event.detail));
  if (answer) getWorklist.emit(answer);
  await settle();
  return element;
}

/** What Apex answers in an outage. */
function byPoints() {
  const { generatedAt, items } = worklistAnswer();
  const ranked = items.toReversed().map(({ record, object, kind, name }, index) => ({
    record, object, kind, name, position: index + 1, level: 'L4', points: 45 - index, flags: [], reasons: [],
  }));
  return { generatedAt, level: 'L4', items: ranked, leftOut: [], data: { asOf: null, ageSeconds: null } };
}

const rows = (element) => deep(element.shadowRoot, 'c-worklist-item');
const order = (element) => rows(element).map((row) => row.item.record);

/** An answer that the test gives when it wants to. */
function pending() {
  let settleWith;
  const promise = new Promise((resolve, reject) => {
    settleWith = { resolve, reject };
  });
  return { promise, ...settleWith };
}

describe('c-lead-worklist', () => {
  beforeEach(() => {
    jest.useFakeTimers({ now: MADE_AT, doNotFake: ['nextTick', 'queueMicrotask'] });
    sendFeedback.mockResolvedValue({});
  });
  afterEach(() => {
    clear();
    jest.useRealTimers();
  });

  describe('states', () => {
    it('shows rows in waiting while it loads, and says so', async () => {
      const element = await open();
      expect(deep(element.shadowRoot, '[role="status"]')).not.toHaveLength(0);
      expect(textOf(element)).toContain('Loading');
      expect(rows(element)).toHaveLength(0);
    });

    it('shows the leads in the order of the service', async () => {
      const answer = worklistAnswer();
      const element = await open(answer);
      expect(order(element)).toEqual(answer.items.map((item) => item.record));
      const text = textOf(element);
      expect(text).toContain('3 records, best first');
      expect(text).toContain('Amara Okafor');
      expect(text).toContain('Score 97 of 100, grade A');
      expect(text).toContain('4 visits to the pricing page in the last 7 days');
      expect(text).toContain('Call now: the lead was on the site an hour ago');
      expect(text).toContain('Newest data: 1 h 30 min old');
      expect(text).toContain('Not in the list: 1 snoozed, 7 lost or disqualified lately');
    });

    it('says that there is nothing to do', async () => {
      const element = await open(worklistAnswer({ items: [] }));
      expect(textOf(element)).toContain('Nothing to work right now');
      expect(deep(element.shadowRoot, 'ol')).toHaveLength(0);
    });

    it.each([
      ['service', 'leadrank is not answering', true],
      ['timeout', 'leadrank is slow to answer', true],
      ['unauthorized', 'You have no access to leadrank', false],
    ])('explains %s and offers what helps', async (reason, title, canRetry) => {
      const element = await open(unavailable(reason));
      expect(deep(element.shadowRoot, '[role="alert"]')).toHaveLength(1);
      expect(textOf(element)).toContain(title);
      expect(Boolean(button(element.shadowRoot, 'Try again'))).toBe(canRetry);
    });

    it('passes on the message of an Apex error', async () => {
      const element = await open();
      getWorklist.error({ message: 'Apex class is missing' });
      await settle();
      expect(textOf(element)).toContain('Apex class is missing');
    });

    it('asks again on request', async () => {
      const element = await open(unavailable('service'));
      button(element.shadowRoot, 'Try again').click();
      expect(refreshApex).toHaveBeenCalledTimes(1);
    });

    it.each([
      ['L1', 'Some data is late', 'The model ranks, but'],
      ['L2', 'Last score, 3 h old', 'what happened since is not in it'],
      ['L3', 'Rules only: the model is unavailable', 'Points by fixed rules rank'],
    ])('wears a badge at %s, and says what that means, why, and as of when', async (level, words, meaning) => {
      // The data is fresh: what is old at L2 is the score.
      const scoredAt = new Date(MADE_AT - 3 * 3_600_000).toISOString();
      const answer = worklistAnswer({ level, levelReason: 'because of a test', scoredAt });
      const element = await open(answer);
      const [badge] = deep(element.shadowRoot, '.slds-badge');
      expect(badge.textContent.trim()).toContain(words);
      for (const told of ['because of a test', meaning, 'As of ']) expect(textOf(element)).toContain(told);
    });

    it('tells of the kind of records that is answered otherwise than the list', async () => {
      const levels = [{ kind: 'lead', level: 'L0', records: 2 }, { kind: 'opportunity', level: 'L3', design: 'rules', records: 1 }];
      expect(textOf(await open(worklistAnswer({ levels })))).toMatch(/Live\s*Opportunities: By rules/u);
      expect(textOf(await open(worklistAnswer({ levels: levels.slice(0, 1) })))).not.toContain('Leads: ');
    });

    it('shows more of a list that goes on, at once and as far as Apex goes', async () => {
      const [one] = worklistAnswer().items;
      const listOf = (count, from = 0) => worklistAnswer({ items: Array.from({ length: count }, (_, n) => ({ ...one, record: `00Q${from + n}`, position: n + 1 })) });
      const element = await open(listOf(25));
      expect(getWorklist.getLastConfig()).toEqual({ maxItems: 25 });
      button(element.shadowRoot, 'Show more').click();
      await settle();
      expect(getWorklist.getLastConfig()).toEqual({ maxItems: 50 });
      expect(rows(element)).toHaveLength(25);
      getWorklist.emit(listOf(50, 7)); // another order by now: whoever asked sees it
      await settle();
      expect(order(element)).toEqual(listOf(50, 7).items.map(({ record }) => record));
      for (const count of [75, 100]) {
        button(element.shadowRoot, 'Show more').click();
        await settle();
        getWorklist.emit(listOf(count, 7));
        await settle();
      }
      expect(getWorklist.getLastConfig()).toEqual({ maxItems: 100 });
      expect(button(element.shadowRoot, 'Show more')).toBeUndefined();
      getWorklist.emit(listOf(100, 8));
      await settle();
      expect(order(element)[0]).toBe('00Q7'); // a refresh that nobody asked for moves nothing
    });

    it('has no more to show where the list ends before', async () => {
      expect(button((await open(worklistAnswer())).shadowRoot, 'Show more')).toBeUndefined();
    });

    it('says what is not on it and why, in words for codes and flags, and counts the rest', async () => {
      const leftOut = [
        { reason: 'fatigued', count: 3 },
        { reason: 'competitor', count: 2, words: 'a competitor' },
        { reason: 'a_new_one', count: 4 },
        { reason: 'constructor', count: 1 },
        { reason: 'closed', count: 500, orMore: true },
      ];
      const element = await open(worklistAnswer({ leftOut }));
      const foot = deep(element.shadowRoot, 'footer')[0].textContent;
      expect(foot).toBe('Not in the list: 3 contacted often lately, a competitor: 2, 500 or more lost or disqualified lately, 5 for other reasons');
    });

    it('shows what the org ranks by its own points in an outage, without what only the service knows', async () => {
      const { items, ...answer } = byPoints();
      const element = await open({ ...answer, items });
      expect(order(element)).toEqual(items.map((item) => item.record));
      expect(textOf(element)).toContain('Rules in Salesforce only');
      expect(textOf(element)).toContain('45 points by the rules of Salesforce');
      expect(textOf(element)).toContain('No score: leadrank is not answering');
      expect(button(rows(element)[0].shadowRoot, 'Done')).toBeUndefined();
      expect(textOf(element)).not.toMatch(/null|undefined|NaN|unknown/);
    });

    it('keeps the list of the service in an outage, and says that it is no newer', async () => {
      const element = await open(worklistAnswer());
      const before = order(element);
      getWorklist.emit(byPoints());
      await settle();
      expect(order(element)).toEqual(before);
      expect(textOf(element)).toContain('Could not refresh');
    });

    it.each([
      ['an experiment', { levelReason: 'Control arm', arm: 'control' }],
      ['a cell without a model', { levelReason: 'no model yet', design: 'rules' }],
    ])('calls a list that %s has the rules make no worse', async (_, made) => {
      const element = await open(worklistAnswer({ level: 'L3', ...made }));
      expect(deep(element.shadowRoot, '.slds-theme_warning')).toHaveLength(0);
      expect(textOf(element)).toContain('By rules');
      expect(textOf(element)).not.toMatch(/Control arm|no model yet|unavailable/);
    });

    it('keeps a list in sight when a refresh fails, and says that it is not new', async () => {
      const element = await open(worklistAnswer());
      getWorklist.emit(unavailable('service'));
      await settle();
      expect(rows(element)).toHaveLength(3);
      expect(textOf(element)).toContain('Could not refresh');
    });
  });

  describe('order', () => {
    it('never moves a row by itself', async () => {
      const answer = worklistAnswer();
      const element = await open(answer);
      getWorklist.emit(reordered(answer, [2, 0, 1]));
      await settle();
      expect(order(element)).toEqual(answer.items.map((item) => item.record));
      expect(textOf(element)).toContain('New order available');

      button(element.shadowRoot, 'Show it').click();
      await settle();
      expect(order(element)).toEqual([2, 0, 1].map((index) => answer.items[index].record));
      expect(textOf(element)).not.toContain('New order available');
    });

    it('is the fresh one at once for who asks for it, without what was dealt with', async () => {
      const answer = worklistAnswer();
      sendFeedback.mockResolvedValue({});
      const element = await open(answer);
      button(rows(element)[0].shadowRoot, 'Done').click();
      await settle();
      refreshApex.mockImplementationOnce(async () => getWorklist.emit(reordered(answer, [2, 1])));
      deep(element.shadowRoot, 'lightning-button-icon').find(({ title }) => title === 'Refresh the list').click();
      await settle();
      expect(order(element)).toEqual([2, 1].map((index) => answer.items[index].record));
      expect(textOf(element)).not.toContain('New order available');

      getWorklist.emit(answer);
      await settle();
      expect(textOf(element)).toContain('New order available');
    });

    it('shows new numbers in place when the order is the same', async () => {
      const answer = worklistAnswer();
      const element = await open(answer);
      const items = answer.items.map((item, index) => (index === 0 ? { ...item, score: 99 } : item));
      getWorklist.emit({ ...answer, items });
      await settle();
      expect(textOf(element)).toContain('Score 99 of 100');
      expect(textOf(element)).not.toContain('New order available');
    });

    it('refreshes by itself, but not for a hidden page', async () => {
      await open(worklistAnswer());
      const hidden = jest.spyOn(document, 'hidden', 'get').mockReturnValue(true);
      jest.advanceTimersByTime(6 * 60_000);
      expect(refreshApex).not.toHaveBeenCalled();
      hidden.mockReturnValue(false);
      jest.advanceTimersByTime(30_000);
      expect(refreshApex).toHaveBeenCalledTimes(1);
      hidden.mockRestore();
    });
  });

  describe('actions', () => {
    it('shows done at once, keeps the row, and sends it', async () => {
      const answer = worklistAnswer();
      const waiting = pending();
      sendFeedback.mockReturnValue(waiting.promise);
      const element = await open(answer);

      button(rows(element)[0].shadowRoot, 'Done').click();
      await settle();
      expect(order(element)).toEqual(answer.items.map((item) => item.record));
      expect(textOf(element)).toContain('2 records, best first');
      expect(button(rows(element)[0].shadowRoot, 'Done')).toBeUndefined();
      expect(element.toasts).toEqual([]);
      expect(sendFeedback).toHaveBeenCalledWith({
        decisionId: answer.items[0].decision,
        action: 'done',
        reason: null,
        snoozeUntil: null,
        theme: null,
      });

      waiting.resolve({});
      await settle();
      expect(element.toasts).toEqual([expect.objectContaining({ title: 'Amara Okafor is done', variant: 'success' })]);
    });

    it.each([
      ['an unavailable service', () => Promise.resolve(unavailable('service'))],
      ['an Apex error', () => Promise.reject(new Error('limit'))],
    ])('takes it back after %s', async (_, answerWith) => {
      sendFeedback.mockImplementation(answerWith);
      const element = await open(worklistAnswer());
      button(rows(element)[1].shadowRoot, 'Done').click();
      await settle();
      expect(button(rows(element)[1].shadowRoot, 'Done')).toBeDefined();
      expect(textOf(element)).toContain('3 records, best first');
      expect(element.toasts).toEqual([
        expect.objectContaining({ title: 'Not saved: Jonas Lindqvist is as before', variant: 'error', mode: 'sticky' }),
      ]);
    });

    it('dismisses with a reason', async () => {
      const element = await open(worklistAnswer());
      button(rows(element)[0].shadowRoot, 'Dismiss').click();
      await settle();
      button(rows(element)[0].shadowRoot, 'Not a fit').click();
      await settle();
      const sent = expect.objectContaining({ action: 'dismiss', reason: 'not_a_fit', snoozeUntil: null });
      expect(sendFeedback).toHaveBeenCalledWith(sent);
      expect(textOf(rows(element)[0])).toContain('Dismissed');
    });

    it('snoozes until a day', async () => {
      const element = await open(worklistAnswer());
      button(rows(element)[0].shadowRoot, 'Snooze').click();
      await settle();
      button(rows(element)[0].shadowRoot, 'Tomorrow').click();
      await settle();
      const [[sent]] = sendFeedback.mock.calls;
      expect(sent).toMatchObject({ action: 'snooze', reason: null });
      expect(Date.parse(sent.snoozeUntil)).toBeGreaterThan(MADE_AT);
      expect(textOf(rows(element)[0])).toMatch(/Snoozed until \w{3}, \w{3} \d+/);
    });

    it('disputes without taking the lead from the work', async () => {
      const element = await open(worklistAnswer());
      button(rows(element)[0].shadowRoot, 'Dispute the score').click();
      await settle();
      button(rows(element)[0].shadowRoot, 'Too high').click();
      await settle();
      expect(sendFeedback).toHaveBeenCalledWith(expect.objectContaining({ action: 'dispute', reason: 'too_high' }));
      expect(textOf(rows(element)[0])).toContain('Dispute sent');
      expect(button(rows(element)[0].shadowRoot, 'Done')).toBeDefined();
    });

    it('hears what was said in the insight on the same page, and tells it', async () => {
      const answer = worklistAnswer();
      const element = await open(answer);
      const [[, , hear]] = subscribe.mock.calls;
      hear({ record: answer.items[1].record, feedback: { action: 'done', reason: null, snoozeUntil: null } });
      await settle();
      expect(textOf(element)).toContain('2 records, best first');

      button(rows(element)[0].shadowRoot, 'Done').click();
      await settle();
      expect(publish.mock.calls.at(-1).at(-1)).toMatchObject({ record: answer.items[0].record });
    });

    it('puts the keyboard on the next open lead', async () => {
      const element = await open(worklistAnswer());
      button(rows(element)[0].shadowRoot, 'Done').click();
      await settle();
      const [, second] = rows(element);
      expect(second.shadowRoot.activeElement).toBe(second.shadowRoot.querySelector('a.name'));
    });
  });

  describe('accessibility', () => {
    it('is an ordered list of named leads in a named region', async () => {
      const element = await open(worklistAnswer());
      expect(element.shadowRoot.querySelector('section').getAttribute('aria-label')).toBe('Work next');
      expect(deep(element.shadowRoot, 'ol > li')).toHaveLength(3);
      const names = deep(element.shadowRoot, 'article').map((article) => article.getAttribute('aria-label'));
      expect(names).toEqual(['Amara Okafor', 'Jonas Lindqvist', 'Priya Raman']);
      const groups = deep(element.shadowRoot, '[role="group"]').map((group) => group.getAttribute('aria-label'));
      expect(groups[0]).toBe('Actions for Amara Okafor');
    });

    it('tells reasons apart by word', async () => {
      const element = await open(worklistAnswer());
      expect(textOf(rows(element)[0])).toMatch(/For: 4 visits .* Against: company of 12 people/);
    });

    it.each([
      ['loading', undefined],
      ['a list', worklistAnswer()],
      ['a degraded list', worklistAnswer({ level: 'L3', levelReason: 'no model' })],
      ['an empty list', worklistAnswer({ items: [] })],
      ['a problem', unavailable('service')],
    ])('passes axe with %s', async (_, answer) => {
      jest.useRealTimers();
      const element = await open(answer);
      await expect(element).toBeAccessible();
    });
  });
});
