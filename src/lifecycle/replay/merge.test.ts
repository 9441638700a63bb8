import fc from 'fast-check';
import { expect, it } from 'vitest';
import { mergeRuns, timedRoom } from './merge.ts';

it('sorts a stretch of rows by time, then offset; equal ones keep their order, and the others their place', () => {
  const row = fc.record({ time: fc.nat(9), offset: fc.nat(3) });
  const ordered = fc.array(row, { maxLength: 12 }).map((rows) => rows.toSorted((a, b) => a.time - b.time || a.offset - b.offset));
  const runs = fc.array(fc.oneof(ordered, fc.array(row, { maxLength: 4 })), { maxLength: 9 }).map((lists) => lists.flat());
  fc.assert(
    fc.property(runs, fc.nat(99), fc.nat(99), (rows, a, b) => {
      const list = timedRoom(rows.length);
      for (const [at, { time, offset }] of rows.entries()) {
        list.times[at] = time;
        list.offsets[at] = offset;
        list.senders[at] = at % 3;
        list.places[at] = at;
      }
      const [from, to] = [Math.min(a, b, rows.length), Math.min(Math.max(a, b), rows.length)];
      mergeRuns(list, timedRoom(rows.length), from, to);
      const all = [...rows.keys()];
      const sorted = all.slice(from, to).toSorted((i, j) => rows[i]!.time - rows[j]!.time || rows[i]!.offset - rows[j]!.offset || i - j);
      const wanted = [...all.slice(0, from), ...sorted, ...all.slice(to)];
      expect([...list.places]).toEqual(wanted);
      expect([...list.senders]).toEqual(wanted.map((i) => i % 3));
      expect(Array.from(list.times, (time, i) => [time, list.offsets[i]])).toEqual(wanted.map((i) => [rows[i]!.time, rows[i]!.offset]));
    }),
    { numRuns: 300 },
  );
});
