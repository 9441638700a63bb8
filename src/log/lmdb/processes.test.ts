import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newSubject } from '../../events/index.ts';
import { impression } from '../impression.fixture.ts';
import type { Log } from '../log.ts';
import { openNewest } from './generation.ts';
import { openLmdbLog } from './log.ts';

const FIXTURE = fileURLToPath(new URL('process.fixture.ts', import.meta.url));
let folder: string;
let children: ChildProcess[];
let logs: Log[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'leadrank-log-'));
  children = [];
  logs = [];
});
afterEach(async () => {
  for (const child of children) child.kill('SIGKILL');
  for (const log of logs) await log.close();
  rmSync(folder, { recursive: true, force: true });
});

function open(): Log {
  const log = openLmdbLog({ path: folder, clock: () => 1_000 });
  logs.push(log);
  return log;
}

/** Starts another process at the log; its lines come out as they are printed. */
function start(role: 'append' | 'read', count: number, options: { subject?: string; limit?: number } = {}) {
  const args = [FIXTURE, role, folder, String(count), options.subject ?? ''];
  const child =
    options.limit === undefined
      ? spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
      : spawn('sh', ['-c', `ulimit -f ${options.limit}; exec "$0" "$@"`, process.execPath, ...args], {
          stdio: ['ignore', 'pipe', 'ignore'],
        });
  children.push(child);
  const ended = new Promise<void>((resolve) => void child.once('close', () => resolve()));
  return { child, lines: createInterface({ input: child.stdout! }), ended };
}

async function linesOf<T>(started: ReturnType<typeof start>): Promise<T[]> {
  const lines: T[] = [];
  for await (const line of started.lines) lines.push(JSON.parse(line) as T);
  return lines;
}

describe('the embedded log among processes', () => {
  it.each([1, 3, 9])(
    'keeps what it acknowledged when the writer is killed after %i lines, and no half of a batch',
    async (after) => {
      const writer = start('append', 1_000_000);
      const acknowledged: number[] = [];
      let lines = 0;
      for await (const line of writer.lines) {
        acknowledged.push(...(JSON.parse(line) as number[]));
        lines += 1;
        if (lines === after) writer.child.kill('SIGKILL');
      }
      await writer.ended;
      const log = open();
      const events = [...log.read(0)];
      expect(events.map((event) => event.offset)).toEqual(Array.from({ length: log.end() }, (_, n) => n));
      expect(events.map((event) => event.id)).toEqual(events.map((_, n) => `e_${n}`));
      expect(events.length % 5).toBe(0);
      expect(acknowledged.length).toBeGreaterThanOrEqual(after * 5);
      expect(Math.max(...acknowledged)).toBeLessThan(events.length);
      expect(await log.append([impression(newSubject('lead'), 0)])).toEqual([events.length]);
    },
  );

  it('shows two readers in other processes what is appended, before and after an erasure', async () => {
    const log = open();
    const [kept, gone] = [newSubject('lead'), newSubject('lead')];
    await log.append([impression(kept, 0)]);
    const readers = [start('read', 4), start('read', 4)];
    const seen = readers.map((reader) => linesOf<[number, string, number]>(reader));
    await Promise.all(readers.map(async (reader) => new Promise((resolve) => void reader.lines.once('line', resolve))));
    await log.append([impression(gone, 1)]);
    await log.erase(gone);
    await log.append([impression(kept, 2), impression(kept, 3)]);
    for (const lines of await Promise.all(seen)) {
      const others = lines.filter(([offset]) => offset !== 1); // read before it was erased, or not
      expect(others.map(([offset, id]) => [offset, id])).toEqual([
        [0, 'e_0'],
        [2, 'e_2'],
        [3, 'e_3'],
      ]);
      expect(others.at(-1)![2]).toBe(1);
    }
  });

  it('gives two writers one order, while one of them erases', async () => {
    const gone = newSubject('lead');
    const log = open();
    await log.append([impression(gone, 0)]);
    const writer = start('append', 2_000);
    const acknowledged: number[] = [];
    for await (const line of writer.lines) {
      acknowledged.push(...(JSON.parse(line) as number[]));
      if (acknowledged.length % 400 === 0) {
        await log.append([impression(gone, 0)]);
        await log.erase(gone);
      }
    }
    await writer.ended;
    const offsets = [...log.read(0)].map((event) => event.offset);
    expect(acknowledged).toHaveLength(2_000);
    expect(offsets).toEqual(acknowledged.toSorted((a, b) => a - b));
    expect(log.epoch()).toBeGreaterThan(1);
  });

  it('refuses what the disk refuses and stays readable', async () => {
    const lines = await linesOf<number[] | { kind: string; end: number; read: number }>(
      start('append', 10_000, { limit: 600 }),
    );
    const refused = lines.flatMap((line) => (Array.isArray(line) ? [] : [line]));
    const acknowledged = lines.flatMap((line) => (Array.isArray(line) ? line : []));
    expect(refused.length).toBeGreaterThan(0);
    expect(acknowledged.length).toBeGreaterThan(0);
    for (const { kind, end, read } of refused) expect([kind, end]).toEqual(['unavailable', read]);
    const log = open();
    expect([...log.read(0)].map((event) => event.offset)).toEqual(acknowledged.toSorted((a, b) => a - b));
    expect(await log.append([impression(newSubject('lead'), 0)])).toEqual([acknowledged.length]);
  });
});

describe('an erasure of the embedded log', () => {
  const holds = (text: string): boolean =>
    readdirSync(folder).some((name) => readFileSync(join(folder, name)).includes(text));

  it('leaves no byte of the subject in any file', async () => {
    const [kept, gone] = [newSubject('lead'), newSubject('lead')];
    const log = open();
    for (let n = 0; n < 1_000; n += 100) {
      await log.append(Array.from({ length: 100 }, (_, i) => impression(i % 10 === 0 ? gone : kept, n + i)));
    }
    expect([holds(gone), holds(kept)]).toEqual([true, true]);
    expect(await log.erase(gone)).toBe(100);
    expect([holds(gone), holds(kept)]).toEqual([false, true]);
    await log.close();
    expect([...open().read(0)]).toHaveLength(900);
  });

  it('is finished after a crash in its middle', async () => {
    const [kept, gone] = [newSubject('lead'), newSubject('lead')];
    const before = open();
    await before.append([impression(gone, 0), impression(kept, 1)]);
    await before.close();
    // rows deleted, file sealed by a process that is no more, half a copy beside it
    const crashed = openNewest(folder);
    crashed.root.transactionSync(() => {
      crashed.events.removeSync(0);
      crashed.meta.putSync('epoch', 1);
      crashed.meta.putSync('stale', 1);
      crashed.meta.putSync('sealed', 2 ** 22 + 1);
    });
    await crashed.root.close();
    writeFileSync(join(folder, 'log-2.mdb.tmp'), gone);
    expect(holds(gone)).toBe(true);

    const log = open();
    expect(await log.append([impression(kept, 2)])).toEqual([2]);
    expect(await log.erase(newSubject('lead'))).toBe(0);
    expect([holds(gone), log.epoch()]).toEqual([false, 1]);
    expect([...log.read(0)].map((event) => event.id)).toEqual(['e_1', 'e_2']);
    expect(readdirSync(folder).filter((name) => !name.endsWith('-lock'))).toEqual(['log-2.mdb']);
  });

  it('refuses a file that is no log, and one of a later release', () => {
    writeFileSync(join(folder, 'log-1.mdb'), 'not a log '.repeat(2_000));
    expect(open).toThrow(expect.objectContaining({ name: 'Fault' }));
    rmSync(join(folder, 'log-1.mdb'));
    const later = openNewest(folder);
    later.meta.putSync('format', 9);
    expect(open).toThrow(expect.objectContaining({ kind: 'newer' }));
    void later.root.close();
  });
});
