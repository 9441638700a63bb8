import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { memoryLog } from '../log/index.ts';
import { decisionFixture } from './decision.fixture.ts';
import { openJournal } from './journal.ts';
import { openLedger } from './ledger.ts';
import { anchorEvent, marksIn } from './marks.ts';
import { retireSegments, tellBeginnings } from './retire.ts';
import { verifyJournals } from './verify.ts';

let dir: string;
beforeEach(() => void (dir = mkdtempSync(join(tmpdir(), 'leadrank-retire-'))));
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const clock = (): number => 0;
const decision = (n: number) => decisionFixture(n, { time: 1_000 + n });

/** Writes decisions, one a ms and some to a segment, and tells the log how far the journal is. */
async function written(log: ReturnType<typeof memoryLog>, from: number, count: number, server: string): Promise<void> {
  const journal = await openJournal({ dir, server, segmentBytes: 2_000 });
  for (let n = from; n < from + count; n++) {
    await journal.append([decision(n)]);
    await log.append([anchorEvent(journal.head()!, n)]);
  }
  await journal.close();
}

describe('old decisions', () => {
  it('go by whole segments, nothing younger with them; what is left verifies and goes on, whatever was erased', async () => {
    await fc.assert(fc.asyncProperty(fc.integer({ min: 990, max: 1_060 }), fc.nat(2), fc.nat(30), async (before, erased, more) => {
      for (const file of readdirSync(dir)) rmSync(join(dir, file));
      const log = memoryLog({ clock });
      for (const server of ['a', 'b']) await written(log, server === 'a' ? 0 : 20, 20, server);
      const ledger = openLedger(dir);
      expect(ledger.find(decision(0).id)).toBeDefined();
      ledger.blank(ledger.placesOf(decision(erased).subject));
      const all = readdirSync(dir);
      const removed = await retireSegments({ dir, before, log, clock });

      const left = readdirSync(dir);
      expect(all.length - left.length).toBe(removed);
      for (let n = 0; n < 40; n++) {
        const found = ledger.find(decision(n).id)?.decision;
        if (found !== undefined) expect(found).toEqual(decision(n));
        else expect(1_000 + n < before || n % 3 === erased).toBe(true);
      }
      expect(left.filter((file) => file.startsWith('a-')).length).toBeGreaterThan(0);
      const gone = ledger.placesOf(decision((erased + 1) % 3).subject);
      expect(gone.every(({ segment }) => existsSync(join(dir, segment)))).toBe(true);
      ledger.blank([{ segment: 'a-00000001.journal', at: 128 }].filter(() => removed > 0)); // a receipt may name what went since
      expect(await retireSegments({ dir, before, log, clock })).toBe(0);

      await written(log, 40, more % 4, 'a');
      const marks = await marksIn(log);
      expect(verifyJournals(dir, { marks })).toMatchObject({ ok: true, firstBad: null });
      if (removed > 0) expect(verifyJournals(dir).firstBad?.flaw).toMatch(/^segment 1 is missing before it$/u); // without the word of the log
      ledger.close();
    }), { numRuns: 12 });
  });

  it('that were being removed when the process was killed are no flaw, and go the next time', async () => {
    const log = memoryLog({ clock });
    await written(log, 0, 20, 'a');
    const whole = new Map(readdirSync(dir).map((file) => [file, readFileSync(join(dir, file))]));
    const removed = await retireSegments({ dir, before: 1_015, log, clock });
    expect(removed).toBeGreaterThan(2);
    for (const file of [...whole.keys()].slice(1, removed)) writeFileSync(join(dir, file), whole.get(file)!);
    expect(verifyJournals(dir, { marks: await marksIn(log) }).ok).toBe(true);
    expect(await retireSegments({ dir, before: 1_015, log, clock })).toBe(removed - 1);
    expect(verifyJournals(dir, { marks: await marksIn(log) }).ok).toBe(true);
  });

  it('that went between the copies of log and journal in a backup are told to the log that is restored, once', async () => {
    const log = memoryLog({ clock });
    await written(log, 0, 20, 'a');
    const copied = memoryLog({ clock });
    await copied.append([...log.read(0)]);
    await retireSegments({ dir, before: 1_008, log, clock });
    expect(verifyJournals(dir, { marks: await marksIn(copied) }).ok).toBe(false);
    for (let time = 0; time < 2; time++) await tellBeginnings({ dir, log: copied, clock });
    expect(verifyJournals(dir, { marks: await marksIn(copied) }).ok).toBe(true);
    expect(copied.end()).toBe(log.end());
    await tellBeginnings({ dir, log, clock }); // it knows
    expect(copied.end()).toBe(log.end());
  });

  it('that are all there need no search of the log', async () => {
    const log = memoryLog({ clock });
    await written(log, 0, 20, 'a');
    const read = vi.spyOn(log, 'read');
    await tellBeginnings({ dir, log, clock });
    expect(read).not.toHaveBeenCalled();
  });

  it('taken away by hand are missed, those after the ones that went by age too', async () => {
    const log = memoryLog({ clock });
    await written(log, 0, 20, 'a');
    await retireSegments({ dir, before: 1_008, log, clock });
    rmSync(join(dir, readdirSync(dir)[0]!));
    expect(verifyJournals(dir, { marks: await marksIn(log) }).firstBad?.flaw).toMatch(/^segment \d+ is missing before it$/u);
  });
});
