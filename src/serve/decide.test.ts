import { describe, expect, test } from 'vitest';
import { DAY, HOUR } from '../base/index.ts';
import type { SubjectId } from '../events/index.ts';
import { decideFixture, foldedFixture } from './decide.fixture.ts';

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
