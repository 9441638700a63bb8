import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DAY, HOUR } from '../base/index.ts';
import { CELL_SUBJECT, type Event, type FieldValue, type SubjectId } from '../events/index.ts';
import { openMemoryState, type Entity, type FeatureKind, type FeatureSpec } from '../features/index.ts';
import { memoryLog, type Log } from '../log/index.ts';
import { portable } from '../rank/index.ts';
import type { Value } from '../trees/index.ts';
import { measureSkew, type Skew } from './skew.ts';
import type { LiveVector } from './vectors.ts';

const START = Date.UTC(2026, 0, 5);
const subject = (kind: string, name: string): SubjectId => `${kind}_${name.padEnd(20, '0')}` as SubjectId;
const LEADS = ['a', 'b', 'c'].map((name) => subject('ld', name));
const ACCOUNT = subject('ac', 'x');

const spec = (name: string, kind: FeatureKind, entity: Entity = 'lead'): FeatureSpec =>
  ({ name, entity, kind, theme: 't', sentence: 's', source: 'salesforce', owner: 'o', privacy: 'plain' });
const FEATURES = [
  spec('industry', { op: 'latest', event: ['lead.created', 'lead.changed'], field: 'industry', type: 'categorical' }),
  spec('visits', { op: 'count', event: ['web.visited'], window: 7 * DAY }),
  spec('interest', { op: 'decayed', event: ['web.visited'], halfLife: 3 * DAY }),
  spec('account_visits', { op: 'cross', entity: 'account', kind: { op: 'count', event: ['web.visited'], window: 7 * DAY } }),
];
const NAMES = FEATURES.map(({ name }) => name);
/** Of the same name as a lead's own, and read from its account. */
const OF_OTHERS = spec('visits', { op: 'cross', entity: 'account', kind: { op: 'count', event: ['web.visited'], window: 7 * DAY } }, 'opportunity');

interface Happening {
  readonly type: string;
  readonly subject: SubjectId;
  readonly data: Record<string, FieldValue>;
  readonly hour: number;
}

let number = 0;
const eventOf = ({ type, subject: whose, data, hour }: Happening): Event =>
  ({ id: `e${number++}`, source: 'test', type, version: 1, subject: whose, time: START + hour * HOUR, data }) as Event;
const visit = (whose: SubjectId, hour: number): Happening => ({ type: 'web.visited', subject: whose, data: { page: 'pricing' }, hour });
const born = (whose: SubjectId): Happening => ({ type: 'lead.created', subject: whose, data: { account: ACCOUNT, industry: 'energy' }, hour: 0 });

/** A log with vectors taken live while it grew: one of each lead after every event that `looks` names. */
async function lived(happenings: readonly Happening[], looks: ReadonlySet<number>): Promise<{ log: Log; vectors: LiveVector[] }> {
  let now = START;
  const log = memoryLog({ clock: () => now });
  const state = openMemoryState({ features: FEATURES });
  const vectors: LiveVector[] = [];
  for (const [at, happening] of happenings.entries()) {
    now = START + happening.hour * HOUR;
    await log.append([eventOf(happening)]);
    state.fold(log.read(state.offset()));
    for (const whose of looks.has(at) ? LEADS : []) {
      const record = state.record(whose);
      if (record === undefined) continue;
      vectors.push({ decision: `d${vectors.length}`, subject: whose, time: now, offset: state.offset(), names: NAMES, values: portable(record.vector(now)) });
    }
  }
  return { log, vectors };
}

const withValue = (live: LiveVector, column: number, value: Value): LiveVector => ({ ...live, values: live.values.with(column, value) });
const measure = (vectors: readonly LiveVector[], log: Log): Promise<Skew> => measureSkew(vectors, { log, features: [OF_OTHERS, ...FEATURES] });
const erase = async (log: Log, whose: SubjectId): Promise<void> => {
  await log.erase(whose);
  await log.append([eventOf({ type: 'control.subject.erased', subject: CELL_SUBJECT, data: { subject: whose, receipt: 'r' }, hour: 99 })]);
};

const happening = fc.oneof(
  fc.record({ type: fc.constant('web.visited'), subject: fc.constantFrom(...LEADS), data: fc.constant({ page: 'pricing' }), hour: fc.nat(400) }),
  fc.record({ type: fc.constant('lead.changed'), subject: fc.constantFrom(...LEADS), data: fc.record({ industry: fc.constantFrom('retail', 'energy', null) }), hour: fc.nat(400) }),
);
const worlds = fc.tuple(fc.array(happening, { maxLength: 40 }), fc.array(fc.nat(42), { minLength: 1, maxLength: 8 })).map(([some, looks]) => ({
  happenings: [...LEADS.map(born), ...some] as Happening[],
  looks: new Set([2, ...looks]),
}));

describe('skew', () => {
  test('of what was folded live is none, whatever happened and whenever it was looked at', async () => {
    await fc.assert(
      fc.asyncProperty(worlds, async ({ happenings, looks }) => {
        const { log, vectors } = await lived(happenings, looks);
        const skew = await measure(vectors, log);
        expect(skew).toMatchObject({ ok: true, vectors: vectors.length, values: vectors.length * NAMES.length, differing: [], unfounded: [] });
      }),
      { numRuns: 60 },
    );
  });

  test('is the same where the rows lie on disk', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'leadrank-skew-'));
    try {
      let run = 0;
      await fc.assert(fc.asyncProperty(worlds, async ({ happenings, looks }) => {
        const { log, vectors } = await lived(happenings, looks);
        const options = { log, features: [OF_OTHERS, ...FEATURES] };
        const spoilt = vectors.map((live, i) => (i === 0 ? withValue(live, 1, -1) : live));
        expect(await measureSkew(spoilt, { ...options, scratch: join(folder, String(run++)) })).toEqual(await measureSkew(spoilt, options));
      }), { numRuns: 8 });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  test('of one falsified value is found in its feature and its decision, and nowhere else', async () => {
    await fc.assert(
      fc.asyncProperty(worlds, fc.nat(), fc.nat(3), fc.constantFrom(null, -1, 'nowhere'), async ({ happenings, looks }, pick, column, value) => {
        const { log, vectors } = await lived(happenings, looks);
        const whose = vectors[pick % vectors.length]!;
        const was = whose.values[column]!;
        fc.pre(was !== value);
        const skew = await measure(vectors.map((live) => (live === whose ? withValue(live, column, value) : live)), log);
        const outcome = value === null ? 'missing' : was === null ? 'extra' : 'mismatch';
        expect([skew.ok, skew.differing]).toEqual([false, [whose.decision]]);
        for (const { feature, examples } of skew.features) {
          expect(examples).toEqual(feature === NAMES[column] ? [{ decision: whose.decision, outcome, live: value, computed: was }] : []);
        }
        expect(skew.features[column]![outcome]).toBe(1);
      }),
      { numRuns: 60 },
    );
  });

  test('is told of a vector that the log does not account for', async () => {
    const { log, vectors } = await lived(LEADS.map(born), new Set([2]));
    const [one] = vectors;
    const skew = await measure([{ ...one!, subject: subject('ld', 'nobody') }, { ...one!, offset: 99 }, { ...one!, values: [1] }], log);
    expect(skew).toMatchObject({ ok: false, vectors: 0 });
    expect(skew.unfounded.map(({ why }) => why).toSorted()).toEqual([
      '1 values for 4 features',
      'the log does not know the record',
      'the log ends at offset 3, before 99',
    ]);
  });

  const withOld = (live: LiveVector): LiveVector => ({ ...live, names: [...NAMES, 'old'], values: [...live.values, 7] });
  test('a feature that is not declared any more is counted and not compared', async () => {
    const { log, vectors } = await lived(LEADS.map(born), new Set([2]));
    const skew = await measure(vectors.map(withOld), log);
    expect(skew).toMatchObject({ ok: true, undeclared: [{ feature: 'old', vectors: 3 }], values: 12 });
  });
});

describe('after an erasure', () => {
  const [a, b] = LEADS as [SubjectId, SubjectId];
  const before = [...LEADS.map(born), visit(a, 1), visit(b, 2)];

  test('the erased subject is skipped, and what others saw of it through their account is unsettled, not skew', async () => {
    const { log, vectors } = await lived(before, new Set([4]));
    await erase(log, a);
    const skew = await measure(vectors, log);
    expect(skew).toMatchObject({ ok: true, erased: 1, vectors: 2 });
    expect(skew.features.map(({ feature, unsettled }) => [feature, unsettled])).toEqual([['industry', 0], ['visits', 0], ['interest', 0], ['account_visits', 2]]);
  });

  test('what a record saw itself is held against the log all the same', async () => {
    const { log, vectors } = await lived(before, new Set([4]));
    await erase(log, a);
    const skew = await measure(vectors.map((live) => (live.subject === b ? withValue(live, 1, 5) : live)), log);
    expect(skew).toMatchObject({ ok: false, differing: [vectors.find((live) => live.subject === b)!.decision] });
  });

  test('what a merged record brought with it is unsettled once it is erased', async () => {
    const { log, vectors } = await lived([...before, { type: 'record.merged', subject: b, data: { loser: a }, hour: 3 }], new Set([5]));
    await erase(log, a);
    const skew = await measure(vectors, log);
    expect(skew).toMatchObject({ ok: true, differing: [] });
    expect(skew.features[1]).toMatchObject({ feature: 'visits', equal: 1, unsettled: 1 });
  });

  test('a decision that came after it is held against the log in every feature', async () => {
    const { log, vectors } = await lived(before, new Set([4]));
    const later: LiveVector = { ...vectors.find((live) => live.subject === b)!, offset: 6 };
    await erase(log, a);
    expect(await measure([later], log)).toMatchObject({ ok: false, differing: [later.decision] });
  });

  test('one that comes while the log is read is an error that says what to do', async () => {
    const { log, vectors } = await lived(before, new Set([4]));
    let asked = 0;
    const epoch = (): number => asked++;
    await expect(measureSkew(vectors, { log: { ...log, epoch }, features: FEATURES })).rejects.toThrow(/erased while it was read; run again/);
  });
});

test('an interrupted measurement stops', async () => {
  const { log, vectors } = await lived([...LEADS.map(born), ...Array.from({ length: 5_000 }, (_, n) => visit(LEADS[0]!, n % 300))], new Set([5_002]));
  await expect(measureSkew(vectors, { log, features: FEATURES, signal: AbortSignal.abort(new Error('stop')) })).rejects.toThrow('stop');
});
