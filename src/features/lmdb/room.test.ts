import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { keepRoom } from './room.ts';
import { DATA, openRoot, openTable } from './store.ts';

const folder = mkdtempSync(join(tmpdir(), 'leadrank-room-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** For each transaction how many events it folds, and keys of rows and of places in lists, as they come. */
const transactions = fc.array(fc.record({ events: fc.integer({ min: 1, max: 300 }), seed: fc.nat(), bytes: fc.integer({ min: 100, max: 1_200 }) }), { minLength: 1, maxLength: 12 });

describe('room for a state', () => {
  it('is there before a transaction takes it, and stands on the disk', async () => {
    let count = 0;
    await fc.assert(fc.asyncProperty(transactions, async (all) => {
      const path = join(folder, String((count += 1)));
      const root = openRoot(path, 'write', 'map');
      const room = keepRoom(root, join(path, DATA));
      room.reserve(0);
      const [rows, lists] = [openTable(root, 'rows'), openTable(root, 'lists')];
      for (const { events, seed, bytes } of all) {
        const end = room.reserve(events);
        const { blocks } = statSync(join(path, DATA));
        root.transactionSync(() => {
          for (let i = 0; i < events; i++) {
            const at = Math.imul(seed + i, 0x9e3779b1) >>> 0;
            rows.putSync(`lead ${at % 4_000}`, Buffer.alloc(bytes, 1));
            rows.putSync(`account ${at % 800}`, Buffer.alloc(bytes, 2));
            lists.removeSync(`owner ${at % 90} ${at % 4_000}`);
            lists.putSync(`owner ${at % 90} ${(at + i) % 4_000}`, Buffer.alloc(0));
          }
        });
        const { lastPageNumber, pageSize, mapSize } = root.getStats() as { lastPageNumber: number; pageSize: number; mapSize: number };
        const used = (lastPageNumber + 1) * pageSize;
        expect(used).toBeLessThanOrEqual(end);
        expect(used).toBeLessThanOrEqual(Math.min(blocks * 512, mapSize));
        root.resetReadTxn();
      }
      room.close();
      await root.close();
    }), { numRuns: 25 });
  });

  it('is made again only when it is used up', async () => {
    const path = join(folder, 'again');
    const root = openRoot(path, 'write', 'map');
    const room = keepRoom(root, join(path, DATA));
    const first = room.reserve(100);
    expect(room.reserve(100)).toBe(first);
    expect(room.reserve(10)).toBe(first);
    expect(room.reserve(500)).toBeGreaterThan(first);
    room.close();
    await root.close();
  });
});
