import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { openSlots } from './slots.ts';

const folder = mkdtempSync(join(tmpdir(), 'leadrank-slots-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let files = 0;
const path = (): string => join(folder, `secrets-${files++}.bin`);

describe('slots', () => {
  it('hold what was filled and synced, in whatever order, over a restart; no two secrets are alike', () => {
    fc.assert(fc.property(fc.array(fc.uniqueArray(fc.nat(40), { maxLength: 8 }), { maxLength: 5 }), (rounds) => {
      const file = path();
      const slots = openSlots(file);
      const filled = new Map<number, Buffer>();
      for (const round of rounds) {
        for (const slot of round) {
          filled.set(slot, slots.fill(slot));
          expect(slots.read(slot)).toEqual(filled.get(slot));
        }
        slots.sync();
      }
      slots.close();
      const again = openSlots(file);
      for (let slot = 0; slot <= 40; slot++) expect(again.read(slot)).toEqual(filled.get(slot));
      again.close();
      expect(new Set([...filled.values()].map((secret) => secret.toString('hex'))).size).toBe(filled.size);
    }), { numRuns: 30 });
  });

  it('that do not fit are a fault, and none of them is taken for written', () => {
    const script = `
      import { openSlots } from ${JSON.stringify(join(import.meta.dirname, 'slots.ts'))};
      const slots = openSlots(${JSON.stringify(path())});
      for (let slot = 0; slot < 5_000; slot++) slots.fill(slot);
      for (const _ of [1, 2]) try { slots.sync(); console.log('written'); } catch (error) { console.log(error.name); }`;
    // A file may grow to 16 KiB: the system writes a part of what it is given, and refuses the rest.
    const told = execFileSync('sh', ['-c', 'ulimit -f 32; exec "$0" --input-type=module -e "$1"', process.execPath, script], { encoding: 'utf8' });
    expect(told.trim().split('\n')).toEqual(['Fault', 'Fault']);
  });

  it('forget what was filled and dropped', () => {
    const slots = openSlots(path());
    slots.fill(3);
    slots.drop();
    slots.sync();
    expect(slots.read(3)).toBeUndefined();
    slots.close();
  });

  it('stay wiped, even where they were filled and not yet written', () => {
    const slots = openSlots(path());
    const kept = slots.fill(0);
    slots.fill(1);
    slots.wipe(1);
    slots.sync();
    expect([slots.read(0), slots.read(1)]).toEqual([kept, undefined]);
    slots.close();
  });
});
