import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sha256Hex } from '../../base/index.ts';

/** What folds: a build that was begun with another code mixes what the two make of events. */
const ROOMS = ['base', 'events', 'features', 'log'];
const SOURCES = join(import.meta.dirname, '..', '..');

let known: string | undefined;

/** Names the code that folds, by its sources but for the tests. Read once a process. */
export const codeHash = (): string =>
  (known ??= sha256Hex(
    ROOMS.flatMap((room) => readdirSync(join(SOURCES, room), { recursive: true, encoding: 'utf8' }).map((name) => join(SOURCES, room, name)))
      .filter((path) => path.endsWith('.ts') && !/\.(?:test|fixture)\.ts$/u.test(path))
      .toSorted()
      .map((path) => `${path.slice(SOURCES.length)} ${sha256Hex(readFileSync(path))}`)
      .join('\n'),
  ));
