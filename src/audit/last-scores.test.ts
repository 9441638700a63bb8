import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { HOUR } from '../base/index.ts';
import type { LastScore } from '../rank/index.ts';
import { decisionFixture } from './decision.fixture.ts';
import { openLastScores } from './last-scores.ts';
import { decodeRow, encodeRow } from './score-row.ts';

let dir: string;
beforeEach(() => void (dir = mkdtempSync(join(tmpdir(), 'leadrank-last-'))));
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const nobody = { bySubject: () => [], saidAt: () => [] };
const last = (over: Partial<LastScore> = {}): LastScore => ({
  time: 1_000,
  score: 80,
  grade: 'A',
  probability: 0.4,
  bundle: 'b1',
  reasons: [],
  ...over,
});

test('a row is what was put in', () => {
  const score = fc.integer({ min: 0, max: 100 });
  const time = fc.integer({ min: 0, max: 4e12 });
  const row = fc.record({
    last: fc.record({
      time,
      score,
      grade: fc.constantFrom('A', 'B', 'C', 'D' as const),
      probability: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
      bundle: fc.stringMatching(/^[0-9a-f]{0,32}$/),
    }),
    trend: fc.array(fc.record({ time, score }), { maxLength: 24 }),
    recalled: fc.boolean(),
  });
  fc.assert(fc.property(row, (it) => void expect(decodeRow(encodeRow(it))).toEqual(it)));
});

test('the newest score is held, at once and after a restart; an older one changes nothing', async () => {
  const path = join(dir, 'last');
  const scores = openLastScores({ path, ledger: nobody });
  scores.put('ld_a', last());
  scores.put('ld_a', last({ time: 1_000 + 7 * HOUR, score: 60, grade: 'B', probability: null }));
  scores.put('ld_a', last({ time: 1_000 + HOUR, score: 1 }));
  const check = (held: typeof scores): void => {
    expect(held.get('ld_a')).toEqual(last({ time: 1_000 + 7 * HOUR, score: 60, grade: 'B', probability: null }));
    expect(held.trend('ld_a')).toEqual([
      { time: 1_000, score: 80 },
      { time: 1_000 + 7 * HOUR, score: 60 },
    ]);
    expect([held.get('ld_b'), held.trend('ld_b')]).toEqual([null, []]);
  };
  check(scores);
  await scores.close();
  await scores.close();
  const again = openLastScores({ path, ledger: nobody });
  check(again);
  await again.erase('ld_a');
  expect([again.get('ld_a'), again.trend('ld_a')]).toEqual([null, []]);
  await again.close();
});

test('the grade by rules is kept for itself: no last score, no trend; it goes with the record', async () => {
  const path = join(dir, 'ruled');
  const scores = openLastScores({ path, ledger: nobody });
  expect(scores.pointsGrade('ld_a')).toBeNull();
  scores.keepPointsGrade('ld_a', 'B');
  expect([scores.pointsGrade('ld_a'), scores.get('ld_a'), scores.trend('ld_a')]).toEqual(['B', null, []]);
  scores.put('ld_a', last());
  scores.keepPointsGrade('ld_a', 'C');
  await scores.close();
  const again = openLastScores({ path, ledger: nobody });
  expect([again.pointsGrade('ld_a'), again.get('ld_a')]).toEqual(['C', last()]);
  await again.erase('ld_a');
  expect([again.pointsGrade('ld_a'), again.get('ld_a')]).toEqual([null, null]);
  await again.close();
});

test('a score that still waits to be written does not come back after its erasure', async () => {
  const path = join(dir, 'erased');
  const scores = openLastScores({ path, ledger: nobody });
  for (let round = 0; round < 50; round++) {
    scores.put('ld_a', last({ time: 1_000 + round }));
    if (round % 3 === 0) await new Promise((done) => setImmediate(done));
    await scores.erase('ld_a');
    expect(scores.get('ld_a')).toBeNull();
  }
  await scores.close();
  const again = openLastScores({ path, ledger: nobody });
  expect(again.get('ld_a')).toBeNull();
  await again.close();
});

test('a trend that was lost is read from the journal, once, and reaches back as far as that', async () => {
  const told = Array.from({ length: 12 }, (_, day) => decisionFixture(day, { time: 1_000 + day * 24 * HOUR, level: day === 3 ? 'L3' : 'L0', score: day, bundle: 'b1' })).toReversed();
  let reads = 0;
  const scores = openLastScores({ path: join(dir, 'lost'), ledger: { ...nobody, bySubject: () => (reads++, told) } });
  scores.put('ld_a', last({ time: told[0]!.time, score: told[0]!.score }));
  expect(scores.trend('ld_a')).toHaveLength(1);
  const found = scores.recallTrend('ld_a');
  expect(found.map(({ score }) => score)).toEqual([0, 1, 2, 4, 5, 6, 7, 8, 9, 10, 11]);
  expect([scores.recallTrend('ld_a'), scores.trend('ld_a')]).toEqual([found, found]);
  expect(reads).toBe(1);
  expect(scores.recallTrend('ld_b')).toEqual([]);
  await scores.close();
});

test('a record younger than a week is looked up once, also after a restart', async () => {
  let reads = 0;
  const ledger = { ...nobody, bySubject: () => (reads++, [decisionFixture(1, { time: 1_000, level: 'L0', score: 80 })]) };
  const path = join(dir, 'young');
  const scores = openLastScores({ path, ledger });
  scores.put('ld_a', last());
  for (const _ of [1, 2]) expect(scores.recallTrend('ld_a')).toEqual([{ time: 1_000, score: 80 }]);
  scores.put('ld_a', last({ time: 1_000 + 9 * HOUR, score: 70 }));
  await scores.close();
  const again = openLastScores({ path, ledger });
  expect([again.recallTrend('ld_a').length, reads]).toEqual([2, 1]);
  await again.close();
});

test('the reasons of a last score come from the decision that said it', async () => {
  const said = decisionFixture(4, { time: 1_000, bundle: 'b1' });
  const all = [decisionFixture(5, { time: 1_000, bundle: 'b0', reasons: [] }), said];
  const ledger = { ...nobody, saidAt: (subject: string, time: number) => all.filter((one) => subject === said.subject && one.time === time) };
  const scores = openLastScores({ path: join(dir, 'last'), ledger });
  scores.put(said.subject, last());
  expect(scores.get(said.subject)?.reasons).toEqual([]);
  expect(scores.recall(said.subject, last())).toEqual(last({ reasons: said.reasons }));
  expect(scores.recall('ld_b', last())).toEqual(last());
  await scores.close();
});
