import { getSystemErrorName } from 'node:util';
import { Fault, fileFault } from '../base/index.ts';

export const RESTORE = 'restore the cell from a backup';

/** What LMDB says of the map of identities at a path, as a Fault: `corrupt` where its bytes are at fault, or `unavailable`; anything else as it is. */
export function identityFault(path: string, cause: unknown): unknown {
  const { code, message = '' } = (cause ?? {}) as { code?: unknown; message?: string };
  if (typeof code !== 'number') return cause;
  if (/MDB_(INVALID|CORRUPTED|PAGE_NOTFOUND|VERSION_MISMATCH)/u.test(message)) {
    return new Fault({ kind: 'corrupt', value: path, rule: 'is no readable map of identities', remedy: RESTORE, cause });
  }
  return fileFault(path, Object.assign(new Error('LMDB', { cause }), { code: code > 0 ? getSystemErrorName(-code) : 'LMDB' }));
}

/** That the file of secrets lacks some that were given: their pairs would look like erased ones. */
export const lackingSecrets = (path: string, bytes: number): Fault =>
  new Fault({ kind: 'corrupt', value: path, rule: `lacks ${bytes} bytes of its end`, remedy: RESTORE });

/** That the map is gone whose secrets are there: whoever is known would be somebody new. */
export const lostPairs = (path: string): Fault => new Fault({ kind: 'corrupt', value: path, rule: 'is empty, and there are secrets of pairs that lay in it', remedy: RESTORE });
