import LeadInsight from 'c/leadInsight';
import { publish, subscribe } from 'lightning/messageService';
import getInsight from '@salesforce/apex/LeadRankController.getInsight';
import sendFeedback from '@salesforce/apex/LeadRankController.sendFeedback';
import { MADE_AT, insightAnswer, unavailable } from '../../../../../../tests/support/answers';
import { button, clear, deep, mount, settle, textOf } from '../../../../../../tests/support/page';

jest.mock(
  '@salesforce/apex/LeadRankController.getInsight',
  () => ({ default: require('@salesforce/sfdx-lwc-jest').createApexTestWireAdapter(jest.fn()) }),
  { virtual: true },
);
jest.mock('@salesforce/apex/LeadRankController.sendFeedback', () => ({ default: jest.fn() }), { virtual: true });
jest.mock('@salesforce/apex', () => ({ refreshApex: jest.fn(() => Promise.resolve()) }), { virtual: true });

async function open(answer) {
  const element = mount('c-lead-insight', LeadInsight, { recordId: '00QSIM000000123AAA' });
  element.toasts = [];
  element.addEventListener('lightning__showtoast', (event) => element.toasts.push(event.detail));
  if (answer) getInsight.emit(answer);
  await settle();
  return element;
}

describe('c-lead-insight', () => {
  beforeEach(() => {
    jest.useFakeTimers({ now: MADE_AT + 10_000, doNotFake: ['nextTick', 'queueMicrotask'] });
    sendFeedback.mockResolvedValue({});
  });
  afterEach(() => {
    clear();
    jest.useRealTimers();
  });

  it('asks for the record of the page', async () => {
    await open();
    expect(getInsight.getLastConfig()).toEqual({ recordId: '00QSIM000000123AAA' });
  });

  it('says how good, why, what to do and how it was made', async () => {
    const text = textOf(await open(insightAnswer()));
    expect(text).toContain('Score 97 of 100, grade A');
    expect(text).toContain('Ahead of 97% of leads');
    expect(text).toContain('About 4 in 10 leads like this convert');
    expect(text).toContain('Call now: the lead was on the site an hour ago');
    expect(text).toMatch(/Speaks for it .*4 visits to the pricing page in the last 7 days strong/);
    expect(text).toMatch(/Speaks against it .*company of 12 people slight/);
    expect(text).toMatch(/Salesforce 2 h old on time/);
    expect(text).toContain('d_2k5n1r4t7w0z3c6e9g2j');
    expect(text).toContain('48211');
  });

  it('says what is ruled out, and why; nothing where nothing is', async () => {
    const named = (element) => deep(element.shadowRoot, 'ul').filter((list) => list.getAttribute('aria-label') === 'Not to be done now');
    const [list] = named(await open(insightAnswer()));
    expect(list.textContent).toContain('No meeting: nobody has talked with it yet');
    for (const action of [{ kind: 'call', sentence: 'Call', leftOut: [] }, { kind: 'call', sentence: 'Call' }]) {
      expect(named(await open(insightAnswer({ action })))).toHaveLength(0);
    }
  });

  it('speaks the trend', async () => {
    const element = await open(insightAnswer());
    const [line] = deep(element.shadowRoot, 'svg[role="img"]');
    expect(line.getAttribute('aria-label')).toBe('Score from 71 to 97 in 2 d, now 97');
  });

  it('does without what is not known', async () => {
    const bare = { score: null, grade: null, probability: null, model: null, reasons: [], trend: [], action: null };
    const text = textOf(await open(insightAnswer({ ...bare, level: 'L3', levelReason: 'no model' })));
    expect(text).toContain('No score: not enough data');
    expect(text).toContain('No single fact stands out.');
    expect(text).not.toContain('Score over time');
    expect(text).toContain('Rules only: the model is unavailable');
    expect(text).toContain('none: rules only');
    expect(text).not.toMatch(/null|undefined|NaN/);
  });

  it('does not take points of rules for a share of others', async () => {
    const text = textOf(await open(insightAnswer({ level: 'L3', levelReason: 'no model', probability: null })));
    expect(text).toContain('Score 97 of 100, grade A');
    expect(text).not.toContain('Ahead of');
  });

  it('names a late source', async () => {
    const sources = [
      { source: 'web', ageSeconds: 90_000, stale: true },
      { source: 'phone', ageSeconds: 60, stale: false },
    ];
    const text = textOf(await open(insightAnswer({ sources })));
    expect(text).toMatch(/Website 25 h old late/);
    expect(text).toMatch(/phone 1 min old on time/);
  });

  it.each([
    ['not-found', 'No score yet'],
    ['service', 'leadrank is not answering'],
  ])('explains %s', async (reason, title) => {
    const element = await open(unavailable(reason));
    expect(textOf(element)).toContain(title);
  });

  it('never shows one lead under the id of another', async () => {
    const element = await open(insightAnswer());
    element.recordId = '00QSIM000000045AAA';
    await settle();
    expect(textOf(element)).toBe('Why this one Loading');
  });

  it('says among which records the grade holds, where that is not all', async () => {
    const element = await open();
    getInsight.emit(insightAnswer({ standing: { percentile: 93, among: { feature: 'record_type', value: 'Enterprise' } } }));
    await settle();
    expect(textOf(element)).toContain('Grade A among Enterprise');
    getInsight.emit(insightAnswer({ standing: { percentile: 93, among: null } }));
    await settle();
    expect(textOf(element)).not.toContain('among');
  });

  it('takes feedback, and takes it back when it was not saved', async () => {
    sendFeedback.mockResolvedValueOnce(unavailable('service'));
    const element = await open(insightAnswer());
    button(element.shadowRoot, 'Done').click();
    await settle();
    expect(button(element.shadowRoot, 'Done')).toBeDefined();
    expect(element.toasts.at(-1)).toMatchObject({ variant: 'error' });
    button(element.shadowRoot, 'Done').click();
    await settle();
    expect(button(element.shadowRoot, 'Done')).toBeUndefined();
    expect(element.toasts.at(-1)).toMatchObject({ title: 'Amara Okafor is done', variant: 'success' });
  });

  it('tells the worklist on the same page, and hears it', async () => {
    const element = await open(insightAnswer());
    button(element.shadowRoot, 'Done').click();
    await settle();
    const said = { record: '00QSIM000000123AAA', feedback: { action: 'done', reason: null, snoozeUntil: null, theme: null } };
    expect(publish.mock.calls.at(-1).at(-1)).toEqual(said);

    const [[, , hear]] = subscribe.mock.calls;
    hear({ record: '00QSIM000000123AAA', feedback: null });
    await settle();
    expect(button(element.shadowRoot, 'Done')).toBeDefined();
    hear({ record: 'another', feedback: said.feedback });
    await settle();
    expect(button(element.shadowRoot, 'Done')).toBeDefined();
  });

  it('copies the decision id', async () => {
    const writeText = jest.fn().mockResolvedValue();
    Object.assign(navigator, { clipboard: { writeText } });
    const element = await open(insightAnswer());
    button(element.shadowRoot, 'Copy').click();
    await settle();
    expect(writeText).toHaveBeenCalledWith('d_2k5n1r4t7w0z3c6e9g2j');
    expect(button(element.shadowRoot, 'Copied')).toBeDefined();
  });

  it.each([
    ['loading', undefined],
    ['an answer', insightAnswer()],
    ['a problem', unavailable('timeout')],
  ])('passes axe with %s', async (_, answer) => {
    jest.useRealTimers();
    await expect(await open(answer)).toBeAccessible();
  });
});
