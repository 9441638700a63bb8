import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { decisionFixture } from './decision.fixture.ts';
import { openJournal } from './journal.ts';
import { openLedger } from './ledger.ts';
import { sampleJournals } from './sample.ts';

let dir: string;
beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'leadrank-sample-'));
  const journal = await openJournal({ dir, server: 'a', segmentBytes: 4_000 });
  for (let n = 0; n < 30; n++) await journal.append([decisionFixture(n)]);
  await journal.close();
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const whose = decisionFixture(1).subject;

test('keeps what is wanted of the wanted subjects, over all segments', () => {
  const { records, erased, kept } = sampleJournals(dir, { wants: (subject) => subject === whose, keep: ({ id, time }) => (time < 1_000_010 ? undefined : id) });
  expect([records, erased]).toEqual([30, 0]);
  expect(kept).toEqual([10, 13, 16, 19, 22, 25, 28].map((n) => decisionFixture(n).id));
});

test('counts what is blank', () => {
  const ledger = openLedger(dir);
  ledger.blank(ledger.placesOf(whose));
  ledger.close();
  expect(sampleJournals(dir, { wants: () => true, keep: ({ subject }) => subject })).toMatchObject({ records: 30, erased: 10 });
});

test('a folder that is not there has nothing', () => {
  expect(sampleJournals(join(dir, 'none'), { wants: () => true, keep: ({ id }) => id })).toEqual({ records: 0, erased: 0, kept: [] });
});

test('a body that is no decision is an error that says where', () => {
  const path = join(dir, 'a-00000001.journal');
  const bytes = readFileSync(path);
  bytes[bytes.indexOf('{"id"')] = 0x20;
  writeFileSync(path, bytes);
  expect(() => sampleJournals(dir, { wants: () => true, keep: ({ id }) => id })).toThrow(/a-00000001\.journal, byte \d+: is no decision; run `bin\/leadrank audit verify`/u);
});
