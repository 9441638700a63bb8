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

/** A list of these subjects, as its decisions. */
const listAt = (time: number, ...subjects: string[]): Decision[] =>
  subjects.map(
    (subject, at) =>
      ({ id: `d_${time}_${subject}`, subject, time, bundle: null, raw: null, facts: { created: 0, lastTouch: null, lastEvent: 0 }, vector: [], columns: 'c', placement: { position: at + 1, priority: { total: 1, chance: 1, value: 1, factors: [] } } }) as unknown as Decision,
  );

/** What is journalled is found again by whoever tells. */
const journal = new Map<string, Decision>();
const tell = (changes: Changes, time: number, ...subjects: string[]): unknown[] => {
  const decisions = listAt(time, ...subjects);
  for (const decision of decisions) journal.set(decision.id, decision);
  return [...changes.of('us_a', decisions, () => null)].map(([subject, { from }]) => [subject, from]);
};
const changesOf = (lists: LastLists): Changes => createChanges({ lists, find: (id) => journal.get(id) });

test('a list is compared with one of an hour ago or more, and goes on being so while it is refreshed', async () => {
  const lists = openLastLists(join(dir, 'lists.mdb'));
  const changes = changesOf(lists);
  expect(tell(changes, START, 'a', 'b', 'c')).toEqual([]);
  expect(tell(changes, START + 30 * MINUTE, 'b', 'a', 'c')).toEqual([]);
  expect(tell(changes, START + HOUR, 'b', 'a', 'c')).toEqual([['b', 2], ['a', 1]]);
  expect(tell(changes, START + HOUR + MINUTE, 'b', 'a', 'd')).toEqual([['b', 2], ['a', 1], ['d', null]]);
  expect(tell(changes, START + 2 * HOUR, 'b', 'a', 'd')).toEqual([['d', null]]);
  expect(tell(changes, START + 4 * HOUR, 'b', 'a', 'd')).toEqual([]);
  expect([...changes.of('us_b', listAt(START, 'a'), () => null)]).toEqual([]);
  expect([...changes.of('us_b', [], () => null)]).toEqual([]);
  await lists.close();
});

test('another process, and the same after a restart, tells the same; of what was erased it says that it is new', async () => {
  const path = join(dir, 'lists.mdb');
  const first = openLastLists(path);
  tell(changesOf(first), START, 'a', 'b', 'c');
  await first.close();
  const again = openLastLists(path);
  expect(tell(changesOf(again), START + HOUR, 'b', 'a', 'c')).toEqual([['b', 2], ['a', 1]]);
  expect(tell(changesOf(again), START + HOUR + MINUTE, 'b', 'a', 'c')).toEqual([['b', 2], ['a', 1]]);
  journal.delete(`d_${START}_b`);
  expect(tell(changesOf(again), START + HOUR + 2 * MINUTE, 'b', 'a', 'c')).toEqual([['b', null], ['a', 1]]);
  await again.close();
});
