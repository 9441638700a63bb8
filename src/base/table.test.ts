import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { afterAll, describe, expect, it } from 'vitest';
import { Fault } from './errors.ts';
import { openTable } from './table.ts';
import type { Datum } from './table-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'leadrank-table-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const path = join(folder, 'file');

async function read(bytes: Uint8Array | string, wanted?: readonly string[]): Promise<{ header: readonly string[]; count: number | undefined; rows: Datum[][] }> {
  writeFileSync(path, bytes);
  const file = await openTable(path);
  const rows: Datum[][] = [];
  try {
    for await (const row of file.rows(new Set(wanted ?? file.header))) rows.push([...row]);
  } finally {
    file.close();
    file.close();
  }
  return { header: file.header, count: file.count, rows };
}

const parquet = (options: Parameters<typeof parquetWriteBuffer>[0]): Buffer => Buffer.from(parquetWriteBuffer(options));

describe('a table', () => {
  it('of a Parquet file has the values that were written, whatever its row groups', async () => {
    const row = fc.record({
      text: fc.option(fc.string({ unit: 'grapheme' })),
      number: fc.option(fc.double({ noNaN: true, noDefaultInfinity: true })),
      flag: fc.option(fc.boolean()),
      whole: fc.option(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })),
      at: fc.option(fc.date({ min: new Date('1970-01-02'), max: new Date('2100-01-01'), noInvalidDate: true })),
    });
    await fc.assert(fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 40 }), fc.integer({ min: 1, max: 20 }), async (rows, rowGroupSize) => {
      const bytes = parquet({
        rowGroupSize,
        columnData: [
          { name: 'text', data: rows.map((one) => one.text), type: 'STRING' },
          { name: 'number', data: rows.map((one) => one.number), type: 'DOUBLE' },
          { name: 'flag', data: rows.map((one) => one.flag), type: 'BOOLEAN' },
          { name: 'whole', data: rows.map((one) => one.whole), type: 'INT64' },
          { name: 'at', data: rows.map((one) => one.at), type: 'TIMESTAMP' },
        ],
      });
      const found = await read(bytes);
      expect(found.count).toBe(rows.length);
      expect(found.rows).toEqual(rows.map(({ text, number, flag, whole, at }) =>
        [text, number, flag, whole === null ? null : Number.isSafeInteger(Number(whole)) ? Number(whole) : String(whole), at?.toISOString() ?? null]));
      expect((await read(bytes, ['flag'])).rows).toEqual(rows.map(({ flag }) => [null, null, flag, null, null]));
    }), { numRuns: 30 });
  });

  it('of a CSV file has texts', async () => {
    expect(await read('a;b\n1;x\n')).toEqual({ header: ['a', 'b'], count: undefined, rows: [['1', 'x']] });
  });

  it('that is torn or flipped is refused in one line, or read', async () => {
    const bytes = parquet({ columnData: [{ name: 'a', data: Array.from({ length: 50 }, (_, i) => `word ${i}`), type: 'STRING' }] });
    await fc.assert(fc.asyncProperty(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), fc.boolean(), async (at, mask, cut) => {
      const spoilt = cut ? bytes.subarray(0, at) : Buffer.from(bytes);
      if (!cut) spoilt[at]! ^= mask;
      const error: unknown = await read(spoilt).then(() => undefined, (reason: unknown) => reason);
      if (error === undefined) return;
      expect(error).toBeInstanceOf(Fault);
      expect((error as Fault).message).not.toContain('\n');
    }), { numRuns: 100 });
  });

  it('without rows, or that is not there, is refused', async () => {
    await expect(read(parquet({ columnData: [{ name: 'a', data: [], type: 'STRING' }] }))).rejects.toThrow('a header without rows');
    await expect(openTable(join(folder, 'none'))).rejects.toMatchObject({ kind: 'missing' });
  });
});
