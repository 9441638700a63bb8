import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sha256Hex } from './hash.ts';

const SOURCES = join(import.meta.dirname, '..');
const known = new Map<string, string>();

/**
 * Names the code of some folders of sources, but for their tests: what one code has begun, another does not go on with. Read once
 * a process. Folders are relative to `src`.
 */
export function codeHash(folders: readonly string[]): string {
  const key = folders.join(' ');
  const hash = known.get(key) ?? sha256Hex(folders.flatMap(sourcesOf).toSorted().map((path) => `${path.slice(SOURCES.length)} ${sha256Hex(readFileSync(path))}`).join('\n'));
  known.set(key, hash);
  return hash;
}

const sourcesOf = (folder: string): string[] =>
  readdirSync(join(SOURCES, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !/\.(?:test|fixture)\.ts$/u.test(name))
    .map((name) => join(SOURCES, folder, name));
