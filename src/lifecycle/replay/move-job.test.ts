import fc from 'fast-check';
import { expect, it } from 'vitest';
import { BUCKETS } from '../../log/index.ts';
import { toldOf } from './columns.fixture.ts';
import { identityOf } from './identity.ts';
import { moveOut, placeIn, splitUp } from './move-job.ts';
import { openSource } from './open-source.ts';
import { eventsAt, removePile } from './scatter-events.ts';
import { memoryScratch, type Scratch } from './scratch.ts';
import { shareOf } from './share.ts';
import { batchesOf, type ReplaySource } from './source.ts';
import { logOf, rootsIn, worlds } from './testing.ts';

const MOST = 3;
const selection = { fields: new Set<string>(), origin: 'without' } as const;
const inOrder = (rows: readonly object[]): unknown[] => (rows as { offsets: number }[]).toSorted((a, b) => a.offsets - b.offsets);

/** One of which is known what lies there. */
function watched(scratch: Scratch) {
  const names = new Set<string>();
  const write: Scratch['write'] = (name, pieces) => {
    scratch.write(name, pieces);
    names.add(name);
  };
  const remove: Scratch['remove'] = (name) => {
    scratch.remove(name);
    names.delete(name);
  };
  return { scratch: { ...scratch, write, remove }, names };
}

const rowsIn = (source: ReplaySource, bucket: number): object[] => [...batchesOf(source, bucket, selection)].flatMap((batch) => toldOf(batch));
const subjectOf = (row: object): string => (row as { subject: string }).subject;

it('what leaves a bucket, and what stays, is laid down a few events at a time, and comes to the share of the bucket where it is dealt with', async () => {
  let moved = 0;
  await fc.assert(
    fc.asyncProperty(worlds, fc.constantFrom(1, 3), async (events, of) => {
      const source = await openSource(await logOf(events));
      const { scratch, names } = watched(memoryScratch());
      const buckets = Array.from({ length: BUCKETS }, (_, bucket) => bucket);
      const { roots } = rootsIn(source);
      const cast = { source, senders: of * BUCKETS };
      const gone: object[] = [];
      const piles = buckets.map((bucket) => {
        const pile = moveOut({ bucket }, cast, { roots, selection, scratch, most: MOST });
        const rows = rowsIn(source, bucket).filter((row) => roots.homeOf(subjectOf(row)) !== bucket);
        expect(pile.pieces).toBe(Math.ceil(rows.length / MOST));
        gone.push(...rows);
        return pile;
      });

      const came: object[] = [];
      for (let bucket = 0; bucket < BUCKETS; bucket++) {
        const split = splitUp({ bucket }, cast, { roots, selection, scratch, most: MOST });
        const stayed: object[] = [];
        for (let nth = 0; nth < of; nth++) {
          for (const pile of piles) {
            for (const batch of eventsAt(scratch, pile, placeIn(bucket, nth, of))) {
              expect(batch.count).toBeLessThanOrEqual(MOST);
              for (const subject of batch.subjects.words) expect([roots.homeOf(subject), shareOf(roots.of(subject), of), roots.of(subject) === identityOf(subject)]).toEqual([bucket, nth, false]);
              came.push(...toldOf(batch));
            }
          }
          for (const batch of eventsAt(scratch, split, nth)) {
            for (const subject of batch.subjects.words) expect(shareOf(roots.of(subject), of)).toBe(nth);
            stayed.push(...toldOf(batch));
          }
        }
        expect(inOrder(stayed)).toEqual(inOrder(rowsIn(source, bucket).filter((row) => roots.homeOf(subjectOf(row)) === bucket)));
        removePile(scratch, split);
      }
      expect(inOrder(came)).toEqual(inOrder(gone));
      for (const pile of piles) removePile(scratch, pile);
      expect(names).toEqual(new Set());
      moved += came.length;
    }),
    { numRuns: 30 },
  );
  expect(moved).toBeGreaterThan(100);
});
