import { existsSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { Fault, fileFault, makeFolder, sha256File, syncFolder } from '../base/index.ts';
import { BACKUP_FILE, BACKUP_FORMAT, type BackupManifest } from './backup.ts';
import { copyFiles, filesBelow, sizeOf } from './tree.ts';

/** Reads what a backup says of itself. Throws a Fault: `missing`, `corrupt`, `newer`. */
export function readBackup(from: string): BackupManifest {
  const path = join(from, BACKUP_FILE);
  let manifest: Partial<BackupManifest> | null;
  try {
    manifest = JSON.parse(readFileSync(path, 'utf8')) as Partial<BackupManifest> | null;
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw fileFault(path, cause);
    throw damaged(path, 'does not describe a backup', cause);
  }
  if (typeof manifest?.format === 'number' && manifest.format > BACKUP_FORMAT) {
    const rule = `has format ${manifest.format}, this release reads ${BACKUP_FORMAT}`;
    throw new Fault({ kind: 'newer', value: path, rule, remedy: 'update leadrank' });
  }
  if (manifest?.format !== BACKUP_FORMAT || !Array.isArray(manifest.files)) throw damaged(path, 'does not describe a backup');
  return manifest as BackupManifest;
}

/** Checks every file of a backup against its hash. Throws a Fault that names the first that differs or is not listed. */
export async function verifyBackup(from: string, { files }: BackupManifest, onProgress?: (files: number) => void): Promise<void> {
  const listed = new Set(files.map(({ path }) => path));
  const stray = filesBelow(from).find((path) => path !== BACKUP_FILE && !listed.has(path));
  if (stray !== undefined) throw damaged(join(from, stray), 'is not listed in the backup');
  for (const [i, { path, bytes, sha256 }] of files.entries()) {
    const whole = join(from, path);
    if (!existsSync(whole)) throw damaged(whole, 'is missing from the backup');
    if (sizeOf(whole) !== bytes || sha256File(whole, 'read') !== sha256) throw damaged(whole, 'is not the file that was backed up');
    onProgress?.(i + 1);
    await setImmediate();
  }
}

export interface UnpackOptions {
  readonly from: string;
  /** The data folder: made, whole or not at all. */
  readonly to: string;
  readonly manifest: BackupManifest;
  /** Adds to the folder before it gets its name. */
  readonly prepare?: (folder: string) => void;
}

/** Lays the files of a verified backup out as a data folder. Throws a Fault where there is one. */
export function unpackBackup({ from, to, manifest, prepare }: UnpackOptions): void {
  if (existsSync(to)) {
    throw new Fault({ kind: 'conflict', value: to, rule: 'exists already', remedy: 'move it away, or name another folder with --data' });
  }
  const partial = `${to}.partial`;
  rmSync(partial, { recursive: true, force: true });
  try {
    makeFolder(partial, { mode: 0o700 });
    // the folder `cell` holds what lies at the top of the data folder
    for (const { path } of manifest.files) {
      const [store, ...rest] = path.split('/');
      if (store === 'cell') copyFiles(join(from, 'cell'), partial, [rest.join('/')]);
      else copyFiles(from, partial, [path]);
    }
    prepare?.(partial);
    for (const path of filesBelow(partial)) sha256File(join(partial, path), 'sync');
    renameSync(partial, to);
    syncFolder(dirname(to));
  } catch (cause) {
    rmSync(partial, { recursive: true, force: true });
    throw cause instanceof Fault ? cause : fileFault(to, cause);
  }
}

const damaged = (path: string, rule: string, cause?: unknown): Fault =>
  new Fault({ kind: 'corrupt', value: path, rule, remedy: 'take another backup', cause });
