import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { currentFolder, makeCurrent, removeOthers } from './current.ts';

const dir = mkdtempSync(join(tmpdir(), 'leadrank-current-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

it('the current folder is the one made so last; the others go', () => {
  writeFileSync(join(dir, 'data'), 'first');
  expect(currentFolder(dir)).toBe(dir);
  mkdirSync(join(dir, 'second'));
  makeCurrent(dir, 'second');
  expect(currentFolder(dir)).toBe(join(dir, 'second'));
  expect(existsSync(join(dir, 'data'))).toBe(false);
  mkdirSync(join(dir, 'third'));
  expect(currentFolder(dir)).toBe(join(dir, 'second'));
  makeCurrent(dir, 'third');
  expect(readdirSync(dir).toSorted()).toEqual(['current', 'third']);
});

it('what does not count is removed, but for what is named', () => {
  const path = join(dir, 'others');
  mkdirSync(path);
  for (const name of ['data', 'lock']) writeFileSync(join(path, name), 'first');
  for (const name of ['next', 'old']) mkdirSync(join(path, name));
  removeOthers(path, { except: ['next'] });
  expect(readdirSync(path).toSorted()).toEqual(['data', 'lock', 'next']);
  writeFileSync(join(path, 'note'), 'of who made it');
  makeCurrent(path, 'next', { except: ['note'] });
  mkdirSync(join(path, 'left'));
  writeFileSync(join(path, 'data'), 'of a crash in between');
  removeOthers(path, { except: ['note'] });
  expect(readdirSync(path).toSorted()).toEqual(['current', 'next', 'note']);
});
