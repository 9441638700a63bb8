import fc from 'fast-check';
import { expect, it } from 'vitest';
import { gatherColumns } from '../../log/index.ts';
import { toldOf } from './columns.fixture.ts';
import { joinEvents } from './join-events.ts';
import { worlds } from './testing.ts';

it('events that are joined say what each of them said, whatever fields the others have', () => {
  fc.assert(
    fc.property(worlds, fc.integer({ min: 1, max: 9 }), (events, size) => {
      const pieces = Array.from({ length: Math.ceil(events.length / size) }, (_, i) => events.slice(i * size, (i + 1) * size));
      const batches = pieces.map((piece) => gatherColumns(piece.map((event) => ({ event, repeat: false }))));
      const joined = joinEvents(batches);
      expect(toldOf(joined)).toEqual(batches.flatMap((batch) => toldOf(batch)));
      expect(new Set(joined.subjects.words).size).toBe(joined.subjects.words.length);
    }),
    { numRuns: 50 },
  );
});
