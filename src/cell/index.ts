export { writeBackup, type BackupManifest, type BackupStore, type Positions } from './backup.ts';
export { openCell, type Cell, type CellOptions, type CellPaths } from './cell.ts';
export { freeDisk } from './disk.ts';
export type { CellIdentities } from './identities.ts';
export { openKeys, type CellKeys } from './keys.ts';
export type { Quarantine, QuarantineEntry } from './quarantine.ts';
export { lockCell } from './lock.ts';
export { readBackup, unpackBackup, verifyBackup, type UnpackOptions } from './restore.ts';
export { folderStore, identityStore, stateStore, topStore } from './stores.ts';
