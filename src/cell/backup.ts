import { existsSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { Fault, fileFault, makeFolder, sha256File, syncFolder, writeFileAtomic, type Clock } from '../base/index.ts';
import { filesBelow, sizeOf } from './tree.ts';

/** How far a store had come when it was copied, e.g. `{ end: 148_211 }`. */
export type Positions = Readonly<Record<string, number>>;

/** Something of a cell that a backup holds, in a folder of this name. */
export interface BackupStore {
  readonly name: string;
  /** Copies what is durable now to a new folder; the cell goes on writing meanwhile. */
  copy(target: string): Positions | Promise<Positions>;
}

/** What a backup says of itself, in `backup.json`. */
export interface BackupManifest {
  readonly format: number;
  /** Of the cell. */
  readonly id: string;
  readonly region: string;
  /** When the copying began and ended, ISO 8601. */
  readonly begun: string;
  readonly done: string;
  readonly positions: Readonly<Record<string, Positions>>;
  readonly files: readonly BackedUpFile[];
}

export interface BackedUpFile {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
}

export interface BackupOptions {
  /** A folder that does not exist yet. */
  readonly out: string;
  readonly cell: { readonly id: string; readonly region: string };
  /** In the order in which they are copied: what refers to another store comes before it. */
  readonly stores: readonly BackupStore[];
  readonly clock: Clock;
  readonly onProgress?: (store: string) => void;
  readonly signal?: AbortSignal;
}

export const BACKUP_FORMAT = 1;
export const BACKUP_FILE = 'backup.json';

/** Copies the stores of a cell to a new folder, whole or not at all. Throws a Fault. */
export async function writeBackup({ out, cell, stores, clock, onProgress, signal }: BackupOptions): Promise<BackupManifest> {
  if (existsSync(out)) {
    throw new Fault({ kind: 'conflict', value: out, rule: 'exists already', remedy: 'name a folder that does not exist yet' });
  }
  const partial = `${out}.partial`;
  rmSync(partial, { recursive: true, force: true });
  makeFolder(partial, { mode: 0o700 });
  try {
    const begun = new Date(clock()).toISOString();
    const positions: Record<string, Positions> = {};
    for (const store of stores) {
      signal?.throwIfAborted();
      onProgress?.(store.name);
      positions[store.name] = await store.copy(join(partial, store.name));
      await setImmediate();
    }
    const files: BackedUpFile[] = [];
    for (const path of filesBelow(partial)) {
      signal?.throwIfAborted();
      files.push({ path, bytes: sizeOf(join(partial, path)), sha256: sha256File(join(partial, path), 'sync') });
      await setImmediate();
    }
    const manifest: BackupManifest = { format: BACKUP_FORMAT, ...cell, begun, done: new Date(clock()).toISOString(), positions, files };
    writeFileAtomic(join(partial, BACKUP_FILE), `${JSON.stringify(manifest, null, 1)}\n`, { mode: 0o600 });
    renameSync(partial, out);
    syncFolder(dirname(out));
    return manifest;
  } catch (cause) {
    rmSync(partial, { recursive: true, force: true });
    throw cause instanceof Fault || signal?.aborted ? cause : fileFault(out, cause);
  }
}
