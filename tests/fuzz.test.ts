import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DAY, HOUR } from '../src/base/index.ts';
import { catalogue, CELL_SUBJECT, createGate, isRejection, kindOf, memoryIdentities, type FieldSchema, type LoggedEvent, type SubjectId } from '../src/events/index.ts';
import { allowed, wireEvent, type Typed } from '../src/events/wire.fixture.ts';
import { DEFAULT_FEATURES, digest, openMemoryState, type State } from '../src/features/index.ts';

const NOW = Date.UTC(2026, 2, 2, 8, 30);
const SENDER = { scopes: ['crm', 'web', 'email', 'telephony', 'marketing', 'erp', 'product', 'feedback', 'service'] } as const;

/** Few records, so that what happens meets: each is linked, merged, moved and told of by many types. */
const record = fc.constantFrom('a', 'b', 'c');
/** What a source sends that keeps the rules, at the edges of what they allow, and beyond them. */
const good = (field: FieldSchema, name: string): fc.Arbitrary<unknown> => {
  if (field.type === 'reference' || field.privacy === 'employee') return record;
  const { min, max } = field;
  const edges = field.type === 'number' ? [min, max, 0, -0, 1e-308, 1.7e308, 2 ** 53].filter((value) => value !== undefined && value >= (min ?? -1e300) && value <= (max ?? 1e300)) : [];
  const usual = allowed(NOW)(field, name);
  return edges.length === 0 ? usual : fc.oneof({ weight: 3, arbitrary: usual }, { weight: 1, arbitrary: fc.constantFrom(...edges) });
};
const bad = fc.oneof(fc.constantFrom<unknown>(null, '', NaN, Infinity, -1, Number.MAX_VALUE, '1e9', [], {}, '\0', 'x'.repeat(200)), fc.anything());
const spoilt = (field: FieldSchema, name: string): fc.Arbitrary<unknown> => fc.oneof({ weight: 20, arbitrary: good(field, name) }, { weight: 1, arbitrary: bad });

const arrival = fc.record({ subject: record, hoursAgo: fc.oneof(fc.nat(72), fc.nat(24 * 400)), late: fc.nat(80), again: fc.nat(9) });
const stories = fc.array(fc.tuple(wireEvent(spoilt, NOW), arrival), { minLength: 8, maxLength: 40, size: '+1' });

/** Names a subject of ours, which no source knows: erasures are below. */
const NAMES_OURS: ReadonlySet<string> = new Set(['control.subject.erased']);

interface Passed {
  logged: LoggedEvent[];
  refused: string[];
}

/** Sends a story through a gate and numbers what passes, as a log does; some of it is delivered twice. */
function through(story: readonly (readonly [Typed, { subject: string; hoursAgo: number; late: number; again: number }])[]): Passed {
  const gate = createGate({ identities: memoryIdentities(), clock: () => NOW });
  const logged: LoggedEvent[] = [];
  const refused: string[] = [];
  for (const [{ wire, schema }, { subject, hoursAgo, late, again }] of story) {
    const time = NOW - hoursAgo * HOUR;
    const whom = schema.kinds[0] === 'cell' ? CELL_SUBJECT : subject;
    const event = gate.parse({ ...wire, subject: whom, time: new Date(time).toISOString() }, SENDER);
    if (isRejection(event)) {
      refused.push(event.message);
      continue;
    }
    if (NAMES_OURS.has(event.type)) continue;
    for (let copy = again === 0 ? 2 : 1; copy > 0; copy--) {
      const received = Math.min(NOW, time + late * HOUR);
      logged.push(Object.assign({}, event, { offset: logged.length, received, knownAt: received }));
    }
  }
  return { logged, refused };
}

const folded = (events: readonly LoggedEvent[], by: number): State => {
  const state = openMemoryState({ features: DEFAULT_FEATURES });
  for (let at = 0; at < events.length; at += by) state.fold(events.slice(at, at + by));
  return state;
};
const subjectsOf = (events: readonly LoggedEvent[]): SubjectId[] => [...new Set(events.flatMap(({ subject, data }) => [subject, ...Object.values(data).filter((value): value is SubjectId => typeof value === 'string' && kindOf(value) !== undefined)]))];

/** Every value of every record is a number, a word or missing, whenever it is asked for. */
function checkVectors(state: State, subjects: readonly SubjectId[]): void {
  for (const subject of subjects) {
    for (const now of [NOW - 30 * DAY, NOW, NOW + 400 * DAY]) {
      for (const [at, value] of (state.record(subject)?.vector(now) ?? []).entries()) {
        const isFine = value === null || typeof value === 'string' || Number.isFinite(value);
        if (!isFine) throw new Error(`${kindOf(subject)} ${state.features.filter(({ entity }) => entity === kindOf(subject))[at]?.name}: ${String(value)}`);
      }
      state.record(subject)?.sources(now);
    }
  }
}

describe('events of every type, from the gate to the vector', () => {
  test('are refused with a reason or folded; no value is ever no number', () => {
    let [passed, refused] = [0, 0];
    fc.assert(fc.property(stories, (story) => {
      const { logged, refused: why } = through(story);
      for (const line of why) expect(line).toMatch(/^[^\n]+: [^\n]+; [^\n]+$/u);
      checkVectors(folded(logged, 7), subjectsOf(logged));
      [passed, refused] = [passed + logged.length, refused + why.length];
    }), { numRuns: 80 });
    expect(passed).toBeGreaterThan(500);
    expect(refused).toBeGreaterThan(100);
  });

  test('are all met: each type of the catalogue passes and is folded, in many shapes', () => {
    const story = fc.sample(fc.tuple(wireEvent(good, NOW), arrival), 2_000); // some thirty of each version
    const { logged } = through(story);
    const met = new Set(logged.map(({ type }) => type));
    expect(catalogue.types.map(({ name }) => name).filter((name) => !met.has(name))).toEqual([...NAMES_OURS]);
    const state = folded(logged, 100);
    expect(state.offset()).toBe(logged.length);
    checkVectors(state, subjectsOf(logged));
  });

  test('leave the same state however they are split, and can all be erased again', () => {
    fc.assert(fc.property(stories, fc.nat(), (story, pick) => {
      const { logged } = through(story);
      const state = folded(logged, logged.length || 1);
      expect(digest(folded(logged, 1))).toBe(digest(state));
      const subjects = subjectsOf(logged).filter((subject) => subject !== CELL_SUBJECT);
      let rest: LoggedEvent[] = logged;
      for (const subject of [...subjects.slice(pick % (subjects.length || 1)), ...subjects]) {
        rest = rest.filter((event) => event.subject !== subject);
        state.retract(subject, { events: rest });
        checkVectors(state, subjects);
      }
      expect(subjects.flatMap((subject) => state.record(subject) ?? [])).toEqual([]);
      expect(state.counts()).toMatchObject({ leads: 0, open: 0 });
      expect(state.owners()).toEqual([]);
    }), { numRuns: 30 });
  });
});
