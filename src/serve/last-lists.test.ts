import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openLastLists } from './last-lists.ts';

let path: string;
beforeEach(() => void (path = join(mkdtempSync(join(tmpdir(), 'leadrank-lists-')), 'lists.mdb')));
afterEach(() => rmSync(join(path, '..'), { recursive: true, force: true }));

const ranked = fc.array(fc.tuple(fc.stringMatching(/^ld_[a-z0-9]{4}$/u), fc.double({ min: 0, max: 1, noNaN: true })), { maxLength: 30 });

test('the last lists are held at once and after a restart, bit for bit, each user its own', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer(), ranked, ranked, async (seed, one, other) => {
      const lists = openLastLists(path);
      lists.keepRanked('us_a', { seed: 1, ranked: other });
      lists.keepRanked('us_a', { seed, ranked: one });
      lists.keepRanked('us_b', { seed, ranked: other });
      const check = (held: typeof lists): void => {
        expect([held.ranked('us_a'), held.ranked('us_b'), held.ranked('us_c'), held.shown('us_a')]).toEqual([{ seed, ranked: one }, { seed, ranked: other }, null, null]);
      };
      check(lists);
      await lists.close();
      const again = openLastLists(path);
      check(again);
      await again.close();
    }),
    { numRuns: 20 },
  );
});

test('an erased subject stands in no list any more; lists without it stay', async () => {
  const lists = openLastLists(path);
  const shown = { old: null, recent: { time: 1, decisions: ['d_1'] } };
  lists.keepRanked('us_a', { seed: 1, ranked: [['ld_a', 1], ['ld_b', 1]] });
  lists.keepRanked('us_b', { seed: 1, ranked: [['ld_b', 1]] });
  lists.keepShown('us_a', shown);
  await lists.erase('ld_a');
  expect([lists.ranked('us_a'), lists.ranked('us_b'), lists.shown('us_a')]).toEqual([null, { seed: 1, ranked: [['ld_b', 1]] }, shown]);
  await lists.close();
});
