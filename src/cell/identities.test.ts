import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { open as openLmdb } from 'lmdb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { memoryIdentities, type IdentityMap, type SubjectId, type SubjectKind } from '../events/index.ts';
import { openIdentities, type CellIdentities } from './identities.ts';

const keys = { derive: (purpose: string) => createHash('sha256').update(purpose).digest() };
let dir: string;
let opened: CellIdentities[];

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'leadrank-identities-'));
  opened = [];
});
afterEach(async () => {
  for (const identities of opened) await identities.close();
  rmSync(dir, { recursive: true, force: true });
});

function open(): CellIdentities {
  const identities = openIdentities(dir, keys);
  opened.push(identities);
  return identities;
}

describe('the identity map of a cell', () => {
  it('answers as the plain map in memory does', () => {
    const command = fc.record({
      op: fc.constantFrom('subjectOf', 'find', 'externalOf', 'erase'),
      kind: fc.constantFrom<SubjectKind>('lead', 'account', 'campaign', 'user', 'cell'),
      id: fc.constantFrom('a', 'b', 'b\0c', 'ß', 'x'.repeat(100)),
    });
    const durable = open();
    let runs = 0;
    fc.assert(
      fc.property(fc.array(command, { maxLength: 30 }), (commands) => {
        const plain = memoryIdentities();
        const prefix = `${runs++} `; // fresh ids for every run
        const names = new Map<SubjectId | undefined, string>();
        const answer = (map: IdentityMap, { op, kind, id }: (typeof commands)[number]): unknown => {
          const external = kind === 'cell' ? 'cell' : `${prefix}${id}`;
          if (op === 'subjectOf') {
            const subject = map.subjectOf(kind, external);
            names.set(subject, `${kind} ${external}`);
            return `${kind} ${external}`;
          }
          const subject = map.find(kind, external);
          if (op === 'find' || subject === undefined) return names.get(subject);
          return op === 'erase' ? map.erase(subject) : map.externalOf(subject);
        };
        for (const one of commands) expect(answer(durable, one)).toEqual(answer(plain, one));
      }),
      { numRuns: 30 },
    );
  });

  it('remembers over a restart, in one batch or many calls', async () => {
    const first = open();
    const single = first.subjectOf('lead', '00Q1');
    const many = first.batch(() => Array.from({ length: 500 }, (_, n) => first.subjectOf('lead', `00Q${n}`)));
    expect(many[1]).toBe(single);
    expect(() =>
      first.batch(() => {
        first.subjectOf('lead', 'undone');
        throw new Error('stop');
      }),
    ).toThrow('stop');
    await first.close();
    opened.pop();
    const second = open();
    expect(many.map((subject) => second.externalOf(subject))).toEqual(Array.from({ length: 500 }, (_, n) => `00Q${n}`));
    expect(second.find('lead', 'undone')).toBeUndefined();
    expect(second.count()).toBe(500);
  });

  it('holds no external id in the clear', () => {
    const identities = open();
    identities.subjectOf('lead', '00QSIM000000123AAA');
    const holds = readdirSync(dir).some((name) => readFileSync(join(dir, name)).includes('00QSIM'));
    expect(holds).toBe(false);
  });

  it('gives another subject after an erasure, and the old one leads nowhere', () => {
    const identities = open();
    const [kept, old] = [identities.subjectOf('lead', 'kept'), identities.subjectOf('lead', 'gone')];
    expect([identities.erase(old), identities.erase(old)]).toEqual([true, false]);
    expect([identities.find('lead', 'gone'), identities.externalOf(old)]).toEqual([undefined, undefined]);
    expect(identities.subjectOf('lead', 'gone')).not.toBe(old);
    expect(identities.externalOf(kept)).toBe('kept');
  });

  it('cannot be read from the bytes that an erasure leaves behind', async () => {
    const first = open();
    first.batch(() => Array.from({ length: 50 }, (_, n) => first.subjectOf('lead', `00Q${n}`)));
    const gone = first.subjectOf('lead', '00Q7');
    const secrets = readFileSync(join(dir, 'secrets.bin'));
    first.erase(gone);
    const after = readFileSync(join(dir, 'secrets.bin'));
    expect(secrets.subarray(7 * 16, 8 * 16).some((byte) => byte !== 0)).toBe(true);
    expect([...after.subarray(7 * 16, 8 * 16)]).toEqual(Array.from({ length: 16 }, () => 0));
    expect(after.subarray(0, 7 * 16)).toEqual(secrets.subarray(0, 7 * 16));
    expect(after.subarray(8 * 16)).toEqual(secrets.subarray(8 * 16));
  });

  it('finishes an erasure that was cut short', async () => {
    const first = open();
    const gone = first.subjectOf('lead', '00Q1');
    await first.close();
    opened.pop();
    const root = openLmdb({
      path: join(dir, 'identities.mdb'),
      noSubdir: true,
      maxDbs: 4,
      encoding: 'binary',
      overlappingSync: false,
    });
    await root.openDB({ name: 'doomed', encoding: 'json' }).put(gone, { slot: 0 });
    await root.close();
    expect(open().externalOf(gone)).toBeUndefined();
    expect(readFileSync(join(dir, 'secrets.bin')).every((byte) => byte === 0)).toBe(true);
  });

  it('of which a file lacks its end, wherever it was cut off, is named and never kills who opens it', async () => {
    const names = ['identities.mdb', 'secrets.bin'];
    const whole = open();
    const pairs = whole.batch(() => Array.from({ length: 1_500 }, (_, n): [number, SubjectId] => [n, whole.subjectOf('lead', `00Q${n}`)]));
    for (let n = 0; n < 20; n++) whole.subjectOf('lead', `later ${n}`); // pages at the end are free by then
    await whole.close();
    opened.pop();
    const cuts = names.flatMap((name) => {
      const { size } = statSync(join(dir, name));
      const lengths = [...fc.sample(fc.nat(size - 1), { seed: 3, numRuns: 40 }), ...Array.from({ length: 8 }, (_, n) => size - 1 - n * 4_096), 0].filter((length) => length >= 0);
      return lengths.map((length, n) => {
        const path = join(dir, `${name} ${n}`);
        mkdirSync(path);
        for (const each of names) copyFileSync(join(dir, each), join(path, each));
        truncateSync(join(path, name), length);
        return { name, path };
      });
    });
    // In a process of its own: LMDB ends one that meets a page of zeros.
    const script = `
      import { createHash } from 'node:crypto';
      import { openIdentities } from ${JSON.stringify(join(import.meta.dirname, 'identities.ts'))};
      const keys = { derive: (purpose) => createHash('sha256').update(purpose).digest() };
      for (const path of ${JSON.stringify(cuts.map(({ path }) => path))}) {
        try {
          const identities = openIdentities(path, keys);
          const isWhole = ${JSON.stringify(pairs)}.every(([n, subject]) => identities.find('lead', '00Q' + n) === subject && identities.externalOf(subject) === '00Q' + n);
          console.log(isWhole && identities.count() === 1_520 ? 'whole' : 'lost');
          await identities.close();
        } catch (error) {
          console.log([error.name, error.kind, error.value, error.remedy].join('|'));
        }
      }`;
    const { stdout } = spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', '--input-type=module', '-e', script], { encoding: 'utf8', cwd: import.meta.dirname });
    const told = stdout.trim().split('\n');
    expect(told).toEqual(cuts.map(({ name, path }, n) => (name === 'identities.mdb' && told[n] === 'whole' ? 'whole' : `Fault|corrupt|${join(path, name)}|restore the cell from a backup`)));
    expect(told.filter((line) => line !== 'whole').length).toBeGreaterThan(80);
  });

  it('with a page that a disk lost answers rightly or says which file is damaged', async () => {
    const whole = open();
    const pairs = whole.batch(() => Array.from({ length: 400 }, (_, n): [number, SubjectId] => [n, whole.subjectOf('lead', `00Q${n}`)]));
    await whole.close();
    opened.pop();
    const bytes = readFileSync(join(dir, 'identities.mdb'));
    const paths = Array.from({ length: bytes.length / 4_096 - 2 }, (_, n) => {
      const path = join(dir, String(n));
      mkdirSync(path);
      copyFileSync(join(dir, 'secrets.bin'), join(path, 'secrets.bin'));
      writeFileSync(join(path, 'identities.mdb'), Buffer.from(bytes).fill(0, (n + 2) * 4_096, (n + 3) * 4_096));
      return path;
    });
    const script = `
      import { createHash } from 'node:crypto';
      import { openIdentities } from ${JSON.stringify(join(import.meta.dirname, 'identities.ts'))};
      const keys = { derive: (purpose) => createHash('sha256').update(purpose).digest() };
      const answer = (ask) => { try { return ask(); } catch (error) { return error.kind + ' ' + error.value; } };
      for (const path of ${JSON.stringify(paths)}) {
        const identities = answer(() => openIdentities(path, keys));
        const answers = typeof identities === 'string' ? [identities] : ${JSON.stringify(pairs)}.flatMap(([n, subject]) => [
          answer(() => identities.find('lead', '00Q' + n) === subject), answer(() => identities.externalOf(subject) === '00Q' + n), answer(() => identities.isSuppressed('lead', '00Q' + n) === false)]);
        console.log([...new Set(answers)].filter((one) => one !== true).join() || 'right');
      }`;
    const { stdout } = spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', '--input-type=module', '-e', script], { encoding: 'utf8', cwd: import.meta.dirname });
    const told = stdout.trim().split('\n');
    expect(told).toEqual(paths.map((path, n) => (told[n] === 'right' ? 'right' : `corrupt ${join(path, 'identities.mdb')}`)));
    expect(told.filter((line) => line !== 'right').length).toBeGreaterThan(10);
  });
});
