import { mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { memoryLog } from '../log/index.ts';
import { decisionFixture } from './decision.fixture.ts';
import { headsIn } from './heads.ts';
import { openJournal } from './journal.ts';
import { anchorEvent, marksIn, type JournalHead } from './marks.ts';
import { verifyJournals } from './verify.ts';

let dir: string;
beforeEach(() => void (dir = mkdtempSync(join(tmpdir(), 'leadrank-verify-'))));
afterEach(() => rmSync(dir, { recursive: true, force: true }));

/** Writes so many decisions, some to a segment, and gives the head after each. */
async function written(from: number, count: number, server = 'a'): Promise<JournalHead[]> {
  const journal = await openJournal({ dir, server, segmentBytes: 2_000 });
  const heads: JournalHead[] = [];
  for (let n = from; n < from + count; n++) {
    await journal.append([decisionFixture(n)]);
    heads.push(journal.head()!);
  }
  await journal.close();
  return heads;
}

const CUT = /^it is missing, and the log tells of it: the end of the journal was cut off$/u;

describe('a journal whose ends the log tells of', () => {
  it('is whole as it was written, and the marks come through the log', async () => {
    const heads = [...(await written(0, 9)), ...(await written(0, 3, 'b'))];
    const log = memoryLog({ clock: () => 0 });
    await log.append([heads[3]!, heads[8]!, heads[11]!].map((head) => anchorEvent(head, 5)));
    const marks = await marksIn(log);
    expect(marks).toEqual({ anchored: [heads[3], heads[8], heads[11]], retired: [] });
    expect(verifyJournals(dir, { marks })).toMatchObject({ ok: true, records: 12 });
    expect(headsIn(dir)).toEqual([heads[8], heads[11]]);
  });

  it('is missed wherever it is cut off before a mark, and not where it is after', async () => {
    const heads = await written(0, 9);
    const whole = new Map(readdirSync(dir).map((file) => [file, readFileSync(join(dir, file))]));
    fc.assert(fc.property(fc.nat(8), fc.nat(8), fc.nat(), (marked, at, into) => {
      for (const [file, bytes] of whole) writeFileSync(join(dir, file), bytes);
      const head = heads[at]!;
      const next = heads[at + 1];
      const end = next?.segment === head.segment ? next.bytes - 1 : head.bytes;
      cutOff(head.segment, head.bytes + (into % (end - head.bytes + 1)));
      const { ok, firstBad } = verifyJournals(dir, { marks: { anchored: [heads[marked]!], retired: [] } });
      expect(ok).toBe(marked <= at);
      if (!ok) expect(firstBad!.flaw).toMatch(CUT);
      expect(verifyJournals(dir).ok).toBe(true); // the chain alone does not show it
    }), { numRuns: 60 });
  });

  it('is missed where it was written anew to the same byte, and the log told of both', async () => {
    const [first] = await written(10, 1);
    for (const file of readdirSync(dir)) rmSync(join(dir, file));
    const [second] = await written(11, 1);
    expect(second).toMatchObject({ segment: first!.segment, bytes: first!.bytes });
    for (const anchored of [[first!, second!], [second!, first!]]) {
      expect(verifyJournals(dir, { marks: { anchored, retired: [] } })).toMatchObject({ ok: false, firstBad: { record: 1, flaw: expect.stringMatching(/written anew/u) } });
    }
  });

  it('is missed where it went on after it was cut off, and where a whole server is gone', async () => {
    const heads = await written(0, 9);
    cutOff(heads[6]!.segment, heads[6]!.bytes);
    await written(20, 9);
    expect(verifyJournals(dir).ok).toBe(true);
    expect(verifyJournals(dir, { marks: { anchored: [heads[8]!], retired: [] } })).toMatchObject({ ok: false, firstBad: { flaw: expect.stringMatching(/cut off/u) } });
    for (const file of readdirSync(dir)) rmSync(join(dir, file));
    expect(verifyJournals(dir, { marks: { anchored: [heads[0]!], retired: [] } })).toMatchObject({ ok: false, firstBad: { segment: 'a-00000001.journal', flaw: expect.stringMatching(CUT) } });
  });
});

const nameOf = (segment: number): string => join(dir, `a-${String(segment).padStart(8, '0')}.journal`);

function cutOff(segment: number, bytes: number): void {
  truncateSync(nameOf(segment), bytes);
  for (const file of readdirSync(dir)) if (join(dir, file) > nameOf(segment)) rmSync(join(dir, file));
}
