import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { generateKeyPairSync } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { memoryIdentities, serviceEvent, type SubjectId } from '../events/index.ts';
import { memoryLog } from '../log/index.ts';
import { decisionFixture } from './decision.fixture.ts';
import { createEraser, type ErasureParts } from './erase.ts';
import { openJournal } from './journal.ts';
import { openLedger } from './ledger.ts';
import { readEntry } from './lookup.ts';
import { formatReceipt, openReceipts, verifyReceipt } from './receipt.ts';
import { verifyJournals } from './verify.ts';

let dir: string;
const closing: (() => unknown)[] = [];
beforeEach(() => void (dir = mkdtempSync(join(tmpdir(), 'leadrank-erase-'))));
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
  rmSync(dir, { recursive: true, force: true });
});

const { privateKey: key, publicKey } = generateKeyPairSync('ed25519');
const clock = (): number => 5_000;

/** A cell of one known lead with three events and two decisions, and another lead with one of each. */
async function world() {
  const [log, identities] = [memoryLog({ clock }), memoryIdentities()];
  const [ada, bo, rep] = [
    identities.subjectOf('lead', '00Q1'),
    identities.subjectOf('lead', '00Q2'),
    identities.subjectOf('user', '0051'),
  ];
  const shown = (subject: SubjectId, position: number) =>
    serviceEvent({
      type: 'impression.shown',
      subject,
      time: 1,
      data: { user: rep, decision: 'd_x', position, list: 'l_x' },
    });
  await log.append([shown(ada, 1), shown(bo, 2), shown(ada, 3), shown(ada, 4)]);
  const journal = await openJournal({ dir: join(dir, 'journal'), server: 'a' });
  await journal.append([
    decisionFixture(1, { subject: ada }),
    decisionFixture(2, { subject: bo }),
    decisionFixture(3, { subject: ada }),
  ]);
  const ledger = openLedger(join(dir, 'journal'));
  closing.push(
    () => ledger.close(),
    () => journal.close(),
  );
  const [retracted, forgotten, refused] = [[] as [string, number][], [] as string[], new Map([['00Q1', 2]])];
  const kept: [suppression: string, receipt: string][] = [];
  const receipts = openReceipts({ dir: join(dir, 'receipts'), key });
  const parts: ErasureParts = {
    dir: join(dir, 'receipts'),
    clock,
    receipts,
    log,
    identities,
    suppressed: { keyOf: (kind, external) => `key of ${kind} ${external}`, add: (suppression, receipt) => void kept.push([suppression, receipt]) },
    quarantine: {
      erase(_kind, external) {
        const count = refused.get(external) ?? 0;
        refused.delete(external);
        return count;
      },
    },
    state: { joinedWith: () => [], retract: (subject, { epoch } = {}) => retracted.push([subject, epoch ?? -1]) > 0 },
    lastScores: { erase: (subject) => void forgotten.push(subject) },
    ledger,
  };
  return { ada, bo, log, identities, journal, ledger, receipts, parts, retracted, forgotten, kept };
}

const erasedBy = (receipts: ReturnType<typeof openReceipts>) => ({ erasedBy: receipts.covers });

describe('an erasure', () => {
  test('removes a subject from everything and proves it with a signed receipt', async () => {
    const { ada, bo, log, identities, ledger, receipts, parts, retracted, forgotten, kept } = await world();
    const receipt = await createEraser(parts).erase(ada);
    expect(kept).toEqual([['key of lead 00Q1', receipt.receipt]]);
    expect(receipt).toMatchObject({
      suppression: 'key of lead 00Q1',
      subject: ada,
      events: 3,
      quarantined: 2,
      identity: true,
      decisions: [1, 3].map((n) => decisionFixture(n).id),
    });
    expect(verifyReceipt(receipt, publicKey)).toBe(true);
    expect(verifyReceipt({ ...receipt, events: 2 }, publicKey)).toBe(false);
    expect(identities.externalOf(ada)).toBeUndefined();
    expect([...log.read(0)].map(({ subject, type }) => [subject, type])).toEqual([
      [bo, 'impression.shown'],
      ['cell', 'control.subject.erased'],
    ]);
    expect([retracted, forgotten]).toEqual([[[ada, log.epoch()]], [ada]]);
    expect(verifyJournals(join(dir, 'journal'), erasedBy(receipts))).toMatchObject({ ok: true, records: 3, erased: 2 });
    expect(() => readEntry(ledger, receipts, decisionFixture(1).id)).toThrow(`erased, receipt ${receipt.receipt}`);
    expect(readEntry(ledger, receipts, decisionFixture(2).id).decision.subject).toBe(bo);
    expect(() => readEntry(ledger, receipts, 'd_none')).toThrow(/is in no journal/);
    expect(formatReceipt(receipt)).toMatch(/3 events removed[\s\S]*2 decisions blanked/);
  });

  test('twice gives the receipt of the first time', async () => {
    const { ada, parts, log } = await world();
    const first = await createEraser(parts).erase(ada);
    const end = log.end();
    expect(await createEraser({ ...parts, receipts: openReceipts({ dir: parts.dir, key }) }).erase(ada)).toEqual(first);
    expect(log.end()).toBe(end);
  });

  test('refuses what is no subject, and takes one that has left no trace', async () => {
    const { parts } = await world();
    await expect(createEraser(parts).erase('cell' as SubjectId)).rejects.toThrow(/"cell": is no subject/);
    const unknown = `ld_${'z'.repeat(20)}` as SubjectId;
    expect(await createEraser(parts).erase(unknown)).toMatchObject({ events: 0, decisions: [], identity: false });
  });

  const crash = (): never => {
    throw new Error('crash');
  };
  const crashes: [string, (parts: ErasureParts) => ErasureParts][] = [
    ['before the quarantine', (it) => ({ ...it, quarantine: { erase: crash } })],
    ['before the link is cut', (it) => ({ ...it, identities: { ...it.identities, erase: crash } })],
    ['before the log', (it) => ({ ...it, log: { ...it.log, erase: crash } })],
    ['before the state', (it) => ({ ...it, state: { joinedWith: () => [], retract: crash } })],
    ['before the last scores', (it) => ({ ...it, lastScores: { erase: crash } })],
    [
      'before the journal is blanked',
      (it) => ({ ...it, ledger: { ...it.ledger, blank: (places) => (places.length > 0 ? crash() : undefined) } }),
    ],
    [
      'after the journal is blanked',
      (it) => ({
        ...it,
        ledger: { ...it.ledger, blank: (places) => (it.ledger.blank(places), places.length > 0 ? crash() : undefined) },
      }),
    ],
    ['before it is announced', (it) => ({ ...it, log: { ...it.log, append: crash } })],
    ['before the receipt', (it) => ({ ...it, receipts: { ...it.receipts, write: crash } })],
  ];
  test.each(crashes)('that crashed %s is completed by the next start', async (_name, broken) => {
    const { ada, bo, parts, log, identities, receipts, journal } = await world();
    await expect(createEraser(broken(parts)).erase(ada)).rejects.toThrow('crash');
    await journal.append([decisionFixture(6, { subject: ada }), decisionFixture(8, { subject: bo })]);
    const [receipt, ...more] = await createEraser(parts).resume();
    expect(more).toEqual([]);
    expect(receipt).toMatchObject({
      subject: ada,
      identity: true,
      quarantined: 2,
      decisions: [1, 3, 6].map((n) => decisionFixture(n).id),
    });
    expect(identities.externalOf(ada)).toBeUndefined();
    expect(verifyJournals(join(dir, 'journal'), erasedBy(receipts))).toMatchObject({ ok: true, records: 5, erased: 3 });
    expect([...log.read(0)].filter(({ subject }) => subject === ada)).toEqual([]);
    const announced = [...log.read(0)].filter(({ type }) => type === 'control.subject.erased');
    expect(new Set(announced.map(({ id }) => id))).toEqual(new Set([receipt!.receipt]));
    expect(readdirSync(parts.dir)).toEqual([`${receipt!.receipt}.json`]);
    expect(await createEraser(parts).resume()).toEqual([]);
  });
});
