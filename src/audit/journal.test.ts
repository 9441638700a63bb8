import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { decisionFixture as decision } from './decision.fixture.ts';
import { openJournal } from './journal.ts';
import { openLedger, type Ledger } from './ledger.ts';
import { SEGMENT_HEADER } from './segment.ts';
import { verifyJournals } from './verify.ts';

let dir: string;
beforeEach(() => void (dir = mkdtempSync(join(tmpdir(), 'leadrank-journal-'))));
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const many = (from: number, count: number) => Array.from({ length: count }, (_, n) => decision(from + n));
const segments = (): string[] =>
  readdirSync(dir)
    .filter((file) => file.endsWith('.journal'))
    .toSorted();
async function write(count: number, { from = 0, server = 'a', segmentBytes = 1 << 20 } = {}): Promise<void> {
  const journal = await openJournal({ dir, server, segmentBytes });
  for (const it of many(from, count)) await journal.append([it]);
  await journal.close();
}
function look<T>(work: (ledger: Ledger) => T): T {
  const ledger = openLedger(dir);
  try {
    return work(ledger);
  } finally {
    ledger.close();
  }
}

describe('a journal', () => {
  test('gives every decision back, by id and by subject, newest first', async () => {
    await write(10);
    look((ledger) => {
      for (const it of many(0, 10)) expect(ledger.find(it.id)?.decision).toEqual(it);
      expect(ledger.bySubject(decision(1).subject).map(({ offset }) => offset)).toEqual([7, 4, 1]);
      expect(ledger.find('d_none')).toBeUndefined();
    });
  });

  test('is read while it grows, whoever writes it', async () => {
    const [a, b] = [await openJournal({ dir, server: 'a' }), await openJournal({ dir, server: 'b' })];
    const ledger = openLedger(dir);
    await a.append([decision(1)]);
    expect(ledger.find(decision(1).id)?.decision.offset).toBe(1);
    await b.append([decision(2)]);
    expect(ledger.find(decision(2).id)?.decision.offset).toBe(2);
    expect(verifyJournals(dir)).toMatchObject({ ok: true, records: 2, segments: 2 });
    ledger.close();
    await Promise.all([a.close(), b.close()]);
  });

  test('takes what is appended at once in order, and all of it', async () => {
    const journal = await openJournal({ dir, server: 'a', segmentBytes: 4_000 });
    await Promise.all(many(0, 60).map((it) => journal.append([it])));
    await journal.close();
    await journal.close();
    await expect(journal.append([decision(99)])).rejects.toThrow(/journal is closed/);
    expect(verifyJournals(dir)).toMatchObject({ ok: true, records: 60 });
    expect(look((ledger) => ledger.bySubject(decision(0).subject)).length).toBe(20);
  });

  test('goes on over segments and restarts in one chain', async () => {
    await write(7, { segmentBytes: 2_000 });
    await write(7, { from: 7, segmentBytes: 2_000 });
    expect(segments().length).toBeGreaterThan(3);
    expect(verifyJournals(dir)).toEqual({
      ok: true,
      records: 14,
      erased: 0,
      segments: segments().length,
      firstBad: null,
    });
  });

  test('does not miss a segment that is taken away', async () => {
    await write(14, { segmentBytes: 2_000 });
    rmSync(join(dir, segments()[1]!));
    expect(verifyJournals(dir)).toMatchObject({
      ok: false,
      firstBad: { record: 0, flaw: expect.stringContaining('segment 2 is missing') },
    });
  });

  test('refuses a server name that would name another file', async () => {
    await expect(openJournal({ dir, server: '../x' })).rejects.toThrow(/"..\/x": a server name is/);
  });
});

describe('after a crash', () => {
  test('whatever a torn write left, every whole record stays and the chain goes on', async () => {
    await write(5);
    const [file] = segments();
    const whole = readFileSync(join(dir, file!));
    const lastAt = look((ledger) => ledger.find(decision(4).id)!.at);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: SEGMENT_HEADER, max: whole.length }), async (length) => {
        rmSync(dir, { recursive: true, force: true });
        const journal0 = await openJournal({ dir, server: 'a' });
        await journal0.close();
        writeFileSync(join(dir, file!), whole.subarray(0, length));
        const kept = length < whole.length ? verifyJournals(dir).records : 5;
        if (length >= lastAt) expect(kept).toBeGreaterThanOrEqual(4);
        const journal = await openJournal({ dir, server: 'a' });
        await journal.append([decision(77)]);
        await journal.close();
        expect(verifyJournals(dir)).toMatchObject({ ok: true, records: kept + 1 });
        expect(segments()).toEqual([file]);
        expect(look((ledger) => ledger.find(decision(77).id)?.decision.offset)).toBe(77);
      }),
      { numRuns: 40 },
    );
  });

  test('reserved space that was never filled is cut off', async () => {
    await write(3);
    appendFileSync(join(dir, segments()[0]!), new Uint8Array(5_000));
    await write(1, { from: 3 });
    expect(verifyJournals(dir)).toMatchObject({ ok: true, records: 4, segments: 1 });
  });

  test('a segment whose header was never written whole is begun again', async () => {
    await write(3);
    await write(0, { server: 'b' });
    truncateSync(join(dir, segments()[1]!), 40);
    await write(1, { from: 3, server: 'b' });
    expect(verifyJournals(dir)).toMatchObject({ ok: true, records: 4 });
  });
});

describe('a changed bit', () => {
  test('anywhere is found, and opening the journal never cuts away what follows it', async () => {
    await write(6);
    const path = join(dir, segments()[0]!);
    const whole = readFileSync(path);
    const starts = look((ledger) => many(0, 6).map(({ id }) => ledger.find(id)!.at));
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: whole.length * 8 - 1 }), async (bit) => {
        const bytes = Buffer.from(whole);
        bytes[bit >> 3]! ^= 1 << (bit & 7);
        writeFileSync(path, bytes);
        const at = bit >> 3;
        const record = starts.filter((start) => start <= at).length;
        const erasedBit = at - (starts[record - 1] ?? -9) === 3 && (bit & 7) === 7; // says erased, is not blank
        const { ok, firstBad } = verifyJournals(dir);
        expect(ok).toBe(false);
        expect(firstBad).toMatchObject({ segment: segments()[0], record });
        if (erasedBit) expect(firstBad?.flaw).toMatch(/not blank/);
        const journal = await openJournal({ dir, server: 'a' });
        await journal.close();
        expect(readFileSync(path).equals(bytes)).toBe(true);
        for (const later of segments().slice(1)) rmSync(join(dir, later));
      }),
      { numRuns: 150 },
    );
  });
});

describe('a blank record', () => {
  test('leaves the chain whole, holds nothing, and blanking twice is no error', async () => {
    await write(9, { segmentBytes: 3_000 });
    const places = look((ledger) => {
      const found = ledger.placesOf(decision(0).subject);
      ledger.blank(found);
      ledger.blank(found);
      expect(ledger.find(decision(3).id)).toBeUndefined();
      expect(ledger.bySubject(decision(0).subject)).toEqual([]);
      expect(ledger.placesOf(decision(0).subject)).toEqual([]);
      expect(ledger.find(decision(4).id)?.decision).toEqual(decision(4));
      return found;
    });
    expect(places.map(({ id }) => id)).toEqual([0, 3, 6].map((n) => decision(n).id));
    expect(verifyJournals(dir)).toMatchObject({ ok: true, records: 9, erased: 3 });
    const text = segments()
      .map((file) => readFileSync(join(dir, file), 'latin1'))
      .join('');
    for (const n of [0, 3, 6]) expect(text).not.toContain(`tinsmith number ${n}`);
    expect(text).toContain('tinsmith number 4');
    await write(1, { from: 9, segmentBytes: 3_000 });
    expect(verifyJournals(dir)).toMatchObject({ ok: true, records: 10, erased: 3 });
  });

  test('that no receipt names is a flaw', async () => {
    await write(3);
    look((ledger) => ledger.blank(ledger.placesOf(decision(1).subject)));
    const unnamed = verifyJournals(dir, { erasedBy: () => false });
    expect(unnamed).toMatchObject({ ok: false, firstBad: { record: 2, flaw: expect.stringContaining('no receipt') } });
  });
});
