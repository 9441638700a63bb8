import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '..');

interface Locked {
  version?: string;
  resolved?: string;
  optionalDependencies?: Record<string, string>;
}

describe.each(['package-lock.json', 'salesforce/package-lock.json'])('%s', (path) => {
  const { packages } = JSON.parse(readFileSync(join(root, path), 'utf8')) as { packages: Record<string, Locked> };

  test('names no place to download from', () => {
    expect(Object.keys(packages).length).toBeGreaterThan(100);
    expect(Object.entries(packages).filter(([, { resolved }]) => resolved !== undefined)).toEqual([]);
  });

  // npm writes a lockfile without the builds of other platforms where a registry lacks them, and `npm ci` then refuses it.
  test('holds the optional builds of every platform', () => {
    const names = new Set(Object.keys(packages).map((key) => key.slice(key.lastIndexOf('node_modules/') + 'node_modules/'.length)));
    const absent = Object.entries(packages).flatMap(([owner, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies).filter((name) => !names.has(name)).map((name) => `${owner} → ${name}`),
    );
    expect(absent).toEqual([]);
  });
});
