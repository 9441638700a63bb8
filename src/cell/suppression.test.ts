import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SubjectKind } from '../events/index.ts';
import { openIdentities } from './identities.ts';

let dir: string;
const keysOf = (cell: string) => ({ derive: (purpose: string) => createHash('sha256').update(`${cell} ${purpose}`).digest() });
const open = (cell = 'us') => openIdentities(dir, keysOf(cell));
beforeEach(() => void (dir = mkdtempSync(join(tmpdir(), 'leadrank-suppressed-'))));
afterEach(() => rmSync(dir, { recursive: true, force: true }));

describe('the suppression list', () => {
  it('holds whom it was given until it is lifted, over restarts and for other processes', async () => {
    const command = fc.record({ op: fc.constantFrom('add', 'lift'), kind: fc.constantFrom<SubjectKind>('lead', 'contact'), id: fc.constantFrom('a', 'b', 'c@d', 'ß') });
    let runs = 0;
    await fc.assert(fc.asyncProperty(fc.array(command, { maxLength: 20 }), async (commands) => {
      const expected = new Map<string, string>();
      const prefix = `${runs++} `;
      const [one, other] = [open(), open()];
      for (const [n, { op, kind, id }] of commands.entries()) {
        const pair = `${kind} ${id}`;
        if (op === 'add') {
          one.suppressed.add(one.suppressed.keyOf(kind, prefix + id), `er_${n}`);
          expected.set(pair, `er_${n}`);
        } else {
          expect(one.suppressed.lift(kind, prefix + id)).toBe(expected.get(pair));
          expected.delete(pair);
        }
        expect(other.suppressed.receiptOf(kind, prefix + id)).toBe(expected.get(pair));
        expect(other.isSuppressed(kind, prefix + id)).toBe(expected.has(pair));
      }
      for (const map of [one, other]) await map.close();
      const again = open();
      for (const kind of ['lead', 'contact'] as const) for (const id of ['a', 'b', 'c@d', 'ß']) expect(again.suppressed.receiptOf(kind, prefix + id)).toBe(expected.get(`${kind} ${id}`));
      await again.close();
    }), { numRuns: 15 });
  });

  it('holds no id, and of another cell’s key nothing fits', async () => {
    const identities = open();
    identities.suppressed.add(identities.suppressed.keyOf('lead', 'ada.gruenspan@wharf.example'), 'er_1');
    const counted = identities.suppressed.count();
    await identities.close();
    expect(counted).toBe(1);
    expect(readdirSync(dir).filter((file) => readFileSync(join(dir, file)).includes('gruenspan'))).toEqual([]);
    const foreign = open('eu');
    expect(foreign.isSuppressed('lead', 'ada.gruenspan@wharf.example')).toBe(false);
    await foreign.close();
  });

  it('knows an id of Salesforce in both its lengths, and takes no other for one', async () => {
    const identities = open();
    const { suppressed } = identities;
    const [long, short] = ['001A0000006Vm9rIAC', '001A0000006Vm9r'];
    suppressed.add(suppressed.keyOf('account', long), 'er_2');
    expect([long, short, short.toLowerCase(), `${short}AAA`].map((id) => suppressed.receiptOf('account', id))).toEqual(['er_2', 'er_2', undefined, undefined]);
    await identities.close();
  });
});
