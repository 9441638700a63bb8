import { mkdtempSync, rmSync, statSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { decisionFixture as decision } from './decision.fixture.ts';
import type { Decision } from './decision.ts';
import { openJournal } from './journal.ts';
import { openLedger } from './ledger.ts';

let dir: string;
beforeEach(() => void (dir = mkdtempSync(join(tmpdir(), 'leadrank-ledger-'))));
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const write = async (decisions: readonly Decision[], server = 'a'): Promise<void> => {
  const journal = await openJournal({ dir, server });
  await journal.append(decisions);
  await journal.close();
};
const file = (): string => join(dir, 'a-00000001.journal');
const subject = decision(0).subject;
const ids = (decisions: readonly Decision[]): string[] => decisions.map(({ id }) => id);

/** How many bodies `work` parses. */
function parsedBy(work: () => unknown): number {
  const parse = vi.spyOn(JSON, 'parse');
  try {
    work();
    return parse.mock.calls.length;
  } finally {
    parse.mockRestore();
  }
}

test('the newest of a subject come first whichever server wrote them, and of a moment no more are read than were made then', async () => {
  await write(Array.from({ length: 60 }, (_, n) => decision(3 * n, { time: 1_000 + 2 * n })));
  await write(Array.from({ length: 60 }, (_, n) => decision(3 * n + 300, { time: 1_001 + 2 * n })), 'b');
  const ledger = openLedger(dir);
  const told = ledger.bySubject(subject);
  expect(told.map(({ time }) => time)).toEqual(Array.from({ length: 120 }, (_, n) => 1_119 - n));
  expect(ids(ledger.saidAt(subject, 1_004))).toEqual([decision(6).id]);
  expect(parsedBy(() => ledger.saidAt(subject, 1_004))).toBe(1);
  expect([ledger.saidAt(subject, 5), ledger.saidAt('ld_none', 1_004)]).toEqual([[], []]);
  ledger.close();
});

test('what was written at the place of a write that was taken back is found, and that one is not any more', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(400), fc.nat(400), fc.nat(2), async (undone, instead, more) => {
      rmSync(dir, { recursive: true, force: true });
      await write([decision(1), decision(2)]);
      const { size } = statSync(file());
      const sized = (n: number, bytes: number): Decision => decision(n, { levelReason: 'x'.repeat(bytes) });
      await write([sized(3, undone)]);
      const ledger = openLedger(dir);
      expect(ids(ledger.bySubject(subject))).toEqual([decision(3).id]);
      truncateSync(file(), size);
      const after = [sized(4, instead), ...Array.from({ length: more }, (_, n) => decision(5 + n))];
      await write(after);
      for (const each of [decision(1), decision(2), ...after]) expect(ledger.find(each.id)?.decision).toEqual(each);
      expect(ledger.find(decision(3).id)).toBeUndefined();
      for (const whose of [0, 1, 2].map((n) => decision(n).subject)) {
        expect(ledger.placesOf(whose).map(({ id }) => id)).toEqual(ids([decision(1), decision(2), ...after].filter((one) => one.subject === whose)));
      }
      ledger.close();
    }),
    { numRuns: 30, examples: [[0, 300, 0], [300, 0, 0], [50, 50, 0], [0, 0, 2]] },
  );
});
