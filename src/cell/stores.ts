import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { currentFolder } from '../base/index.ts';
import type { BackupStore } from './backup.ts';
import type { CellPaths } from './cell.ts';
import { copyLmdb, copyLmdbFolder } from './lmdb-copy.ts';
import { copyFiles, isKept } from './tree.ts';

/** Files of the running process alone. */
const OF_THE_PROCESS = new Set(['cell.lock', 'cell.pid', 'server.json']);

/** What lies at the top of a data folder: the cell's manifest, and what was put beside it. */
export const topStore = (dir: string): BackupStore => ({
  name: 'cell',
  copy(target) {
    const files = readdirSync(dir, { withFileTypes: true }).filter((entry) => entry.isFile() && isKept(entry.name) && !OF_THE_PROCESS.has(entry.name));
    copyFiles(dir, target, files.map(({ name }) => name));
    return {};
  },
});

/** A folder of files that are written whole and then never changed, or only appended to. */
export const folderStore = (paths: CellPaths, name: keyof CellPaths): BackupStore => ({
  name,
  copy(target) {
    copyFiles(paths[name], target);
    return {};
  },
});

/** The identity map: the pairs first, then the secrets that they are sealed under, so that each pair finds its own. */
export const identityStore = (paths: CellPaths): BackupStore => ({
  name: 'identities',
  async copy(target) {
    await copyLmdb(join(paths.identities, 'identities.mdb'), join(target, 'identities.mdb'));
    copyFiles(paths.identities, target, ['secrets.bin']);
    return {};
  },
});

/** The state, so that a restored cell folds the rest of the log only. */
export const stateStore = (paths: CellPaths): BackupStore => ({
  name: 'state',
  async copy(target) {
    const folder = currentFolder(paths.state);
    if (existsSync(join(folder, 'data.mdb'))) await copyLmdbFolder(folder, target);
    return {};
  },
});
