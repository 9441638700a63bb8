import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../base/index.ts';
import { catalogue as standard, defineCatalogue, type EventSchema, type FieldValue } from '../../events/index.ts';
import { compileFolds } from '../folds.ts';
import type { OwnKind } from '../spec.ts';
import { codeOf, createVocabularies } from '../vocabulary.ts';
import { bitsOf, estimate } from './bitmap-cell.ts';
import { tileFor } from './windows.ts';

const START = Date.UTC(2026, 0, 5);
const SPAN = 20 * DAY;

interface Happening {
  readonly type: 'e' | 'f';
  readonly time: number;
  readonly tie: number;
  readonly data: Readonly<Record<string, FieldValue>>;
}
/** NaN is missing. */
type Batch = (all: readonly Happening[], now: number) => number | string;

const plain = { privacy: 'plain' } as const;
const fields = {
  n: { tag: 1, type: 'number', min: -50, max: 50, ...plain },
  m: { tag: 2, type: 'number', min: 0, max: 500, ...plain },
  c: { tag: 3, type: 'category', ...plain },
  s: { tag: 4, type: 'category', values: ['x', 'y', 'z'], ...plain },
  b: { tag: 5, type: 'boolean', ...plain },
  t: { tag: 6, type: 'time', ...plain },
  day: { tag: 7, type: 'date', ...plain },
  available: { tag: 8, type: 'time', ...plain },
} as const;
const type = (name: string, code: number): EventSchema => ({ name, code, kinds: ['lead'], scopes: ['crm'], versions: [{ fields }] });
const catalogue = defineCatalogue([type('e', 1), type('f', 2)]);

/** The sawtooth window: from the start of the tile that `now - window` lies in, up to the end of the one that runs. */
const inside = (window: number, now: number, tile = tileFor(window)) => ({ time }: Happening): boolean => {
  const number = Math.floor(time / tile);
  const last = Math.floor(now / tile);
  return number >= last - window / tile && number <= last;
};
const of = (...types: string[]) => ({ type: name }: Happening): boolean => types.includes(name);
const numbers = (all: readonly Happening[], field: string): number[] =>
  all.flatMap(({ data }) => (typeof data[field] === 'number' ? [data[field]] : []));
const inOrder = (all: readonly Happening[]): Happening[] => all.toSorted((a, b) => a.time - b.time || a.tie - b.tie);
const held = (field: string, place: 0 | -1): Batch => (all) =>
  (inOrder(all.filter(({ data }) => data[field] !== undefined)).at(place)?.data[field] ?? NaN) as number | string; // null is NaN too
const oldest = (all: readonly Happening[]): number => Math.min(...all.map(({ time }) => time));
const newest = (all: readonly Happening[]): number => Math.max(...all.map(({ time }) => time));
const missing = (all: readonly unknown[], value: () => number): number => (all.length === 0 ? NaN : value());

const W = 7 * DAY;
const e = { event: ['e'] };
const KINDS: [string, OwnKind, Batch][] = [
  ['latest number', { op: 'latest', ...e, field: 'n', type: 'numeric' }, (all) => held('n', -1)(all.filter(of('e')), 0)],
  ['latest category', { op: 'latest', event: ['e', 'f'], field: 'c', type: 'categorical' }, held('c', -1)],
  ['latest of a part', { op: 'latest', ...e, field: 'n', type: 'numeric', where: { field: 'c', in: ['p', 'q'] } }, (all) =>
    held('n', -1)(all.filter(of('e')).filter(({ data }) => data['c'] === 'p' || data['c'] === 'q'), 0)],
  ['first number', { op: 'first', ...e, field: 'n', type: 'numeric' }, (all) => held('n', 0)(all.filter(of('e')), 0)],
  ['first category', { op: 'first', ...e, field: 'c', type: 'categorical' }, (all) => held('c', 0)(all.filter(of('e')), 0)],
  ['latest boolean', { op: 'latest', ...e, field: 'b', type: 'categorical' }, (all) => {
    const value = held('b', -1)(all.filter(of('e')), 0) as unknown;
    return typeof value === 'boolean' ? String(value) : NaN;
  }],
  ['first boolean', { op: 'first', event: ['e', 'f'], field: 'b', type: 'numeric' }, (all) => {
    const value = held('b', 0)(all, 0) as unknown;
    return typeof value === 'boolean' ? Number(value) : NaN;
  }],
  ['count', { op: 'count', ...e, window: W }, (all, now) => all.filter(of('e')).filter(inside(W, now)).length],
  ['count by the hour', { op: 'count', event: ['e', 'f'], window: 6 * HOUR, tile: HOUR }, (all, now) => all.filter(inside(6 * HOUR, now, HOUR)).length],
  ['count of a part', { op: 'count', ...e, window: W, where: { field: 'b', in: ['true'] } }, (all, now) =>
    all.filter(of('e')).filter(({ data }) => data['b'] === true).filter(inside(W, now)).length],
  ['count of those with a field', { op: 'count', ...e, window: W, where: { field: 'c' } }, (all, now) =>
    all.filter(of('e')).filter(({ data }) => typeof data['c'] === 'string').filter(inside(W, now)).length],
  ['count for ever', { op: 'count', ...e }, (all) => all.filter(of('e')).length],
  ['sum of either sign', { op: 'sum', ...e, field: 'n', window: 3 * DAY }, (all, now) =>
    numbers(all.filter(of('e')).filter(inside(3 * DAY, now)), 'n').reduce((a, b) => a + b, 0)],
  ['sum', { op: 'sum', ...e, field: 'm', window: 3 * DAY }, (all, now) =>
    numbers(all.filter(of('e')).filter(inside(3 * DAY, now)), 'm').reduce((a, b) => a + b, 0)],
  ['mean', { op: 'mean', ...e, field: 'n', window: W }, (all, now) => {
    const values = numbers(all.filter(of('e')).filter(inside(W, now)), 'n');
    return missing(values, () => values.reduce((a, b) => a + b, 0) / values.length);
  }],
  ['max', { op: 'max', ...e, field: 'n', window: W }, (all, now) => {
    const values = numbers(all.filter(of('e')).filter(inside(W, now)), 'n');
    return missing(values, () => Math.max(...values));
  }],
  ['min', { op: 'min', ...e, field: 'n', window: W }, (all, now) => {
    const values = numbers(all.filter(of('e')).filter(inside(W, now)), 'n');
    return missing(values, () => Math.min(...values));
  }],
  ['distinct of a closed vocabulary', { op: 'distinct', ...e, field: 's', window: W }, (all, now) =>
    new Set(all.filter(of('e')).filter(inside(W, now)).flatMap(({ data }) => data['s'] ?? [])).size],
  ['distinct of an open vocabulary', { op: 'distinct', ...e, field: 'c', window: W }, (all, now) => {
    const words = all.filter(of('e')).filter(inside(W, now)).flatMap(({ data }) => (typeof data['c'] === 'string' ? [data['c']] : []));
    return estimate(new Set(words.map((word) => bitsOf(null)(codeOf(word)))).size);
  }],
  ['decayed', { op: 'decayed', ...e, halfLife: 2 * DAY }, (all, now) => all.filter(of('e')).reduce((sum, { time }) => {
    const generations = Math.floor(now / (2 * DAY)) - Math.floor(time / (2 * DAY));
    return sum + (generations > 8 ? 0 : 2 ** (-(now - time) / (2 * DAY)));
  }, 0)],
  ['since', { op: 'since', ...e }, (all, now) => missing(all.filter(of('e')), () => (now - newest(all.filter(of('e')))) / DAY)],
  ['until', { op: 'until', ...e, field: 't' }, (all, now) => ((held('t', -1)(all.filter(of('e')), now) as number) - now) / DAY],
  ['until, of daily rows', { op: 'until', ...e, field: 't', as: 'day' }, (all, now) => {
    const rows = all.filter(of('e')).filter(({ data }) => data['t'] !== undefined && typeof data['day'] === 'number');
    const late = ({ data }: Happening): number => Math.max(0, Math.floor(((data['available'] as number) - (data['day'] as number)) / MINUTE));
    const [row] = rows.toSorted((a, b) => (b.data['day'] as number) - (a.data['day'] as number) || late(b) - late(a) || (b.data['t'] as number) - (a.data['t'] as number));
    return row === undefined ? NaN : ((row.data['t'] as number) - now) / DAY;
  }],
  ['elapsed', { op: 'elapsed', event: ['f'], after: ['e'] }, (all) => {
    const [from, to] = [all.filter(of('e')), all.filter(of('f'))];
    return from.length * to.length === 0 ? NaN : Math.max(0, oldest(to) - oldest(from)) / DAY;
  }],
  ['trend', { op: 'trend', ...e, short: 2 * DAY, long: 8 * DAY, tile: DAY }, (all, now) => {
    const mine = all.filter(of('e'));
    const running = now % DAY;
    return (mine.filter(inside(2 * DAY, now, DAY)).length / (2 * DAY + running)) / (mine.filter(inside(8 * DAY, now, DAY)).length / (8 * DAY + running));
  }],
  ['ratio', { op: 'ratio', ...e, of: ['e', 'f'], window: W, where: { field: 'c', in: ['p'] } }, (all, now) => {
    const window = all.filter(inside(W, now));
    return missing(window, () => window.filter(of('e')).filter(({ data }) => data['c'] === 'p').length / window.length);
  }],
  ['sequence, the newest', { op: 'sequence', event: ['e', 'f'], place: 0 }, (all) => inOrder(all).at(-1)?.type ?? NaN],
  ['sequence, two before', { op: 'sequence', event: ['e', 'f'], place: 2 }, (all) => inOrder(all).at(-3)?.type ?? NaN],
  ['daily value', { op: 'daily', ...e, field: 'n', type: 'numeric', read: 'value', limit: 10 * DAY }, (all, now) => {
    const row = dayRow(all);
    return row === undefined || now - row.day - DAY > 10 * DAY ? NaN : (row.n ?? NaN);
  }],
  ['daily age', { op: 'daily', ...e, field: 'n', type: 'numeric', read: 'age' }, (all, now) => {
    const row = dayRow(all);
    return row === undefined ? NaN : Math.max(0, now - row.day - DAY) / DAY;
  }],
  ['change', { op: 'change', ...e, field: 'm' }, (all) =>
    (held('m', -1)(all.filter(of('e')), 0) as number) - (held('m', 0)(all.filter(of('e')), 0) as number)],
  ['fallen', { op: 'fallen', ...e, field: 'm', window: W }, (all, now) => {
    const values = numbers(all.filter(of('e')).filter(inside(W, now)), 'm');
    return values.length === 0 ? NaN : Math.max(0, Math.max(...values) - (held('m', -1)(all.filter(of('e')), now) as number));
  }],
  ['change of a time', { op: 'change', ...e, field: 't' }, (all) =>
    ((held('t', -1)(all.filter(of('e')), 0) as number) - (held('t', 0)(all.filter(of('e')), 0) as number)) / DAY],
  ['standing', { op: 'standing', event: ['e'], less: ['f'] }, (all) => Math.max(0, all.filter(of('e')).length - all.filter(of('f')).length)],
  ['calendar hour', { op: 'calendar', ...e, part: 'hour', zone: 'Europe/Berlin' }, (all) =>
    missing(all.filter(of('e')), () => clock(oldest(all.filter(of('e'))), 'Europe/Berlin'))],
  ['calendar weekday', { op: 'calendar', ...e, part: 'weekday' }, (all) => all.some(of('e'))
    ? new Date(oldest(all.filter(of('e')))).toLocaleDateString('en-US', { weekday: 'long', timeZone: 'UTC' }) : NaN],
  ['calendar of now', { op: 'calendar', ...e, part: 'hour', zone: 'America/New_York', of: 'now' }, (all, now) =>
    missing(all.filter(of('e')), () => clock(now, 'America/New_York'))],
];

const clock = (time: number, timeZone: string): number =>
  Number(new Date(time).toLocaleTimeString('en-US', { hour: '2-digit', hourCycle: 'h23', timeZone }).slice(0, 2));

/** The row of the newest day, in the form that became available last; ties of these as of the fold. */
function dayRow(all: readonly Happening[]): { day: number; n: number | undefined } | undefined {
  const rows = all.filter(of('e')).filter(({ data }) => data['n'] !== undefined && typeof data['day'] === 'number');
  const late = ({ data }: Happening): number => Math.max(0, Math.floor(((data['available'] as number) - (data['day'] as number)) / MINUTE));
  const [row] = rows.toSorted((a, b) => (b.data['day'] as number) - (a.data['day'] as number) || late(b) - late(a)
    || (b.data['n'] as number ?? -Infinity) - (a.data['n'] as number ?? -Infinity));
  return row && { day: row.data['day'] as number, n: typeof row.data['n'] === 'number' ? row.data['n'] : undefined };
}

const day = fc.integer({ min: 0, max: 19 }).map((days) => START + days * DAY);
const happenings = fc.uniqueArray(
  fc.record({
    type: fc.constantFrom('e' as const, 'f' as const),
    time: fc.integer({ min: 0, max: SPAN / HOUR }).map((hour) => START + hour * HOUR),
    tie: fc.nat(0xffff),
    data: fc.record({
      n: fc.option(fc.integer({ min: -50, max: 50 })), m: fc.nat(500), c: fc.option(fc.constantFrom('p', 'q', 'r')),
      s: fc.constantFrom('x', 'y', 'z'), b: fc.boolean(), t: day,
    }, { requiredKeys: [] }).chain((data) => fc.oneof(fc.constant(data), fc.record({ day, hours: fc.nat(60) }).map(({ day: of_, hours }) =>
      Object.assign({}, data, { day: of_, available: of_ + hours * HOUR })))),
  }),
  { maxLength: 40, selector: ({ tie }) => tie },
);

/** A row within other bytes, which must stay as they are. */
const AT = 3;
const GUARD = 0xa5;

describe.each(KINDS)('%s', (name, kind, batch) => {
  const vocabularies = createVocabularies();
  const telling = { theme: 't', sentence: 's', source: 'salesforce', owner: 'o', privacy: 'plain' } as const;
  const fold = compileFolds([{ name: 'f', entity: 'lead', kind, ...telling }], { catalogue, vocabularies }).of('lead');
  const columns = new Float64Array(fold.columns.names.length);
  const out = new Float64Array(1);

  const region = (adding: readonly Happening[]): DataView => {
    const view = new DataView(new Uint8Array(fold.bytes + 2 * AT).fill(GUARD).buffer);
    fold.init(view, AT);
    for (const each of adding) add(view, each);
    return view;
  };
  const add = (view: DataView, { type: of_, time, tie, data }: Happening): void => {
    fold.columns.encode(data, columns);
    fold.fold(view, AT, catalogue.byName.get(of_)!.code, time, tie, columns);
  };
  const merge = (view: DataView, other: DataView): void => {
    for (const { accumulator, at } of fold.regions) accumulator.merge(view, AT + at, other, AT + at);
  };
  const read = (view: DataView, now: number): number | string | null => {
    fold.vectorInto(view, AT, now, out);
    return Number.isNaN(out[0]) ? NaN : (fold.words[0]?.(out[0]!) ?? out[0]!);
  };
  const same = (found: number | string | null, wanted: number | string): void => {
    if (name === 'decayed') expect(Math.abs((found as number) - (wanted as number))).toBeLessThan(0.02 * (wanted as number) + 1e-9);
    else if (typeof wanted === 'number' && !Number.isInteger(wanted) && !Number.isNaN(wanted)) expect(found).toBeCloseTo(wanted, 9);
    else expect(found).toBe(wanted);
  };
  const later = fc.integer({ min: 0, max: 12 * 24 }).map((hours) => START + SPAN + hours * HOUR);
  const bytes = (view: DataView): Uint8Array => new Uint8Array(view.buffer);

  it('reads as the batch answer, and leaves the same bytes in whatever order things come', () => {
    fc.assert(fc.property(happenings, later, (all, now) => {
      const view = region(all);
      same(read(view, now), batch(all, now));
      const guards = [...bytes(view)].filter((_byte, i) => i < AT || i >= AT + fold.bytes);
      expect(new Set(guards)).toEqual(new Set([GUARD]));
      expect(bytes(region(inOrder(all)))).toEqual(bytes(view));
    }));
  });

  it('reads the past right while time goes on', () => {
    fc.assert(fc.property(happenings, (all) => {
      const sorted = inOrder(all);
      const view = region([]);
      for (const [i, each] of sorted.entries()) {
        add(view, each);
        same(read(view, each.time), batch(sorted.slice(0, i + 1), each.time));
      }
    }), { numRuns: 30 });
  });

  it('is the same whole when parts are merged', () => {
    fc.assert(fc.property(happenings, fc.nat(40), later, (all, cut, now) => {
      const [left, right] = [region(all.slice(0, cut)), region(all.slice(cut))];
      merge(left, right);
      expect(bytes(left)).toEqual(bytes(region(all)));
      merge(left, region([]));
      same(read(left, now), batch(all, now));
    }));
  });

  it('takes out again what was added, where it can', () => {
    if (fold.regions.some(({ accumulator }) => accumulator.share === undefined)) return;
    fc.assert(fc.property(happenings, fc.nat(40), later, (all, cut, now) => {
      const [stays, goes] = [all.slice(0, cut), all.slice(cut)];
      const whole = region(all);
      const part = region(goes);
      for (const { accumulator, at } of fold.regions) accumulator.share!.take(whole, AT + at, accumulator, part, AT + at);
      same(read(whole, now), batch(stays, now));
      for (const { accumulator, at } of fold.regions) accumulator.share!.give(whole, AT + at, accumulator, part, AT + at);
      same(read(whole, now), batch(all, now));
    }));
  });
});

describe('a count', () => {
  it('stays at its greatest value, by what a lead or a campaign can have in a tile', () => {
    for (const [entity, most] of [['lead', 255], ['account', 65_535]] as const) {
      const telling = { theme: 't', sentence: 's', source: 'salesforce', owner: 'o', privacy: 'plain' } as const;
      const visits: OwnKind = { op: 'count', event: [entity === 'lead' ? 'web.visited' : 'account.changed'], window: W };
      const fold = compileFolds([{ name: 'f', entity, kind: visits, ...telling }]).of(entity);
      const view = new DataView(new ArrayBuffer(fold.bytes));
      fold.init(view, 0);
      const { code } = standard.byName.get(visits.event[0]!)!;
      for (let i = 0; i < 70_000; i++) fold.fold(view, 0, code, START, 0, []);
      const out = new Float64Array(1);
      fold.vectorInto(view, 0, START, out);
      expect(out[0]).toBe(most);
    }
  });
});

describe('distinct', () => {
  it('is within one for up to ten of an open vocabulary, nine times in ten', () => {
    const near = Array.from({ length: 200 }, (_, seed) => {
      const words = Array.from({ length: 10 }, (_word, i) => `word ${seed} ${i}`);
      return Math.abs(estimate(new Set(words.map((word) => bitsOf(null)(codeOf(word)))).size) - 10) <= 1;
    });
    expect(near.filter(Boolean).length).toBeGreaterThan(180);
  });
});
