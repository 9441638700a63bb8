import { describe, expect, test } from 'vitest';
import { DAY, HOUR } from '../base/index.ts';
import type { SubjectId } from '../events/index.ts';
import type { Grade, LastScores } from '../rank/index.ts';
import { decideFixture, foldedFixture, NO_SCORES } from './decide.fixture.ts';

const START = Date.UTC(2026, 2, 2, 9);
const [owner, manager] = ['us_rep', 'us_manager'] as SubjectId[];

describe('a list that another than its user reads', () => {
  const some = (from: number, to: number) =>
    Array.from({ length: to - from }, (_, n) => ({ type: 'lead.created', subject: `ld_${from + n}`, time: START - (from + n + 1) * DAY, data: { owner } }));

  test('is neither what the next one is steady by nor what changes are told against', async () => {
    let now = START;
    const { decide, lastLists } = decideFixture({ clock: () => now, state: foldedFixture(some(0, 6)) });
    await decide.list(owner!, 5);
    const [ranked, shown] = [lastLists.ranked(owner!), lastLists.shown(owner!)];
    expect([ranked!.ranked.length, shown!.recent.time]).toEqual([6, START]);
    now += 2 * HOUR;
    await decide.list(owner!, 3, manager);
    expect([lastLists.ranked(owner!), lastLists.shown(owner!), lastLists.shown(manager!)]).toEqual([ranked, shown, null]);
    await decide.list(owner!, 5, owner);
    expect(lastLists.shown(owner!)).toMatchObject({ old: shown!.recent, recent: { time: now } });
  });
});

test('a grade by rules is kept with the answer that gave it, and the next one holds to it', async () => {
  const state = foldedFixture([{ type: 'lead.created', subject: 'ld_a', time: START - DAY, data: { owner } }, { type: 'web.visited', subject: 'ld_a', time: START - HOUR, data: { page: 'pricing' } }]);
  const record = state.record('ld_a' as SubjectId)!;
  const kept = new Map<string, Grade>();
  const scores: LastScores = { ...NO_SCORES, pointsGrade: (one) => kept.get(one) ?? null, keepPointsGrade: (one, grade) => void kept.set(one, grade) };
  const decided = async (B: number, lastScores = scores) =>
    (await decideFixture({ clock: () => START, state, lastScores, policy: { grades: { A: 99, B, C: 1, margin: 3 } } }).decide.records(owner!, [record]))[0]!;
  const { score } = await decided(50, NO_SCORES);
  expect([(await decided(score)).grade, kept.get('ld_a')]).toEqual(['B', 'B']);
  expect(await decided(score + 2)).toMatchObject({ grade: 'B', pointsGrade: 'B' });
  expect((await decided(score + 2, NO_SCORES)).grade).toBe('C');
  expect([(await decided(score + 4)).grade, kept.get('ld_a')]).toEqual(['C', 'C']);
});
