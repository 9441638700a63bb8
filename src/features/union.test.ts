import { expect, it } from 'vitest';
import { DAY } from '../base/index.ts';
import { LEAD_FEATURES, OPPORTUNITY_FEATURES } from './defaults/index.ts';
import { compileFolds } from './folds.ts';
import { layoutHash } from './layout.ts';
import type { FeatureSpec } from './spec.ts';
import { besides, keptOtherwise, notKept, unionOf, withPreferred } from './union.ts';

const visits = LEAD_FEATURES.find(({ name }) => name === 'web_visits_7d')!;
const longer: FeatureSpec = { ...visits, kind: { ...visits.kind, window: 30 * DAY } as FeatureSpec['kind'] };

it('a union keeps what every set needs, once, and adds nothing to a row for what is there', () => {
  const [older, newer] = [LEAD_FEATURES.slice(0, 50), LEAD_FEATURES.slice(30)];
  expect(unionOf([older, newer])).toEqual(LEAD_FEATURES);
  expect(layoutHash(unionOf([newer, older]))).toBe(layoutHash(LEAD_FEATURES));
  expect(unionOf([LEAD_FEATURES, OPPORTUNITY_FEATURES])).toHaveLength(LEAD_FEATURES.length + OPPORTUNITY_FEATURES.length);
  const { bytes } = compileFolds(LEAD_FEATURES).of('lead');
  expect(compileFolds([...LEAD_FEATURES, { ...visits, name: 'visits_again' }]).of('lead').bytes).toBe(bytes);
});

it('of two features with one name the first counts, and who meant the other is told', () => {
  expect(unionOf([[visits], [longer]])).toEqual([visits]);
  expect(keptOtherwise([longer], [visits])).toEqual(['web_visits_7d']);
  expect(keptOtherwise([{ ...visits, sentence: 'in other words' }], [visits])).toEqual([]);
  expect(keptOtherwise([visits], [])).toEqual([]);
});

it('what is preferred stands in the place of what has its name, and adds nothing', () => {
  const [first, , third] = LEAD_FEATURES;
  expect(withPreferred([first!, visits, third!], [longer, LEAD_FEATURES[3]!])).toEqual([first, longer, third]);
});

it('a name counts by its entity: what others lack of a bundle', () => {
  const elsewhere: FeatureSpec = { ...visits, entity: 'opportunity' };
  expect(besides([visits, elsewhere], [longer])).toEqual([elsewhere]);
  expect(notKept([visits, elsewhere], [])).toEqual([visits.name, visits.name]);
});
