import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY, HOUR } from '../../base/index.ts';
import { catalogue as standard, defineCatalogue, type Catalogue, type EventSchema } from '../../events/index.ts';
import { DEFAULT_FEATURES } from '../defaults/index.ts';
import type { Fold } from '../fold.ts';
import { compileFolds, type Folds } from '../folds.ts';
import { membersOf } from '../members.ts';
import { ENTITIES, type Entity, type FeatureSpec, type OwnKind } from '../spec.ts';
import type { Linked } from '../reading.ts';
import { codeOf } from '../vocabulary.ts';

const telling = { theme: 't', sentence: 's', source: 'salesforce', owner: 'o', privacy: 'plain' } as const;
const START = Date.UTC(2026, 0, 5);
const WORDS = ['p', 'q', 'true', 'DE', 'Europe/Paris', 'New'].map(codeOf);

/** One addition to a row, and a moment at which it is read. */
interface Step {
  readonly code: number;
  readonly time: number;
  readonly tie: number;
  /** What stands in the columns, over and over. */
  readonly values: readonly number[];
  readonly now: number;
}

const time = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: 0, max: 9 }).map((hours) => START + hours * HOUR) },
  { weight: 8, arbitrary: fc.integer({ min: 0, max: 240 }).map((hours) => START + hours * HOUR) },
  { weight: 4, arbitrary: fc.integer({ min: -400 * DAY, max: 400 * DAY }).map((ms) => START + ms) },
  { weight: 1, arbitrary: fc.integer({ min: -50_000 * DAY, max: 50_000 * DAY }) },
);
const value = fc.oneof(
  fc.constantFrom(NaN, -Infinity, 0, 1, -1, 0.5, 2 ** 45, -(2 ** 45), Infinity, ...WORDS),
  fc.double(),
  fc.integer({ min: -100, max: 100_000 }),
  time,
);
const stepsOf = (codes: readonly number[]): fc.Arbitrary<Step[]> => fc.array(
  fc.record({
    code: fc.constantFrom(...codes), time, tie: fc.oneof(fc.nat(3), fc.nat(0xffffffff)), values: fc.array(value, { minLength: 1, maxLength: 7 }),
    now: fc.oneof(fc.integer({ min: -5, max: 5 }).map((hours) => hours * HOUR), fc.integer({ min: -20 * DAY, max: 120 * DAY })),
  }),
  { maxLength: 30 },
);

/** A row of either form, from the same steps. */
interface Pair {
  readonly forms: readonly [Fold, Fold];
  readonly rows: readonly [DataView, DataView];
}

const BASE = 5;
const pairOf = ([generated, plain]: readonly [Folds, Folds], entity: Entity): Pair => {
  const forms = [generated.of(entity), plain.of(entity)] as const;
  const rows = forms.map(({ bytes, init }) => {
    const view = new DataView(new Uint8Array(bytes + 2 * BASE).fill(0xa5).buffer);
    init(view, BASE);
    return view;
  });
  return { forms, rows: rows as unknown as Pair['rows'] };
};

function add({ forms, rows }: Pair, { code, time: at, tie, values }: Step, member?: Entity): void {
  const [generated] = forms;
  const fields = Float64Array.from(generated.columns.names, (_name, i) => values[i % values.length]!);
  for (const [i, fold] of forms.entries()) {
    if (member === undefined) fold.fold(rows[i]!, BASE, code, at, tie, fields);
    else fold.foldOf(member, rows[i]!, BASE, code, at, tie, fields);
  }
}

const bytesOf = (view: DataView): Uint8Array => new Uint8Array(view.buffer);

/** Reads both forms at a moment, all features and some of them; they are to be equal to the last bit. */
function expectEqual({ forms, rows }: Pair, now: number, around: readonly Pair[], which: readonly number[]): void {
  expect(bytesOf(rows[0])).toEqual(bytesOf(rows[1]));
  const [all, some] = [undefined, which].map((only) => forms.map((fold, i) => {
    const linked: Linked = Object.fromEntries(around.map((other) =>
      [other.forms[0].entity, { view: other.rows[i]!, base: BASE, ...(other.forms[0].entity === 'owner' && { reps: 4 + (now % 3) }) }]));
    const out = new Float64Array((only ?? fold.features).length + 1).fill(7);
    if (only === undefined) fold.vectorInto(rows[i]!, BASE, now, out, { linked, at: 1 });
    else fold.reader(only)(rows[i]!, BASE, now, linked, out, 1);
    return out;
  })) as [Float64Array[], Float64Array[]];
  expect(all[0]).toEqual(all[1]); // NaN is NaN, and -0 is not 0
  expect(some[0]).toEqual(some[1]);
}

const formsOf = (features: readonly FeatureSpec[], catalogue: Catalogue) =>
  (['generated', 'plain'] as const).map((form) => compileFolds(features, { catalogue, form })) as unknown as readonly [Folds, Folds];

describe('the default features', () => {
  const forms = formsOf(DEFAULT_FEATURES, standard);
  const codes = standard.types.map(({ code }) => code);

  it.each(ENTITIES)('of %s: generated, they leave the bytes and read the values of what they mean', (entity) => {
    const heard = codes.filter((code) => forms[0].of(entity).hears(code) || membersOf(entity).some((member) => forms[0].of(entity).hearsOf(member, code)));
    if (heard.length === 0) return;
    const around = ENTITIES.filter((other) => other !== entity);
    const places = fc.subarray(forms[0].of(entity).features.map((_feature, i) => i));
    fc.assert(fc.property(stepsOf(heard), fc.subarray([...around]), places, (steps, present, which) => {
      const pair = pairOf(forms, entity);
      const others = present.map((other) => pairOf(forms, other));
      for (const [i, step] of steps.entries()) {
        add(pair, step);
        for (const member of membersOf(entity)) add(pair, step, member);
        for (const other of others) add(other, { ...step, code: codes[(step.code + i) % codes.length]! });
        if (i % 5 === 0) expectEqual(pair, step.time + step.now, others, which);
      }
      expectEqual(pair, START + 200 * HOUR, others, which);
    }), { numRuns: 40 });
  });
});

describe('a client’s own features', () => {
  const plain = { privacy: 'plain' } as const;
  const fields = {
    n: { tag: 1, type: 'number', min: -50, max: 50, ...plain }, m: { tag: 2, type: 'number', min: 0, max: 500, ...plain },
    c: { tag: 3, type: 'category', ...plain }, s: { tag: 4, type: 'category', values: ['p', 'q', 'r', 'x', 'y', 'z', 'u', 'v', 'w'], ...plain },
    b: { tag: 5, type: 'boolean', ...plain }, t: { tag: 6, type: 'time', ...plain },
    day: { tag: 7, type: 'date', ...plain }, available: { tag: 8, type: 'time', ...plain },
  } as const;
  const type = (name: string, code: number): EventSchema => ({ name, code, kinds: ['lead', 'account'], scopes: ['crm'], versions: [{ fields }] });
  const catalogue = defineCatalogue([type('e', 1), type('f', 2)]);

  const types = fc.subarray(['e', 'f'], { minLength: 1 });
  const event = fc.record({ event: types });
  const condition = fc.oneof(
    fc.record({ field: fc.constantFrom('c', 's'), in: fc.subarray(['p', 'q', 'r'], { minLength: 1 }) }),
    fc.record({ field: fc.constantFrom('n', 'b', 't') }),
    fc.constant({ field: 'b', in: ['true'] }),
  );
  const where = fc.oneof(fc.constant({}), fc.record({ where: condition }));
  const tiles = fc.oneof(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 36 }));
  const tile = fc.constantFrom(HOUR, 6 * HOUR, DAY, 4 * DAY);
  const span = fc.tuple(tile, tiles).map(([length, many]) => ({ tile: length, window: many * length }));
  const field = (...names: string[]) => fc.record({ field: fc.constantFrom(...names) });
  const typed = fc.constantFrom({ field: 'n', type: 'numeric' }, { field: 'c', type: 'categorical' }, { field: 'b', type: 'numeric' });
  const kind = (op: string, ...parts: fc.Arbitrary<object>[]): fc.Arbitrary<OwnKind> => fc.tuple(...parts).map((list) => Object.assign({ op }, ...list) as OwnKind);
  const kinds: fc.Arbitrary<OwnKind> = fc.oneof(
    kind('latest', event, typed, where),
    kind('first', event, typed, where),
    kind('count', event, fc.oneof({ weight: 5, arbitrary: span }, { weight: 1, arbitrary: fc.constant({}) }), where),
    ...['sum', 'mean', 'max', 'min', 'fallen'].map((op) => kind(op, event, field('n', 'm'), span, where)),
    kind('distinct', event, field('c', 's'), span, where),
    kind('decayed', event, fc.record({ halfLife: fc.constantFrom(HOUR, 3 * DAY, 14 * DAY) }), where),
    kind('since', event, where),
    kind('until', event, field('t'), where, fc.constantFrom({}, { as: 'day' })),
    kind('elapsed', event, fc.record({ after: types }), where),
    kind('trend', event, fc.tuple(tile, tiles, fc.integer({ min: 1, max: 8 })).map(([length, many, more]) => ({ tile: length, short: many * length, long: (many + more) * length })), where),
    kind('ratio', event, fc.record({ of: types }), span, where, fc.oneof(fc.constant({}), fc.record({ whereOf: condition }))),
    kind('change', event, field('n', 'm', 't'), where),
    kind('standing', event, fc.record({ less: types }), where),
    kind('sequence', event, fc.record({ place: fc.nat(4) })),
    kind('daily', event, typed, fc.record({ read: fc.constantFrom('value', 'age') }), fc.constantFrom({}, { limit: 10 * DAY })),
    kind('calendar', event, fc.record({ part: fc.constantFrom('hour', 'weekday', 'quarter_day'), zone: fc.constantFrom('UTC', 'Europe/Berlin', 'America/New_York'), of: fc.constantFrom('first', 'now') })),
    kind('local_time', event, field('c')),
  );
  const features = fc.array(fc.tuple(kinds, fc.constantFrom('own', 'all', 'others')), { minLength: 1, maxLength: 8 }).map((list) =>
    list.map(([own, from], i): FeatureSpec => {
      const additive = ['count', 'sum', 'decayed', 'standing'].includes(own.op);
      const count = from === 'others' && additive ? 'others' : 'all';
      return { name: `f${i}`, entity: 'lead', kind: from === 'own' ? own : { op: 'cross', entity: 'account', kind: own, count }, ...telling };
    }));

  it('of any kinds, windows and conditions, over any events, are equal in both forms', () => {
    fc.assert(fc.property(features, stepsOf([1, 2]), fc.boolean(), (specs, steps, isLinked) => {
      const forms = formsOf(specs, catalogue);
      const [lead, account] = [pairOf(forms, 'lead'), pairOf(forms, 'account')];
      const around = isLinked ? [account] : [];
      for (const step of steps) {
        add(lead, step);
        add(account, step, 'lead');
        add(account, { ...step, code: 3 - step.code });
        expectEqual(account, step.time + step.now, [], []);
        expectEqual(lead, step.time + step.now, around, specs.map((_spec, i) => i).filter((i) => i % 2 === 0));
      }
    }), { numRuns: 250 });
  });
});

it('no text holds anything of a kind that was not checked', () => {
  const kind = { op: 'count', event: ['web.visited'], window: '1); process.exit(' } as unknown as OwnKind;
  expect(() => compileFolds([{ name: 'f', entity: 'lead', kind, ...telling }])).toThrow('whole ms');
});
