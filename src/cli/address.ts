import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { writeFileAtomic } from '../base/index.ts';

const FILE = 'server.json';

/** Where a cell's running process answers. */
export interface Address {
  pid: number;
  url: string;
}

export function writeAddress(dir: string, address: Address): void {
  writeFileAtomic(join(dir, FILE), `${JSON.stringify(address)}\n`);
}

export function removeAddress(dir: string): void {
  rmSync(join(dir, FILE), { force: true });
}

/** The address of the cell's process, or undefined where none runs; what a killed one left behind does not count. */
export function findAddress(dir: string): Address | undefined {
  const path = join(dir, FILE);
  if (!existsSync(path)) return undefined;
  try {
    const address = JSON.parse(readFileSync(path, 'utf8')) as Address;
    process.kill(address.pid, 0);
    return address;
  } catch {
    return undefined;
  }
}
