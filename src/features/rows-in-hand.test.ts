import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRowsInHand } from './rows-in-hand.ts';
import type { Table } from './store.ts';

function plainTable(): Table & { readonly map: Map<string, Uint8Array> } {
  const map = new Map<string, Uint8Array>();
  return { map, get: (key) => map.get(key), put: (key, bytes) => void map.set(key, bytes.slice()), remove: (key) => void map.delete(key) };
}

const empty = (key: string): Uint8Array => new Uint8Array(16 + (key.charCodeAt(0) % 3) * 8);
const step = fc.record({ how: fc.constantFrom('add', 'add', 'look', 'remove', 'save', 'drop'), key: fc.constantFrom(...'abcdefgh') });

describe('rows in hand', () => {
  it('are what a plain map would hold, however few stay in hand', () => {
    fc.assert(fc.property(fc.array(step, { maxLength: 80 }), fc.constantFrom(1, 40, 2 ** 20), (steps, most) => {
      const table = plainTable();
      const rows = createRowsInHand(table, { most });
      const now = new Map<string, number>();
      for (const { how, key } of steps) {
        if (how === 'add') {
          const row = rows.touch(key, empty(key));
          row.setUint32(8, row.getUint32(8) + 1);
          now.set(key, (now.get(key) ?? 0) + 1);
        } else if (how === 'remove') {
          rows.remove(key);
          now.delete(key);
        } else if (how === 'save') rows.save();
        else if (how === 'drop') {
          rows.save();
          rows.touch(key, empty(key)).setUint32(8, 99);
          rows.drop(); // what was touched since is forgotten
        }
        expect(rows.get(key)?.getUint32(8)).toBe(now.get(key));
      }
      rows.save();
      expect([...table.map.keys()].toSorted()).toEqual([...now.keys()].toSorted());
      for (const [key, bytes] of table.map) expect([bytes.length, new DataView(bytes.buffer).getUint32(8)]).toEqual([empty(key).length, now.get(key)]);
    }), { numRuns: 200 });
  });

  it('are written in the order of their keys, each once', () => {
    const table = plainTable();
    const written: string[] = [];
    const rows = createRowsInHand({ ...table, put: (key, bytes) => void (written.push(key), table.put(key, bytes)) });
    for (const key of 'cabac') rows.touch(key, empty(key));
    rows.save();
    rows.save();
    expect(written).toEqual(['a', 'b', 'c']);
  });

  it('stay good to look at until the transaction ends, even when they are removed', () => {
    const rows = createRowsInHand(plainTable());
    const gone = rows.touch('a', empty('a'));
    gone.setUint8(0, 7);
    rows.remove('a');
    rows.touch('d', empty('a'));
    expect(gone.getUint8(0)).toBe(7);
    expect(rows.get('a')).toBeUndefined();
  });
});
