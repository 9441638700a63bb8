import WhyAbove from 'c/whyAbove';
import getWhy from '@salesforce/apex/LeadRankController.getWhy';
import { unavailable, worklistAnswer } from '../../../../../../tests/support/answers';
import { button, clear, mount, settle } from '../../../../../../tests/support/page';

jest.mock('@salesforce/apex/LeadRankController.getWhy', () => ({ default: jest.fn() }), { virtual: true });

const [first, second, third] = worklistAnswer().items;
const sentence = `${first.record} stands above ${second.record} mostly because ${first.record} is worth more`;

function open() {
  return mount('c-why-above', WhyAbove, { item: first, over: second });
}

const ask = async (element) => {
  button(element.shadowRoot, 'Why here?').click();
  await settle();
};
const answer = (element) => element.shadowRoot.querySelector('[role="status"]').textContent;

describe('c-why-above', () => {
  afterEach(clear);

  it('says nothing until it is asked, then one sentence with names', async () => {
    getWhy.mockResolvedValue({ sentence });
    const element = open();
    expect(answer(element)).toBe('');
    await ask(element);
    expect(getWhy).toHaveBeenCalledWith({ recordId: first.record, overId: second.record });
    expect(answer(element)).toBe('Amara Okafor stands above Jonas Lindqvist mostly because Amara Okafor is worth more');
  });

  it.each([
    ['the service does not answer', () => getWhy.mockResolvedValue(unavailable('service'))],
    ['Apex fails', () => getWhy.mockRejectedValue(new Error('no'))],
  ])('says so where %s', async (_, prepare) => {
    prepare();
    const element = open();
    await ask(element);
    expect(answer(element)).toBe('The difference cannot be told just now.');
  });

  it('forgets the answer when its neighbour changes, before or after it comes', async () => {
    let tell;
    getWhy.mockReturnValue(new Promise((resolve) => { tell = resolve; }));
    const element = open();
    await ask(element);
    expect(answer(element)).toBe('Looking for the difference…');
    element.over = third;
    tell({ sentence });
    await settle();
    expect(answer(element)).toBe('');
  });

  it('passes axe', async () => {
    getWhy.mockResolvedValue({ sentence });
    const element = open();
    await ask(element);
    await expect(element).toBeAccessible();
  });
});
