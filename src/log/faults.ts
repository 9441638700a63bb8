import { getSystemErrorName } from 'node:util';
import { Fault, fileFault } from '../base/index.ts';

export function closedFault(): Fault {
  return new Fault({ kind: 'unavailable', value: 'log', rule: 'is closed', remedy: 'open it again' });
}

/** What the store says as a Fault of kind `unavailable` (or `corrupt`), with the remedy that fits. */
export function storeFault(path: string, cause: unknown): Fault {
  if (cause instanceof Fault) return cause;
  const { code, message = '' } = (cause ?? {}) as { code?: unknown; message?: string };
  const told = /no space left/iu.test(message) ? 'ENOSPC' : code; // a copy that fails says so in words alone
  const name = typeof told === 'number' && told > 0 ? getSystemErrorName(-told) : told;
  if (name === 'EFBIG') {
    return new Fault({
      kind: 'unavailable',
      value: path,
      rule: 'has reached the file size limit',
      remedy: 'raise it (ulimit -f)',
      cause,
    });
  }
  if (/MDB_(INVALID|CORRUPTED|PAGE_NOTFOUND|VERSION_MISMATCH)/u.test(message)) {
    return new Fault({
      kind: 'corrupt',
      value: path,
      rule: 'is not a readable log',
      remedy: 'restore it from a backup',
      cause,
    });
  }
  if (/MDB_MAP_FULL/u.test(message)) {
    return new Fault({
      kind: 'unavailable',
      value: path,
      rule: 'has filled its map',
      remedy: 'open it with a larger mapSize',
      cause,
    });
  }
  return fileFault(
    path,
    typeof name === 'string' ? Object.assign(new Error(message, { cause }), { code: name }) : cause,
  );
}
