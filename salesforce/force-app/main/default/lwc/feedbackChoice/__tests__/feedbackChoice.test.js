import FeedbackChoice from 'c/feedbackChoice';
import { button, clear, deep, mount, settle } from '../../../../../../tests/support/page';

function open(kind) {
  const element = mount('c-feedback-choice', FeedbackChoice, { kind });
  element.heard = [];
  for (const type of ['choose', 'cancel']) {
    element.addEventListener(type, (event) => element.heard.push([type, event.detail]));
  }
  return element;
}

describe('c-feedback-choice', () => {
  afterEach(clear);

  it.each([
    ['dismiss', 'Why is this lead not for you?', 5],
    ['dispute', 'What is wrong with the score?', 4],
  ])('asks one question for %s and takes a code, never free text', (kind, question, answers) => {
    const element = open(kind);
    expect(element.shadowRoot.querySelector('legend').textContent).toBe(question);
    const options = deep(element.shadowRoot, 'lightning-button[data-value]');
    expect(options).toHaveLength(answers);
    for (const option of options) option.click();
    expect(element.heard.map(([type]) => type)).toEqual(options.map(() => 'choose'));
    for (const [, { reason }] of element.heard) expect(reason).toMatch(/^[a-z][a-z0-9_]{0,39}$/);
    expect(element.shadowRoot.querySelector('textarea, input')).toBeNull();
  });

  it('takes a day that lies ahead, and no other', async () => {
    const element = open('snooze');
    const input = element.shadowRoot.querySelector('input[type="date"]');
    const set = button(element.shadowRoot, 'Set');
    expect(set.disabled).toBe(true);
    input.value = '2001-01-01';
    input.dispatchEvent(new CustomEvent('change'));
    set.click();
    expect(element.heard).toEqual([]);

    input.value = '2101-01-03';
    input.dispatchEvent(new CustomEvent('change'));
    await settle();
    expect(set.disabled).toBe(false);
    set.click();
    const [[, detail]] = element.heard;
    expect(detail.reason).toBeNull();
    expect(new Date(detail.snoozeUntil).getFullYear()).toBe(2101);
  });

  it('is left by Escape and by Cancel, and by no other key', () => {
    const element = open('dismiss');
    const press = (key) => element.shadowRoot.querySelector('legend')
      .dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
    press('a');
    expect(element.heard).toEqual([]);
    press('Escape');
    button(element.shadowRoot, 'Cancel').click();
    expect(element.heard.map(([type]) => type)).toEqual(['cancel', 'cancel']);
  });

  it.each(['dismiss', 'dispute', 'snooze'])('passes axe for %s', async (kind) => {
    await expect(open(kind)).toBeAccessible();
  });
});
