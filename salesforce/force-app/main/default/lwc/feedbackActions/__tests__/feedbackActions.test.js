import FeedbackActions from 'c/feedbackActions';
import { button, clear, deep, mount, settle } from '../../../../../../tests/support/page';

function open() {
  const element = mount('c-feedback-actions', FeedbackActions, { name: 'Amara Okafor' });
  element.acts = [];
  element.addEventListener('act', (event) => element.acts.push(event.detail));
  return element;
}

const question = (element) => deep(element.shadowRoot, 'legend')[0]?.textContent;

describe('c-feedback-actions', () => {
  afterEach(clear);

  it('names every action', () => {
    const element = open();
    for (const text of ['Done', 'Take it on', 'Snooze', 'Dismiss', 'Dispute the score']) {
      expect(button(element.shadowRoot, text)).toBeDefined();
    }
    const group = element.shadowRoot.querySelector('[role="group"]');
    expect(group.getAttribute('aria-label')).toBe('Actions for Amara Okafor');
  });

  it('opens one question at a time, and closes it with the same button', async () => {
    const element = open();
    button(element.shadowRoot, 'Snooze').click();
    await settle();
    expect(question(element)).toBe('Until when?');
    button(element.shadowRoot, 'Dismiss').click();
    await settle();
    expect(question(element)).toBe('Why is this lead not for you?');
    button(element.shadowRoot, 'Dismiss').click();
    await settle();
    expect(question(element)).toBeUndefined();
    expect(element.acts).toEqual([]);
  });

  it('says nothing when the question is left', async () => {
    const element = open();
    button(element.shadowRoot, 'Dismiss').click();
    await settle();
    button(element.shadowRoot, 'Cancel').click();
    await settle();
    expect(question(element)).toBeUndefined();
    expect(element.acts).toEqual([]);
  });

  it('closes the question before it says the answer', async () => {
    const element = open();
    let asked;
    element.addEventListener('act', () => {
      asked = question(element);
    });
    button(element.shadowRoot, 'Dismiss').click();
    await settle();
    button(element.shadowRoot, 'Not a fit').click();
    await settle();
    expect(element.acts).toHaveLength(1);
    expect(asked).toBeUndefined();
  });

  it('says what was chosen', async () => {
    const element = open();
    button(element.shadowRoot, 'Done').click();
    button(element.shadowRoot, 'Dispute the score').click();
    await settle();
    button(element.shadowRoot, 'A reason is wrong').click();
    await settle();
    expect(element.acts).toEqual([
      { action: 'done', reason: null, snoozeUntil: null, theme: null },
      { action: 'dispute', reason: 'wrong_reason', snoozeUntil: null, theme: null },
    ]);
  });

  it('takes a lead on with one click', () => {
    const element = open();
    button(element.shadowRoot, 'Take it on').click();
    return settle().then(() => expect(element.acts).toEqual([{ action: 'accept', reason: null, snoozeUntil: null, theme: null }]));
  });

  it('asks of a wrong reason which one', async () => {
    const element = open();
    element.reasons = [
      { theme: 'intent', sentence: '4 visits to the pricing page' },
      { theme: 'fit', sentence: 'company of 12 people' },
      { theme: 'fit', sentence: 'in a small town' },
    ];
    button(element.shadowRoot, 'Dispute the score').click();
    await settle();
    button(element.shadowRoot, 'A reason is wrong').click();
    await settle();
    expect(question(element)).toBe('Which one?');
    expect(button(element.shadowRoot, 'in a small town')).toBeUndefined();
    button(element.shadowRoot, 'company of 12 people').click();
    await settle();
    expect(element.acts).toEqual([{ action: 'dispute', reason: 'wrong_reason', snoozeUntil: null, theme: 'fit' }]);
  });
});
