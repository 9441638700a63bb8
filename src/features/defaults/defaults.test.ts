import { describe, expect, it } from 'vitest';
import { parseFeatures } from '../check.ts';
import { compileFolds } from '../folds.ts';
import { HEADER_BYTES } from '../header.ts';
import { SOURCES } from '../sources.ts';
import { DEFAULT_FEATURES, LEAD_FEATURES, OPPORTUNITY_FEATURES } from './index.ts';

const MOST_BYTES = 800;

describe('the features of the start', () => {
  it('are well declared, sixty and more of leads and of opportunities', () => {
    expect(parseFeatures(JSON.parse(JSON.stringify(DEFAULT_FEATURES)))).toEqual(DEFAULT_FEATURES);
    expect([LEAD_FEATURES.length, OPPORTUNITY_FEATURES.length].every((count) => count >= 60)).toBe(true);
  });

  it('cover what a sales team would look at', () => {
    const themes = (features: typeof DEFAULT_FEATURES) => [...new Set(features.map(({ theme }) => theme))].toSorted();
    expect(themes(LEAD_FEATURES)).toEqual(['account', 'campaign', 'commercial', 'engagement', 'fit', 'history', 'intent', 'team', 'timing']);
    expect(themes(OPPORTUNITY_FEATURES)).toEqual(['account', 'campaign', 'commercial', 'deal', 'engagement', 'fit', 'history', 'intent', 'team', 'timing']);
  });

  it('name a feed that the cell has', () => {
    const feeds = SOURCES.map(({ name }) => name);
    for (const { source } of DEFAULT_FEATURES) expect(feeds).toContain(source);
  });

  it(`keep a lead and an opportunity in ${MOST_BYTES} bytes each, in one state for both`, () => {
    const folds = compileFolds(DEFAULT_FEATURES);
    for (const entity of ['lead', 'opportunity'] as const) expect(HEADER_BYTES + folds.of(entity).bytes).toBeLessThanOrEqual(MOST_BYTES);
  });

  it('say nothing of a rep: of owners there is load and response of teams alone', () => {
    const ofOwners = DEFAULT_FEATURES.flatMap(({ kind }) => (kind.op === 'cross' && kind.entity === 'owner' ? kind.kind.event : []));
    expect(ofOwners).not.toHaveLength(0);
    expect(ofOwners.filter((event) => /won|lost|converted|closed/u.test(event))).toEqual([]);
  });
});
