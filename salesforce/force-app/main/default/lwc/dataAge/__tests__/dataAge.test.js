import DataAge from 'c/dataAge';
import { clear, mount, settle, textOf } from '../../../../../../tests/support/page';

const NOON = Date.parse('2026-03-02T12:00:00Z');

describe('c-data-age', () => {
  beforeEach(() => {
    jest.useFakeTimers({ now: NOON, doNotFake: ['nextTick', 'queueMicrotask'] });
  });
  afterEach(() => {
    clear();
    jest.useRealTimers();
  });

  it('grows while the page is open', async () => {
    const element = mount('c-data-age', DataAge, { since: '2026-03-02T11:58:30Z' });
    expect(textOf(element)).toBe('Data 1 min old');
    jest.advanceTimersByTime(60_000);
    await settle();
    expect(textOf(element)).toBe('Data 2 min old');
  });

  it('keeps no timer once nothing shows an age', () => {
    const element = mount('c-data-age', DataAge, { since: '2026-03-02T11:58:30Z' });
    expect(jest.getTimerCount()).toBe(1);
    element.remove();
    expect(jest.getTimerCount()).toBe(0);
  });

  it('gives machines and the curious the exact time', () => {
    const element = mount('c-data-age', DataAge, { since: '2026-03-02T11:58:30Z', text: '{0}' });
    const time = element.shadowRoot.querySelector('time');
    expect(time.getAttribute('datetime')).toBe('2026-03-02T11:58:30Z');
    expect(time.title).toContain('2026');
  });

  it('admits that it does not know', () => {
    expect(textOf(mount('c-data-age', DataAge, { since: null }))).toBe('Data an unknown time old');
  });
});
