import WorklistItem from 'c/worklistItem';
import { MADE_AT, worklistAnswer } from '../../../../../../tests/support/answers';
import { clear, deep, mount, settle, textOf } from '../../../../../../tests/support/page';

const mockNavigate = jest.fn();
jest.mock('lightning/navigation', () => {
  const Navigate = Symbol('Navigate');
  const GenerateUrl = Symbol('GenerateUrl');
  const NavigationMixin = (Base) => class extends Base {
    [Navigate](page) {
      mockNavigate(page);
    }
    [GenerateUrl](page) {
      return Promise.resolve(`/lead/${page.attributes.recordId}`);
    }
  };
  return { NavigationMixin: Object.assign(NavigationMixin, { Navigate, GenerateUrl }) };
});

async function open(over = {}, item = {}) {
  const [first] = worklistAnswer().items;
  const generatedAt = new Date(MADE_AT).toISOString();
  const properties = { item: { ...first, ...item }, generatedAt, listLevel: 'L0', ...over };
  const element = mount('c-worklist-item', WorklistItem, properties);
  await settle();
  return element;
}

const link = (element) => element.shadowRoot.querySelector('a.name');

describe('c-worklist-item', () => {
  afterEach(clear);

  it('is a real link, and opens the record inside the app', async () => {
    const element = await open();
    expect(link(element).getAttribute('href')).toBe('/lead/00QSIM000000123AAA');
    const click = new MouseEvent('click', { bubbles: true, cancelable: true });
    link(element).dispatchEvent(click);
    expect(click.defaultPrevented).toBe(true);
    expect(mockNavigate).toHaveBeenCalledWith({
      type: 'standard__recordPage',
      attributes: { recordId: '00QSIM000000123AAA', objectApiName: 'Lead', actionName: 'view' },
    });
  });

  it('leaves a click for a new tab to the browser', async () => {
    const element = await open();
    const click = new MouseEvent('click', { bubbles: true, cancelable: true, ctrlKey: true });
    link(element).dispatchEvent(click);
    expect(click.defaultPrevented).toBe(false);
    expect(mockNavigate).not.toHaveBeenCalled();
  });

  it('shows the id where the name is hidden from the user', async () => {
    const element = await open({}, { name: null, company: null, title: null });
    expect(link(element).textContent).toBe('Lead 00QSIM000000123AAA');
    expect(textOf(element)).not.toMatch(/null|undefined/);
  });

  it('says so when it was made otherwise than its list', async () => {
    expect(deep((await open()).shadowRoot, 'c-service-level')).toHaveLength(0);
    const element = await open({}, { level: 'L3' });
    const [badge] = deep(element.shadowRoot, 'c-service-level .slds-badge, .slds-theme_warning');
    expect(badge.textContent).toContain('Rules only');
    expect(badge.title).toMatch(/^Points by fixed rules rank until the model answers again, without a chance or a value\. As of .*2026/u);
  });

  it('makes no warning of rules that answer by design', async () => {
    const element = await open({}, { level: 'L3', design: 'rules' });
    expect(deep(element.shadowRoot, 'c-service-level')).toHaveLength(0);
  });

  it('says what stands out and what has changed, while it is open', async () => {
    const change = { from: 4, sentence: 'up from 4: it replied this morning' };
    const element = await open({}, { change });
    expect(element.shadowRoot.querySelector('.flags').textContent).toBe('existing customer');
    expect(element.shadowRoot.querySelector('.change').textContent).toBe('Since the last list: up from 4: it replied this morning');
    expect(element.shadowRoot.querySelector('c-why-above')).toBeNull();
    element.next = worklistAnswer().items[1];
    await settle();
    expect(element.shadowRoot.querySelector('c-why-above')).not.toBeNull();
    element.mark = { action: 'done', reason: null, snoozeUntil: null, theme: null };
    await settle();
    expect(element.shadowRoot.querySelector('.flags, .change, c-why-above')).toBeNull();
  });

  it.each([
    [{ points: 12, since: '2026-02-23T08:00:00.000Z' }, 'Score up 12 in a week'],
    [{ points: -5, since: '2026-02-23T08:00:00.000Z' }, 'Score down 5 in a week'],
    [{ points: 1, since: '2026-02-23T08:00:00.000Z' }, undefined],
    [null, undefined],
  ])('tells the trend against last week: %j', async (week, text) => {
    const element = await open({}, { week });
    expect(element.shadowRoot.querySelector('.week')?.textContent).toBe(text);
  });

  it.each(['call', 'email', 'meeting', 'linkedin', 'nurture', 'handover', 'wait'])('has a picture for %s', async (kind) => {
    const element = await open({}, { action: { kind, sentence: 'Next' } });
    const icon = element.shadowRoot.querySelector('.next lightning-icon').iconName;
    expect(icon).toMatch(/^utility:/);
    expect(icon).not.toBe('utility:task');
  });

  it('marks the lead whose page is open', async () => {
    const element = await open({ current: true });
    expect(element.shadowRoot.querySelector('article').getAttribute('aria-current')).toBe('true');
  });

  it('keeps its height when the rep is done with it, and lets go of it when that is taken back', async () => {
    const height = jest.spyOn(HTMLElement.prototype, 'offsetHeight', 'get').mockReturnValue(120);
    const element = await open();
    const row = element.shadowRoot.querySelector('article');
    element.mark = { action: 'done', reason: null, snoozeUntil: null };
    await settle();
    expect(row.style.minHeight).toBe('120px');
    element.mark = undefined;
    await settle();
    expect(row.style.minHeight).toBe('');
    height.mockRestore();
  });

  it('shows text as text', async () => {
    const markup = '<img src=x onerror=alert(1)>';
    const reasons = [{ theme: 'fit', direction: 'for', sentence: markup, effect: 1 }];
    const element = await open({}, { name: markup, company: '=1+1', reasons });
    expect(link(element).textContent).toBe(markup);
    expect(deep(element.shadowRoot, 'img')).toHaveLength(0);
  });
});
