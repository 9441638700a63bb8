import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Fault, quote, readYaml, readYamlAs } from '../../base/index.ts';
import type { WorldParams } from './params.ts';
import { readParams } from './read-params.ts';

const FOLDER = join(import.meta.dirname, '..', 'worlds');

/** The worlds that come with leadrank. */
export const worldNames = (): string[] =>
  readdirSync(FOLDER).flatMap((name) => (name.endsWith('.yaml') ? [name.slice(0, -'.yaml'.length)] : []));

let standard: WorldParams | undefined;

/** The world that is meant where none is named. */
export const defaultWorld = (): WorldParams => (standard ??= readParams(readYaml(join(FOLDER, 'default.yaml'))));

/**
 * A world by its name, or by the path of its file (YAML or JSON), over the default one. Throws a Fault that names the file
 * and the line or the place in it.
 */
export function loadWorld(nameOrPath: string): WorldParams {
  if (nameOrPath === 'default') return defaultWorld();
  const shipped = join(FOLDER, `${nameOrPath}.yaml`);
  const path = /^[a-z-]+$/u.test(nameOrPath) && existsSync(shipped) ? shipped : nameOrPath;
  if (!existsSync(path)) {
    const remedy = `name a file, or one of ${worldNames().join(', ')}`;
    throw new Fault({ kind: 'missing', value: `world ${quote(nameOrPath)}`, rule: 'is no file and no known world', remedy });
  }
  return readYamlAs(path, (value) => readParams(value, defaultWorld()));
}
