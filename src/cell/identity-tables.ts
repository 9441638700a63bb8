import { open, type Database, type RootDatabase } from 'lmdb';
import { checkLmdbFile } from '../base/index.ts';
import { identityFault, RESTORE } from './identity-faults.ts';

/** A pair under erasure: kept until its slot is wiped, so that a crash in between is made good. */
export interface Doomed {
  readonly slot: number;
}

/** The map of identities as it lies on the disk. The layout is in docs/reference/formats.md. */
export interface IdentityTables {
  readonly root: RootDatabase;
  readonly forward: Database<Buffer, Buffer>;
  readonly reverse: Database<Buffer, string>;
  readonly doomed: Database<Doomed, string>;
  readonly meta: Database<number, 'slots' | 'erasures'>;
  readonly suppressed: Database<string, string>;
}

/** Opens the file, or makes it. Throws a Fault: `corrupt`, `unavailable`. */
export function openIdentityTables(path: string): IdentityTables {
  let root: RootDatabase | undefined;
  try {
    checkLmdbFile(path, { rule: 'is no map of identities', remedy: RESTORE });
    root = open({ path, noSubdir: true, maxDbs: 5, overlappingSync: false, encoding: 'binary' });
    return {
      root,
      forward: root.openDB<Buffer, Buffer>({ name: 'forward', encoding: 'binary', keyEncoding: 'binary' }),
      reverse: root.openDB<Buffer, string>({ name: 'reverse', encoding: 'binary' }),
      doomed: root.openDB<Doomed, string>({ name: 'doomed', encoding: 'json' }),
      meta: root.openDB<number, 'slots' | 'erasures'>({ name: 'meta', encoding: 'json' }),
      suppressed: root.openDB<string, string>({ name: 'suppressed', encoding: 'string' }),
    };
  } catch (cause) {
    void root?.close();
    throw identityFault(path, cause);
  }
}
