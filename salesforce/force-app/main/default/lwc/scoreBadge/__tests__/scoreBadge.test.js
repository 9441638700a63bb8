import ScoreBadge from 'c/scoreBadge';
import { clear, mount } from '../../../../../../tests/support/page';

const spoken = (element) => element.shadowRoot.querySelector('.slds-assistive-text').textContent;

describe('c-score-badge', () => {
  afterEach(clear);

  it.each([
    [97, 'A', 'Score 97 of 100, grade A'],
    [41.6, null, 'Score 42 of 100'],
    [0, 'D', 'Score 0 of 100, grade D'],
    [null, null, 'No score: not enough data'],
  ])('speaks %s, %s', (score, grade, words) => {
    const element = mount('c-score-badge', ScoreBadge, { score, grade });
    expect(spoken(element)).toBe(words);
  });

  it('says that nobody answers where only the org’s points are left', () => {
    expect(spoken(mount('c-score-badge', ScoreBadge, { score: null, grade: null, level: 'L4' }))).toBe('No score: leadrank is not answering');
  });

  it('hides from a screen reader what is only drawn', async () => {
    const element = mount('c-score-badge', ScoreBadge, { score: 97, grade: 'A' });
    const drawn = [...element.shadowRoot.querySelectorAll('svg, .figure, .grade')];
    expect(drawn.map((part) => part.getAttribute('aria-hidden'))).toEqual(['true', 'true', 'true']);
    await expect(element).toBeAccessible();
  });
});
