import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DAY, random } from '../src/base/index.ts';
import { createGate, isRejection, kindOf, memoryIdentities, type Event, type SubjectId } from '../src/events/index.ts';
import { columnNames, DEFAULT_FEATURES, entityOf, openLmdbState, openMemoryState, type State } from '../src/features/index.ts';
import { memoryLog, type Log } from '../src/log/index.ts';
import type { Value } from '../src/trees/index.ts';
import { world } from '../src/sandbox/index.ts';

/** The property that bites: however the sources deliver one world, each record has the same vector. */
const START = Date.UTC(2026, 0, 5);
const DAYS = 75;
const END = START + DAYS * DAY;
const LATENESS = 3 * DAY;
const SENDER = { scopes: ['crm', 'web', 'email', 'telephony', 'marketing', 'erp', 'product'] } as const;

interface Arrival {
  readonly event: Event;
  /** ms */
  readonly at: number;
}

let happened: Arrival[];
let plain: Map<SubjectId, Value[]>;
const folder = mkdtempSync(join(tmpdir(), 'leadrank-vector-'));

/** Teams of six, so that what is said of teams is said. */
const told = world({ seed: 11, start: START, reps: 48, leadsPerDay: 4 });

beforeAll(async () => {
  const gate = createGate({ identities: memoryIdentities(), clock: () => END });
  happened = [...told.events(START, END)].map(({ at, raw }) => {
    const event = gate.parse(raw, SENDER);
    if (isRejection(event)) throw new Error(`${raw.type}: ${event.message}`);
    return { event, at };
  });
  plain = vectorsOf(folded(await logOf(happened)));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function logOf(arrivals: readonly Arrival[], knownAt?: (event: Event) => number): Promise<Log> {
  let now = START;
  const log = memoryLog({ clock: () => now });
  for (const { event, at } of arrivals) {
    now = at;
    await log.append([event], knownAt && { knownAt });
  }
  return log;
}

function folded(log: Log): State {
  const state = openMemoryState({ features: DEFAULT_FEATURES });
  state.fold(log.read(0));
  return state;
}

function vectorsOf(state: State): Map<SubjectId, Value[]> {
  const subjects = [...new Set(happened.map(({ event }) => event.subject))].filter((subject) => ['lead', 'opportunity', 'contact'].includes(kindOf(subject)!));
  return new Map(subjects.flatMap((subject) => {
    const record = state.record(subject);
    return record === undefined ? [] : [[subject, record.vector(END + DAY)] as const];
  }));
}

/** In which features of which records two deliveries differ. */
function differences(state: State): string[] {
  const other = vectorsOf(state);
  expect(other.size).toBe(plain.size);
  return [...plain].flatMap(([subject, vector]) => {
    const names = columnNames(DEFAULT_FEATURES, entityOf(subject));
    const found = other.get(subject);
    return vector.flatMap((value, at) => (Object.is(value, found?.[at]) ? [] : [`${kindOf(subject)} ${names[at]}: ${value} and ${found?.[at]}`]));
  });
}

const shuffled = (seed: number): Arrival[] => {
  const dice = random(seed);
  return happened.map(({ event, at }) => ({ event, at: at + dice.uniform() * LATENESS })).toSorted((a, b) => a.at - b.at);
};

describe('one world', () => {
  test('covers links, feeds and opportunities', () => {
    const types = new Set(happened.map(({ event }) => event.type));
    for (const type of ['link.visitor', 'link.lead', 'record.merged', 'lead.converted', 'contact.role_set', 'campaign.member_added', 'erp.daily', 'marketing.daily', 'opportunity.won', 'user.changed']) {
      expect(types, type).toContain(type);
    }
    const filled = new Set<string>();
    for (const [subject, vector] of plain) {
      const entity = kindOf(subject);
      DEFAULT_FEATURES.filter((feature) => feature.entity === entity).forEach(({ name }, at) => vector[at] !== null && filled.add(`${entity} ${name}`));
    }
    const ranked = DEFAULT_FEATURES.filter(({ entity }) => entity === 'lead' || entity === 'opportunity');
    const never = ranked.filter(({ entity, name }) => !filled.has(`${entity} ${name}`)).map(({ name }) => name);
    expect(filled.size, `never filled: ${never.join(', ')}`).toBeGreaterThan(0.9 * ranked.length);
  });

  test.each([1, 2])('shuffled within the lateness bound (%i) has the same vectors', async (seed) => {
    const state = folded(await logOf(shuffled(seed)));
    expect(state.counts().late).toBe(0);
    expect(differences(state)).toEqual([]);
  });

  test('delivered twice has the same vectors', async () => {
    const dice = random(3);
    const twice = shuffled(3).flatMap((arrival) => (dice.uniform() < 0.2 ? [arrival, { ...arrival, at: arrival.at + dice.uniform() * DAY }] : [arrival])).toSorted((a, b) => a.at - b.at);
    const state = folded(await logOf(twice));
    expect(state.counts().duplicates).toBe(twice.length - happened.length);
    expect(differences(state)).toEqual([]);
  });

  test('in one backfill has the same vectors', async () => {
    const known = new Map(happened.map(({ event, at }) => [event, at]));
    const backwards = happened.toReversed().map(({ event }) => ({ event, at: END }));
    const state = folded(await logOf(backwards, (event) => known.get(event)!));
    expect(state.counts().late).toBe(0);
    expect(differences(state)).toEqual([]);
  });

  test('split over restarts of the process that folds it has the same vectors', async () => {
    const log = await logOf(shuffled(4));
    const dice = random(5);
    let state = openLmdbState({ path: folder, features: DEFAULT_FEATURES });
    while (state.offset() < log.end()) {
      state.fold(log.read(Math.max(0, state.offset() - dice.below(50)), 1 + dice.below(log.end() / 4))); // goes back a little each time
      state.close();
      state = openLmdbState({ path: folder, features: DEFAULT_FEATURES });
    }
    expect(differences(state)).toEqual([]);
    state.close();
  });
});
