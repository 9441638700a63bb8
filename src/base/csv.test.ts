import { mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { openCsv } from './csv-read.ts';
import { sniffSeparator } from './csv-sniff.ts';
import { createCsvWriter, inertCell } from './csv-write.ts';
import { Fault } from './errors.ts';

const dir = mkdtempSync(join(tmpdir(), 'csv-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));
let serial = 0;

function fileOf(content: string | Uint8Array): string {
  const path = join(dir, `${serial++}.csv`);
  writeFileSync(path, content);
  return path;
}

async function readAll(path: string): Promise<{ header: string[]; rows: string[][] }> {
  const { header, rows } = await openCsv(path);
  const all: string[][] = [];
  for await (const row of rows) all.push(row);
  return { header, rows: all };
}

async function faultOf(content: string | Uint8Array): Promise<Fault> {
  const error: unknown = await readAll(fileOf(content)).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(Fault);
  expect((error as Fault).message).not.toContain('\n');
  return error as Fault;
}

describe('reading and writing', () => {
  it('what was written is read back, whatever the cells hold', async () => {
    const odd = fc.constantFrom('"', ',', ';', '\r\n', 'a\nb', '=1+1', '-2', ' x ');
    const cell = fc.oneof(fc.string({ unit: 'grapheme' }), odd).map((text) => text.replaceAll('\0', ''));
    const table = fc
      .integer({ min: 1, max: 4 })
      .chain((width) =>
        fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 6 }),
      );
    await fc.assert(
      fc.asyncProperty(table, fc.constantFrom(',', ';', '\t'), async (rows, separator) => {
        const path = join(dir, 'round.csv');
        const writer = createCsvWriter(path, { separator });
        writer.write(['first', ...rows[0]!.map((_, i) => `c${i}`)]);
        rows.forEach((row) => writer.write(['r', ...row]));
        writer.close();
        const back = await readAll(path);
        expect(back.rows).toEqual(rows.map((row) => ['r', ...row.map((text) => inertCell(text))]));
      }),
      { numRuns: 60 },
    );
  });

  it('names the columns of a file without a header, and keeps its first row', async () => {
    const { header, rows } = await openCsv(fileOf('1\t1\n2\t3\n'), { header: 'none' });
    const all: string[][] = [];
    for await (const row of rows) all.push(row);
    expect({ header, all }).toEqual({ header: ['column_1', 'column_2'], all: [['1', '1'], ['2', '3']] });
  });

  it('takes a byte-order mark, CRLF, LF, both, and blank lines', async () => {
    for (const text of [
      '\uFEFFa,b\r\n1,2\r\n',
      'a,b\n1,2',
      'a,b\r\n1,2\n\n',
      '"a","b"\n"1","2"\n',
      'a;b\n1;2\n',
      'a\tb\n1\t2\n',
    ]) {
      expect(await readAll(fileOf(text))).toEqual({ header: ['a', 'b'], rows: [['1', '2']] });
    }
  });

  it('names a blank heading by its place', async () => {
    expect((await readAll(fileOf(',b\n1,2\n'))).header).toEqual(['column_1', 'b']);
  });

  it('finds the separator although cells hold the others', () => {
    expect(sniffSeparator('a;b\n1,5;"x,y,z"\n2,5;"u,v,w"\n')).toBe(';');
    expect(sniffSeparator('a,b\n"1;2;3",5\n"4;5;6;7",5\n')).toBe(',');
    expect(sniffSeparator('only\n1\n')).toBe(',');
  });
});

describe('refusals name the line and the remedy', () => {
  it.each<[string, string | Uint8Array, string, string]>([
    ['an empty file', '', 'input', 'the file is empty'],
    ['a header alone', 'a,b\n', 'input', 'a header without rows'],
    ['a short row', 'a,b\n1,2\n3\n', 'input', 'line 3: the row has 1 fields where the header has 2'],
    ['a long row', 'a,b\n1,2\n\n3,4,5\n', 'input', 'line 4: the row has 3 fields where the header has 2'],
    ['a duplicate name', 'a,b,a\n1,2,3\n', 'input', 'column "a": the header names it more than once'],
    ['an open quote', 'a,b\n1,"2\n3,4\n', 'input', 'never closed'],
    ['a field of 10 MB', `a,b\n1,${'x'.repeat(10 << 20)}\n`, 'too-large', 'field 2: has 10485760 characters'],
    ['an open quote before much text', `a,b\n1,"${'x\n'.repeat(9 << 20)}`, 'too-large', 'the row exceeds'],
    ['NUL bytes', 'a,b\n1,\0\n', 'input', 'NUL bytes'],
    ['UTF-16', Buffer.from('\uFEFFa,b\n1,2\n', 'utf16le'), 'input', 'UTF-16'],
    ['another encoding', Buffer.from('a,b\n1,caf\xE9\n', 'latin1'), 'input', 'is not UTF-8 text'],
  ])('%s', async (_name, content, kind, words) => {
    const fault = await faultOf(content);
    expect(fault.kind).toBe(kind);
    expect(fault.message).toContain(words);
  });

  it('a missing file and a folder', async () => {
    await expect(openCsv(join(dir, 'none.csv'))).rejects.toMatchObject({
      kind: 'missing',
      rule: 'no such file or folder',
    });
    await expect(openCsv(dir)).rejects.toMatchObject({ kind: 'input', rule: 'is a folder where a file is needed' });
  });
});

describe('cells are inert', () => {
  it('no written text begins a formula, and a number keeps its sign', () => {
    fc.assert(
      fc.property(fc.constantFrom('=', '+', '-', '@', '\t', '\r'), fc.string(), (head, tail) => {
        const cell = inertCell(head + tail)!;
        expect(cell === `'${head}${tail}` || (/^[+-]/.test(cell) && Number.isFinite(Number(cell)))).toBe(true);
      }),
    );
    expect(['-0.42', '+1e3', '=1', '@x', '-x', 'a=b'].map((cell) => inertCell(cell))).toEqual([
      '-0.42',
      '+1e3',
      "'=1",
      "'@x",
      "'-x",
      'a=b',
    ]);
    expect([inertCell(-1.5), inertCell(NaN), inertCell(null)]).toEqual(['-1.5', null, null]);
  });
});

describe('a file appears whole or not at all', () => {
  it('discarding leaves the older file and no trace', () => {
    const path = fileOf('old');
    const before = readdirSync(dir).length;
    const writer = createCsvWriter(path);
    for (let i = 0; i < 3_000; i++) writer.write([i]);
    expect(readFileSync(path, 'utf8')).toBe('old');
    writer.discard();
    writer.discard();
    expect(readFileSync(path, 'utf8')).toBe('old');
    expect(readdirSync(dir)).toHaveLength(before);
  });

  it('writes through a symbolic link', () => {
    const path = fileOf('old');
    const link = join(dir, 'link.csv');
    symlinkSync(path, link);
    const writer = createCsvWriter(link);
    writer.write(['new']);
    writer.close();
    expect(readFileSync(path, 'utf8')).toBe('new\n');
  });

  it('a full disk, a folder and a missing folder are Faults', () => {
    const writer = createCsvWriter('/dev/full');
    writer.write(['x']);
    expect(() => writer.close()).toThrow(
      expect.objectContaining({ kind: 'unavailable', rule: 'no space left on the disk' }),
    );
    expect(() => createCsvWriter(dir)).toThrow(expect.objectContaining({ rule: 'is a folder where a file is needed' }));
    expect(() => createCsvWriter(join(dir, 'no', 'x.csv'))).toThrow(expect.objectContaining({ kind: 'missing' }));
  });
});
