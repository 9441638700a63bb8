import { createPrivateKey, createPublicKey, generateKeyPairSync, hkdfSync, randomBytes, type KeyObject } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Fault, fileFault, makeFolder, writeFileAtomic } from '../base/index.ts';

/** The secrets of a cell. They never leave its region. */
export interface CellKeys {
  /** A 256-bit key for one purpose, derived from the data key (HKDF-SHA256). */
  derive(purpose: 'identity-index' | 'identity-pairs' | 'quarantine' | 'event-ids' | 'suppression'): Buffer;
  /** Ed25519: signs receipts and control events. */
  readonly signing: KeyObject;
  readonly verifying: KeyObject;
}

const DATA_BYTES = 32;

/**
 * Reads the keys of a cell; makes them where `create` says that the cell is new. Throws a Fault where a key is missing,
 * damaged or readable by others.
 */
export function openKeys(dir: string, { create }: { create: boolean }): CellKeys {
  const dataPath = join(dir, 'data.key');
  const signingPath = join(dir, 'signing.pem');
  if (create) {
    makeFolder(dir, { mode: 0o700 });
    if (!existsSync(dataPath)) writeSecret(dataPath, randomBytes(DATA_BYTES));
    if (!existsSync(signingPath)) {
      const { privateKey } = generateKeyPairSync('ed25519');
      writeSecret(signingPath, Buffer.from(privateKey.export({ type: 'pkcs8', format: 'pem' })));
    }
  }
  const data = readSecret(dataPath);
  if (data.length !== DATA_BYTES) throw damaged(dataPath);
  const signing = parsePrivateKey(signingPath);
  return {
    derive: (purpose) => Buffer.from(hkdfSync('sha256', data, 'leadrank', purpose, 32)),
    signing,
    verifying: createPublicKey(signing),
  };
}

function parsePrivateKey(path: string): KeyObject {
  const pem = readSecret(path);
  try {
    return createPrivateKey(pem);
  } catch (cause) {
    throw damaged(path, cause);
  }
}

function readSecret(path: string): Buffer {
  let bytes: Buffer;
  let mode: number;
  try {
    bytes = readFileSync(path);
    ({ mode } = statSync(path));
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ENOENT') throw fileFault(path, cause);
    throw new Fault({
      kind: 'missing',
      value: path,
      rule: 'the cell cannot be read without it',
      remedy: 'restore it from a backup',
      cause,
    });
  }
  if ((mode & 0o077) !== 0) {
    throw new Fault({ kind: 'forbidden', value: path, rule: 'is open to other users', remedy: 'run chmod 600 on it' });
  }
  return bytes;
}

function writeSecret(path: string, bytes: Uint8Array): void {
  writeFileAtomic(path, bytes, { mode: 0o600 });
}

function damaged(path: string, cause?: unknown): Fault {
  return new Fault({ kind: 'corrupt', value: path, rule: 'is not a key', remedy: 'restore it from a backup', cause });
}
