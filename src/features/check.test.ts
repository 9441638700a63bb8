import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY, Fault } from '../base/index.ts';
import { parseFeatures } from './check.ts';
import { LEAD_FEATURES } from './defaults/index.ts';
import { layoutHash } from './layout.ts';

const spec = LEAD_FEATURES.find(({ name }) => name === 'pricing_visits_14d')!;

describe('declarations', () => {
  it('pass as JSON and mean the same', () => {
    const parsed = parseFeatures(JSON.parse(JSON.stringify(LEAD_FEATURES)));
    expect(parsed).toEqual(LEAD_FEATURES);
    expect(layoutHash(parsed)).toBe(layoutHash(LEAD_FEATURES));
  });

  it.each<[string, unknown, RegExp]>([
    ['no list', {}, /list/u],
    ['the same name twice', [spec, spec], /is declared twice/u],
    ['a bad name', [{ ...spec, name: 'Web Visits' }], /"Web Visits": a name is snake case/u],
    ['an unknown kind', [{ ...spec, kind: { op: 'median', event: ['web.visited'] } }], /"median": the kind of pricing_visits_14d/u],
    ['no events', [{ ...spec, kind: { ...spec.kind, event: [] } }], /event types/u],
    ['a window of nothing', [{ ...spec, kind: { ...spec.kind, window: 0 } }], /"0": window/u],
    ['a window without end', [{ ...spec, kind: { ...spec.kind, window: 1e300 } }], /window/u],
    ['a window shorter than its tile', [{ ...spec, kind: { ...spec.kind, window: 3_600_000, tile: DAY } }], /"3600000": window of \w+ is shorter than its tile/u],
    ['a window that is no multiple', [{ ...spec, kind: { ...spec.kind, window: 36 * 3_600_000, tile: DAY } }], /is no multiple of its tile/u],
    ['more tiles than fit', [{ ...spec, kind: { ...spec.kind, window: 180 * DAY, tile: 60_000 } }], /more than 400 tiles/u],
    ['a trend that is none', [{ ...spec, kind: { op: 'trend', event: ['web.visited'], short: 7 * DAY, long: 7 * DAY } }], /not shorter/u],
    ['an unknown event', [{ ...spec, kind: { op: 'since', event: ['web.dreamt'] } }], /^web\.dreamt: is no event type/u],
    ['an unknown field', [{ ...spec, kind: { op: 'max', event: ['web.visited'], field: 'colour', window: 7 * DAY } }], /^colour: is no field of web\.visited/u],
    ['an id', [{ ...spec, kind: { op: 'latest', event: ['lead.created'], field: 'owner', type: 'categorical' } }], /^owner: is an id/u],
    ['personal data', [{ ...spec, kind: { op: 'latest', event: ['lead.created'], field: 'last_name', type: 'categorical' } }], /^last_name: is dropped/u],
    ['a category as a number', [{ ...spec, kind: { op: 'latest', event: ['lead.created'], field: 'industry', type: 'numeric' } }], /"industry"|industry/u],
    ['a field of two types', [
      { ...spec, kind: { op: 'since', event: ['task.created'], where: { field: 'type' } } },
      { ...spec, name: 'other', kind: { op: 'latest', event: ['lead.created'], field: 'title', type: 'numeric' } },
    ], /title/u],
    ['a place too far', [{ ...spec, kind: { op: 'sequence', event: ['web.visited'], place: 10 } }], /"10": place/u],
    ['a zone that is not in the table', [{ ...spec, kind: { op: 'calendar', event: ['web.visited'], part: 'hour', zone: 'Mars' } }], /"Mars": zone/u],
    ['a cycle', [{ ...spec, kind: { op: 'cross', entity: 'lead', kind: spec.kind } }], /"lead": .* a cycle/u],
    ['a chain', [{ ...spec, kind: { op: 'cross', entity: 'account', kind: { op: 'cross', entity: 'owner', kind: spec.kind } } }], /chain/u],
    ['what is not linked', [{ ...spec, entity: 'campaign', kind: { op: 'cross', entity: 'account', kind: spec.kind } }], /"account"/u],
    ['others of what does not add up', [{ ...spec, kind: { op: 'cross', entity: 'account', count: 'others', kind: { op: 'since', event: ['erp.daily'] } } }], /leaves out/u],
    ['the others of another record', [{ ...spec, kind: { op: 'cross', entity: 'account', kind: { op: 'cross', entity: 'lead', kind: spec.kind } } }], /a chain that may come back/u],
    ['an unknown field of a linked row', [{ ...spec, kind: { op: 'cross', entity: 'account', kind: { op: 'sum', event: ['erp.daily'], field: 'colour', window: 7 * DAY } } }], /^colour: is no field of erp\.daily/u],
    ['a window of a linked row that is shorter than its tile', [{ ...spec, kind: { op: 'cross', entity: 'account', kind: { op: 'count', event: ['web.visited'], window: 3_600_000, tile: DAY } } }], /shorter than its tile/u],
    ['a window that is no number', [{ ...spec, kind: { ...spec.kind, window: NaN } }], /window/u],
    ['an unknown field of a filter', [{ ...spec, kind: { ...spec.kind, where: { field: 'colour', in: ['red'] } } }], /^colour: is no field/u],
    ['a filter without values', [{ ...spec, kind: { ...spec.kind, where: { in: ['pricing'] } } }], /where/u],
    ['an unknown entity', [{ ...spec, entity: 'dog' }], /"dog": entity/u],
    ['a visitor', [{ ...spec, entity: 'visitor' }], /"visitor": entity/u],
    ['a sentence that is none', [{ ...spec, sentence: 7 }], /sentence/u],
    ['null', [null], /object/u],
  ])('are refused with a clear line: %s', (_what, value, message) => {
    expect(() => parseFeatures(value)).toThrow(Fault);
    expect(() => parseFeatures(value)).toThrow(message);
  });
});

it('a declaration with anything in it passes or is refused in one line, and what passes can be compiled', () => {
  const kinds = LEAD_FEATURES.map(({ kind }) => kind);
  const part = fc.constantFrom('op', 'event', 'field', 'window', 'tile', 'where', 'halfLife', 'short', 'long', 'entity', 'kind', 'count', 'type', 'place', 'read', 'zone', 'part', 'of');
  const anything = fc.oneof(fc.anything(), fc.constantFrom<unknown>('web.visited', ['web.visited'], 'amount', 'account', 'lead', DAY, 0.5, kinds[0]));
  fc.assert(fc.property(fc.constantFrom(...kinds), fc.array(fc.tuple(part, anything), { maxLength: 3 }), (kind, changes) => {
    try {
      layoutHash(parseFeatures([{ ...spec, kind: { ...kind, ...Object.fromEntries(changes) } }]));
    } catch (error) {
      expect(error).toBeInstanceOf(Fault);
      expect((error as Fault).message).not.toContain('\n');
    }
  }), { numRuns: 500 });
});

describe('the layout hash', () => {
  it('changes with what is kept and how, not with words', () => {
    const words = LEAD_FEATURES.map((feature) => ({ ...feature, sentence: 'other words' }));
    expect(layoutHash(words)).toBe(layoutHash(LEAD_FEATURES));
    expect(layoutHash(LEAD_FEATURES.slice(1))).not.toBe(layoutHash(LEAD_FEATURES));
    expect(layoutHash(LEAD_FEATURES.toReversed())).toBe(layoutHash(LEAD_FEATURES));
    expect(layoutHash([{ ...spec, kind: { ...spec.kind, window: 21 * DAY } as typeof spec.kind }])).not.toBe(layoutHash([spec]));
  });
});
