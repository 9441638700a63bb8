import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { onDisk } from '../../base/index.ts';

/** What jobs found, kept in the scratch: for the jobs that come after, and for a build that goes on after it was cut short. */
export const findings = (scratch: string) => ({
  has: (name: string): boolean => existsSync(join(scratch, name)),
  get: <T>(name: string): T => deserialize(readFileSync(join(scratch, name))) as T,
  keep: (name: string, value: unknown): void => layDown(join(scratch, name), serialize(value)),
});

/** Writes a file whole or not at all. Not durably: a scratch is not taken up after the machine stopped. */
export function layDown(path: string, bytes: Uint8Array): void {
  onDisk(path, () => {
    writeFileSync(`${path}.partial`, bytes, { mode: 0o600 });
    renameSync(`${path}.partial`, path);
  });
}
