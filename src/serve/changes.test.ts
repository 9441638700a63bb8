import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { HOUR, MINUTE } from '../base/index.ts';
import type { Decision } from '../audit/index.ts';
import { createChanges, type Changes } from './changes.ts';
import { openLastLists, type LastLists } from './last-lists.ts';

const START = Date.UTC(2026, 2, 2, 9);

let dir: string;
beforeEach(() => void (dir = mkdtempSync(join(tmpdir(), 'leadrank-changes-'))));
afterEach(() => rmSync(dir, { recursive: true, force: true }));

/** A list of these subjects of at most `limit`, as its decisions. */
const listAt = (time: number, subjects: readonly string[], limit = 25): Decision[] =>
  subjects.slice(0, limit).map(
    (subject, at) =>
      ({ id: `d_${time}_${limit}_${subject}`, subject, time, bundle: null, raw: null, facts: { created: 0, lastTouch: null, lastEvent: 0 }, vector: [], columns: 'c', placement: { position: at + 1, limit, priority: { total: 1, chance: 1, value: 1, factors: [] } } }) as unknown as Decision,
  );

/** What is journalled is found again by whoever tells. */
const journal = new Map<string, Decision>();
const look = (changes: Changes, time: number, subjects: readonly string[], limit?: number): unknown[] => {
  const decisions = listAt(time, subjects, limit);
  for (const decision of decisions) journal.set(decision.id, decision);
  return [...changes.of('us_a', decisions, () => null)].map(([subject, { from }]) => [subject, from]);
};
/** The user looks at the list. */
const tell = (changes: Changes, time: number, subjects: readonly string[], limit?: number): unknown[] => {
  const told = look(changes, time, subjects, limit);
  changes.keep('us_a', listAt(time, subjects, limit));
  return told;
};
const changesOf = (lists: LastLists): Changes => createChanges({ lists, find: (id) => journal.get(id) });

test('a list is compared with one of an hour ago or more, and goes on being so while it is refreshed', async () => {
  const lists = openLastLists(join(dir, 'lists.mdb'));
  const changes = changesOf(lists);
  expect(tell(changes, START, ['a', 'b', 'c'])).toEqual([]);
  expect(tell(changes, START + 30 * MINUTE, ['b', 'a', 'c'])).toEqual([]);
  expect(tell(changes, START + HOUR, ['b', 'a', 'c'])).toEqual([['b', 2], ['a', 1]]);
  expect(tell(changes, START + HOUR + MINUTE, ['b', 'a', 'd'])).toEqual([['b', 2], ['a', 1], ['d', null]]);
  expect(tell(changes, START + 2 * HOUR, ['b', 'a', 'd'])).toEqual([['d', null]]);
  expect(tell(changes, START + 4 * HOUR, ['b', 'a', 'd'])).toEqual([]);
  expect([...changes.of('us_b', listAt(START, ['a']), () => null)]).toEqual([]);
  expect([...changes.of('us_b', [], () => null)]).toEqual([]);
  await lists.close();
});

test('another process, and the same after a restart, tells the same; of what was erased it says that it is new', async () => {
  const path = join(dir, 'lists.mdb');
  const first = openLastLists(path);
  tell(changesOf(first), START, ['a', 'b', 'c']);
  await first.close();
  const again = openLastLists(path);
  expect(tell(changesOf(again), START + HOUR, ['b', 'a', 'c'])).toEqual([['b', 2], ['a', 1]]);
  expect(tell(changesOf(again), START + HOUR + MINUTE, ['b', 'a', 'c'])).toEqual([['b', 2], ['a', 1]]);
  journal.delete(`d_${START}_25_b`);
  expect(tell(changesOf(again), START + HOUR + 2 * MINUTE, ['b', 'a', 'c'])).toEqual([['b', null], ['a', 1]]);
  await again.close();
});

const named = (from: number, to: number): string[] => Array.from({ length: to - from + 1 }, (_, at) => `s${String(from + at).padStart(3, '0')}`);

test('nothing is new on a list because a longer one is asked for; what the shorter one had is told', async () => {
  const lists = openLastLists(join(dir, 'lists.mdb'));
  const changes = changesOf(lists);
  const all = named(1, 60);
  tell(changes, START, all, 10);
  expect(look(changes, START + HOUR, all, 25)).toEqual([]);
  expect(look(changes, START + HOUR, ['s002', 's001', 's030', ...named(3, 29)], 25).slice(0, 3)).toEqual([['s002', 2], ['s001', 1], ['s003', 3]]);
  expect(look(changes, START + HOUR, ['s030', ...named(1, 29)], 10)[0]).toEqual(['s030', null]);
  expect(look(changes, START + HOUR, ['s030', ...named(1, 29)], 5)[0]).toEqual(['s030', null]);
  await lists.close();
});

test('of a list that was not full everything that was on no place is new, however many are asked for', async () => {
  const lists = openLastLists(join(dir, 'lists.mdb'));
  const changes = changesOf(lists);
  tell(changes, START, named(1, 3), 10);
  expect(look(changes, START + HOUR, named(1, 4), 25)).toEqual([['s004', null]]);
  await lists.close();
});

test('what stood beyond the places that are remembered is not new when it comes up among them', async () => {
  const lists = openLastLists(join(dir, 'lists.mdb'));
  const changes = changesOf(lists);
  tell(changes, START, named(1, 60), 100);
  expect(look(changes, START + HOUR, [...named(1, 48), 's051', 's049', 's050'], 100)).toEqual([['s049', 49]]);
  await lists.close();
});

test('what another looks at is no list that the user saw', async () => {
  const lists = openLastLists(join(dir, 'lists.mdb'));
  const changes = changesOf(lists);
  tell(changes, START, ['a', 'b'], 25);
  look(changes, START + HOUR, ['b', 'a'], 25);
  expect(tell(changes, START + 3 * HOUR, ['b', 'a'], 25)).toEqual([['b', 2], ['a', 1]]);
  await lists.close();
});
