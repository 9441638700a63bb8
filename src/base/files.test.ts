import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Fault, quote } from './errors.ts';
import { makeFolder, writeFileAtomic } from './files.ts';

let folder: string;
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'leadrank-base-'))));
afterAll(() => rmSync(folder, { recursive: true }));

describe('writeFileAtomic', () => {
  test('writes whole files, over older ones too, and leaves no temporary', () => {
    const path = join(folder, 'deep', 'file.txt');
    writeFileAtomic(path, 'one');
    writeFileAtomic(path, 'two');
    expect(readFileSync(path, 'utf8')).toBe('two');
    expect(readdirSync(join(folder, 'deep'))).toEqual(['file.txt']);
  });

  test('a place that is no folder gives a fault with rule and remedy, and harms nothing', () => {
    const file = join(folder, 'plain');
    writeFileSync(file, 'kept');
    expect(() => writeFileAtomic(join(file, 'below'), 'x')).toThrow(Fault);
    expect(readFileSync(file, 'utf8')).toBe('kept');
  });
});

describe('makeFolder', () => {
  test('makes what is missing, and leaves what is there', () => {
    makeFolder(join(folder, 'a', 'b', 'c'));
    makeFolder(join(folder, 'a', 'b', 'c'));
    expect(readdirSync(join(folder, 'a', 'b'))).toEqual(['c']);
  });

  test.runIf(process.platform === 'linux')('gives up where the system refuses, instead of trying for ever', () => {
    expect(() => makeFolder('/proc/leadrank/below')).toThrow(Fault);
  });
});

describe('quote', () => {
  test('keeps an error on one line and of bounded length', () => {
    expect(quote('a\nb\u202e\u0000')).toBe('"a�b��"');
    expect(quote('x'.repeat(1000)).length).toBeLessThan(70);
    expect(quote(undefined)).toBe('"undefined"');
  });
});
