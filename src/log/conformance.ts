import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { newSubject } from '../events/index.ts';
import { impression } from './impression.fixture.ts';
import type { Log } from './log.ts';

/** What every log must do, whatever it is made of. `open` makes an empty one with this clock. */
export function conformance(name: string, open: (clock: () => number) => Log): void {
  describe(`${name} is a log`, () => {
    let now = 1_000;
    const opened: Log[] = [];
    const start = (): Log => {
      now = 1_000;
      const log = open(() => now);
      opened.push(log);
      return log;
    };
    afterEach(async () => {
      for (const log of opened.splice(0)) await log.close();
    });
    const subject = newSubject('lead');
    const ids = (log: Log, offset = 0, limit?: number): string[] =>
      [...log.read(offset, limit)].map((event) => event.id);

    it('that starts empty', () => {
      const log = start();
      expect([log.end(), log.epoch(), ids(log)]).toEqual([0, 0, []]);
    });

    it('that gives back what was appended, in order, from any offset', async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.nat(7), { maxLength: 6 }),
          fc.nat(12),
          fc.nat(12),
          async (sizes, offset, limit) => {
            const log = start();
            const events = Array.from({ length: sizes.reduce((sum, size) => sum + size, 0) }, (_, n) =>
              impression(subject, n),
            );
            let at = 0;
            const appended = await Promise.all(sizes.map((size) => log.append(events.slice(at, (at += size)))));
            expect(appended.flat()).toEqual(events.map((_, n) => n));
            expect(log.end()).toBe(events.length);
            const expected = events.slice(offset, offset + limit).map((event) => event.id);
            expect(ids(log, offset, limit)).toEqual(expected);
            expect([...log.read(0)]).toMatchObject(events);
          },
        ),
        { numRuns: 20 },
      );
    });

    it('that keeps the order of one sender though nothing is awaited', async () => {
      const log = start();
      const offsets = await Promise.all(Array.from({ length: 300 }, (_, n) => log.append([impression(subject, n)])));
      expect(offsets.flat()).toEqual(Array.from({ length: 300 }, (_, n) => n));
      expect(ids(log)).toEqual(Array.from({ length: 300 }, (_, n) => `e_${n}`));
    });

    it('that stamps the time of the append, and when it was known', async () => {
      const log = start();
      now = 5_000;
      await log.append([impression(subject, 1, 4_000)]);
      now = 6_000;
      await log.append([impression(subject, 2, 3_000)], { knownAt: (event) => event.time + 500 });
      const stamps = [...log.read(0)].map(({ time, received, knownAt }) => [time, received, knownAt]);
      expect(stamps).toEqual([
        [4_000, 5_000, 5_000],
        [3_000, 6_000, 3_500],
      ]);
    });

    it('that does not drop duplicates: the fold does', async () => {
      const log = start();
      const event = impression(subject, 1);
      await log.append([event, event]);
      await log.append([event]);
      expect(ids(log)).toEqual(['e_1', 'e_1', 'e_1']);
    });

    it('whose read ends where the log ended when it was called, and lets appends in between', async () => {
      const log = start();
      await log.append([impression(subject, 0), impression(subject, 1)]);
      const reading = log.read(0)[Symbol.iterator]();
      expect(reading.next().value?.id).toBe('e_0');
      await log.append([impression(subject, 2)]);
      expect(reading.next().value?.id).toBe('e_1');
      expect(reading.next().done).toBe(true);
      expect(ids(log, 2)).toEqual(['e_2']);
    });

    it('that wakes who waits: on an append, on an abort, on close', async () => {
      const log = start();
      const appended = log.wait(0);
      await log.append([impression(subject, 0)]);
      await appended;
      await log.wait(0);
      const abort = new AbortController();
      const aborted = log.wait(1, abort.signal);
      const left = log.wait(1);
      abort.abort();
      await aborted;
      await log.wait(1, abort.signal);
      let woken = false;
      void left.then(() => (woken = true));
      await new Promise(setImmediate);
      expect(woken).toBe(false);
      await log.close();
      await left;
    });

    it('that erases a subject for good and keeps the offsets of the others', async () => {
      const log = start();
      const other = newSubject('lead');
      await log.append(Array.from({ length: 2_500 }, (_, n) => impression(n % 3 === 0 ? subject : other, n)));
      expect(await log.erase(subject)).toBe(834);
      expect(await log.erase(subject)).toBe(0);
      expect([log.end(), log.epoch()]).toEqual([2_500, 1]);
      const kept = [...log.read(0)];
      expect(kept.map((event) => event.offset)).toEqual(
        Array.from({ length: 2_500 }, (_, n) => n).filter((n) => n % 3 !== 0),
      );
      expect(kept.every((event) => event.id === `e_${event.offset}`)).toBe(true);
      expect(await log.append([impression(other, 2_500)])).toEqual([2_500]);
    });

    it('that does not give the offset of an erased last event again', async () => {
      const log = start();
      await log.append([impression(subject, 0)]);
      await log.erase(subject);
      expect(await log.append([impression(newSubject('lead'), 1)])).toEqual([1]);
      expect(ids(log)).toEqual(['e_1']);
    });

    it('that loses nothing appended and stays readable while it erases', async () => {
      const log = start();
      const other = newSubject('lead');
      await log.append([impression(subject, 0), impression(other, 1)]);
      const erasing = [log.erase(subject), log.erase(other)];
      const appending = Promise.all(
        Array.from({ length: 50 }, async (_, n) => {
          for (let turn = 0; turn < n; turn++) {
            await new Promise(setImmediate);
            expect(ids(log).length).toBeLessThanOrEqual(log.end());
          }
          return log.append([impression(newSubject('lead'), 2 + n)]);
        }),
      );
      expect(await Promise.all(erasing)).toEqual([1, 1]);
      expect((await appending).flat().toSorted((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, n) => 2 + n));
      expect(ids(log)).toHaveLength(50);
    });

    it('that can be closed twice and then refuses', async () => {
      const log = start();
      await log.append([impression(subject, 0)]);
      await log.close();
      await log.close();
      expect(() => log.read(0)).toThrow('is closed');
      await expect(log.append([impression(subject, 1)])).rejects.toMatchObject({ kind: 'unavailable' });
      await expect(log.erase(subject)).rejects.toMatchObject({ kind: 'unavailable' });
    });
  });
}
