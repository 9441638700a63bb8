import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newSubject } from '../events/index.ts';
import { conformance } from './conformance.ts';
import { impression } from './impression.fixture.ts';
import { openLog, type CellLog } from './open.ts';

const folders: string[] = [];
const newFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'leadrank-open-'));
  folders.push(folder);
  return folder;
};
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

conformance('the log of a cell', (clock) => openLog({ path: newFolder(), clock }));

conformance('the log of a cell whose events go to the history at once', (clock) => {
  const log = openLog({ path: newFolder(), clock });
  return {
    ...log,
    async append(events, stamp) {
      const offsets = await log.append(events, stamp);
      await log.compact({ keep: 3, size: 400 });
      return offsets;
    },
  };
});

describe('the history of a log', () => {
  let folder: string;
  let log: CellLog;
  const [kept, gone] = [newSubject('lead'), newSubject('lead')];
  const open = (): CellLog => openLog({ path: folder, clock: () => 1_000 });
  const ids = (): string[] => [...log.read(0)].map(({ id }) => id);
  const files = (): string[] => readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => /\.(parquet|mdb)$/u.test(name));
  const bytesHold = (text: string): boolean => files().some((name) => readFileSync(join(folder, name)).includes(text));

  beforeEach(async () => {
    folder = newFolder();
    log = open();
    await log.append(Array.from({ length: 300 }, (_, n) => impression(n % 10 === 0 ? gone : kept, n)));
  });
  afterEach(() => log.close());

  it('reads as before from every offset, wherever history ends', async () => {
    const before = [...log.read(0)];
    for (const keep of [250, 180, 100, 0]) {
      await log.compact({ keep, size: 10 });
      expect(log.history.end()).toBe(300 - keep);
      fc.assert(
        fc.property(fc.nat(310), fc.nat(50), (offset, limit) => {
          expect([...log.read(offset, limit)]).toEqual(before.slice(offset, offset + limit));
        }),
        { numRuns: 20 },
      );
    }
    await log.close();
    log = open();
    expect([...log.read(0)]).toEqual(before);
    expect(log.epoch()).toBe(0);
  });

  it('lets a reader go on while its events move to the history', async () => {
    const reading = log.read(0)[Symbol.iterator]();
    for (let n = 0; n < 5; n++) reading.next();
    await log.compact({ keep: 0, size: 100 });
    const rest: string[] = [];
    for (let next = reading.next(); !next.done; next = reading.next()) rest.push(next.value.id);
    expect(rest).toEqual(Array.from({ length: 295 }, (_, n) => `e_${n + 5}`));
  });

  it('leaves no byte of an erased subject, in history or tail', async () => {
    await log.compact({ keep: 100, size: 100 });
    expect(bytesHold(gone)).toBe(true);
    expect(await log.erase(gone)).toBe(30);
    expect([bytesHold(gone), bytesHold(kept), log.epoch()]).toEqual([false, true, 1]);
    expect(ids()).toHaveLength(270);
    await log.compact({ keep: 0, size: 50 });
    expect(await log.erase(kept)).toBe(270);
    expect([ids(), log.epoch(), files().filter((name) => name.endsWith('.parquet'))]).toEqual([[], 2, []]);
  });

  it('leaves no byte in the free pages of the tail of a subject that lies in the history alone', async () => {
    const once = newSubject('lead');
    await log.append([impression(once, 300), ...Array.from({ length: 199 }, (_, n) => impression(kept, 301 + n))]);
    await log.compact({ keep: 199, size: 301 }); // too little goes for a smaller file
    expect(await log.erase(once)).toBe(1);
    expect([bytesHold(once), bytesHold(kept), log.end()]).toEqual([false, true, 500]);
  });

  it('finishes an erasure that a crash cut short, and then has another epoch', async () => {
    await log.compact({ keep: 0, size: 100 });
    log.history.begin(gone);
    await log.close();
    log = open();
    await log.erase(newSubject('lead'));
    expect([ids().length, log.epoch(), bytesHold(gone)]).toEqual([270, 1, false]);
  });

  it('forgets a segment that was being written, and a part that nothing names', async () => {
    await log.compact({ keep: 100, size: 100 });
    const stray = join(folder, 'history', 'from=0000000000000000', 'bucket=00-half.parquet');
    writeFileSync(stray, 'PAR1');
    await log.compact({ keep: 0, size: 100 });
    expect(files()).not.toContain(stray.slice(folder.length + 1));
    expect(ids()).toHaveLength(300);
  });

  it.each(['a flipped byte', 'a lost tail', 'a lost file', 'a broken manifest'])('says of %s which file to restore', async (damage) => {
    await log.compact({ keep: 0, size: 300 });
    const part = join(folder, files().find((name) => name.endsWith('.parquet'))!);
    const bytes = readFileSync(part);
    if (damage === 'a flipped byte') {
      bytes[bytes.length >> 1]! ^= 1;
      writeFileSync(part, bytes);
    } else if (damage === 'a lost tail') writeFileSync(part, bytes.subarray(0, -9));
    else if (damage === 'a lost file') rmSync(part);
    else writeFileSync(join(folder, 'history', 'manifest.json'), '{');
    expect(ids).toThrow(expect.objectContaining({ name: 'Fault', kind: damage === 'a lost file' ? 'missing' : 'corrupt' }));
  });

  it('marks what a source delivered twice, over segments', async () => {
    await log.append([impression(kept, 7), impression(kept, 300)]);
    await log.compact({ keep: 0, size: 151 });
    const repeats = log.history.segments().flatMap((segment) =>
      segment.parts.flatMap(({ bucket }) => {
        const { offsets, repeats: marks } = log.history.columns(segment, bucket)!;
        return [...offsets].filter((_, row) => marks[row] === 1);
      }),
    );
    expect(repeats).toEqual([300]);
  });
});
