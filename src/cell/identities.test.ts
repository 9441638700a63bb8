import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
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
});
