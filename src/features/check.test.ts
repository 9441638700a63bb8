import { describe, expect, it } from 'vitest';
import { Fault } from '../base/index.ts';
import { parseFeatures } from './check.ts';
import { LEAD_FEATURES } from './defaults.ts';
import { layoutHash } from './layout.ts';
import { SOURCES } from './sources.ts';

const spec = LEAD_FEATURES.find(({ name }) => name === 'pricing_visits_14d')!;

describe('declarations', () => {
  it('pass as JSON and mean the same', () => {
    const parsed = parseFeatures(JSON.parse(JSON.stringify(LEAD_FEATURES)));
    expect(parsed).toEqual(LEAD_FEATURES);
    expect(layoutHash(parsed)).toBe(layoutHash(LEAD_FEATURES));
  });

  it('name a feed that the cell has', () => {
    const feeds = SOURCES.map(({ name }) => name);
    for (const { source } of LEAD_FEATURES) expect(feeds).toContain(source);
  });

  it.each<[string, unknown, RegExp]>([
    ['no list', {}, /list/u],
    ['the same name twice', [spec, spec], /declared twice/u],
    ['a bad name', [{ ...spec, name: 'Web Visits' }], /"Web Visits": a name is snake case/u],
    ['an unknown kind', [{ ...spec, kind: { op: 'median', event: ['web.visited'] } }], /"median": the kind of pricing_visits_14d/u],
    ['no events', [{ ...spec, kind: { ...spec.kind, event: [] } }], /event types/u],
    ['a window of nothing', [{ ...spec, kind: { ...spec.kind, window: 0 } }], /"0": window/u],
    ['a window without end', [{ ...spec, kind: { ...spec.kind, window: 1e300 } }], /window/u],
    ['a filter without values', [{ ...spec, kind: { ...spec.kind, where: { field: 'page' } } }], /where/u],
    ['an unknown entity', [{ ...spec, entity: 'dog' }], /entity/u],
    ['a sentence that is none', [{ ...spec, sentence: 7 }], /sentence/u],
    ['null', [null], /object/u],
  ])('are refused with a clear line: %s', (_what, value, message) => {
    expect(() => parseFeatures(value)).toThrow(Fault);
    expect(() => parseFeatures(value)).toThrow(message);
  });
});

describe('the layout hash', () => {
  it('changes with what is kept and how, not with words', () => {
    const words = LEAD_FEATURES.map((feature) => ({ ...feature, sentence: 'other words' }));
    expect(layoutHash(words)).toBe(layoutHash(LEAD_FEATURES));
    expect(layoutHash(LEAD_FEATURES.slice(1))).not.toBe(layoutHash(LEAD_FEATURES));
    expect(layoutHash(LEAD_FEATURES.toReversed())).not.toBe(layoutHash(LEAD_FEATURES));
    expect(layoutHash([{ ...spec, kind: { ...spec.kind, window: 60_000 } as typeof spec.kind }])).not.toBe(layoutHash([spec]));
  });
});
