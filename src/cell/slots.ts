import { randomBytes } from 'node:crypto';
import { closeSync, fdatasyncSync, fstatSync, openSync, readSync } from 'node:fs';
import { fileFault, writeFully } from '../base/index.ts';

const SECRET_BYTES = 16;

/**
 * A file of random secrets, one a slot. What is encrypted under a slot's secret is gone when the slot is overwritten in
 * place, wherever copies of the ciphertext linger.
 */
export interface Slots {
  /** Fills a fresh slot and gives its secret; written, and durable, after `sync`. */
  fill(slot: number): Buffer;
  /** How many bytes it lacks where so many slots were filled; 0: none. */
  lacking(slots: number): number;
  /** The secret, or undefined where the slot is wiped or was never filled. */
  read(slot: number): Buffer | undefined;
  /** Overwrites the slot with zeros, durably. */
  wipe(slot: number): void;
  /** Writes what was filled since, durably. */
  sync(): void;
  /** Forgets what was filled and not written. */
  drop(): void;
  close(): void;
}

export function openSlots(path: string): Slots {
  const fd = openPrivate(path);
  const filled = new Map<number, Buffer>();
  const attempt = <T>(action: () => T): T => {
    try {
      return action();
    } catch (cause) {
      throw fileFault(path, cause);
    }
  };
  return {
    fill(slot) {
      const secret = freshSecret();
      filled.set(slot, secret);
      return secret;
    },
    lacking: (slots) => Math.max(0, slots * SECRET_BYTES - fstatSync(fd).size),
    read(slot) {
      const fresh = filled.get(slot);
      if (fresh !== undefined) return fresh;
      const secret = Buffer.alloc(SECRET_BYTES);
      attempt(() => readSync(fd, secret, 0, SECRET_BYTES, slot * SECRET_BYTES));
      return secret.some((byte) => byte !== 0) ? secret : undefined;
    },
    wipe(slot) {
      filled.delete(slot);
      attempt(() => {
        writeFully(fd, Buffer.alloc(SECRET_BYTES), slot * SECRET_BYTES);
        fdatasyncSync(fd);
      });
    },
    sync() {
      if (filled.size === 0) return;
      attempt(() => {
        for (const [first, secrets] of runs(filled)) writeFully(fd, secrets, first * SECRET_BYTES);
        fdatasyncSync(fd);
      });
      filled.clear();
    },
    drop: () => filled.clear(),
    close: () => closeSync(fd),
  };
}

/** What was filled, slots in a row together: of each run the first slot, and the secrets. */
function runs(filled: ReadonlyMap<number, Buffer>): [first: number, secrets: Buffer][] {
  const found: { first: number; secrets: Buffer[] }[] = [];
  for (const [slot, secret] of [...filled].toSorted(([a], [b]) => a - b)) {
    const last = found.at(-1);
    if (last !== undefined && last.first + last.secrets.length === slot) last.secrets.push(secret);
    else found.push({ first: slot, secrets: [secret] });
  }
  return found.map(({ first, secrets }) => [first, Buffer.concat(secrets)]);
}

const POOLED = 256 * SECRET_BYTES; // to ask for one secret costs as much as to ask for hundreds
let pool = Buffer.alloc(0);
let used = 0;

function freshSecret(): Buffer {
  if (used >= pool.length) [pool, used] = [randomBytes(POOLED), 0];
  return Buffer.from(pool.subarray(used, (used += SECRET_BYTES)));
}

function openPrivate(path: string): number {
  for (const flags of ['r+', 'wx+']) {
    try {
      return openSync(path, flags, 0o600);
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code !== 'ENOENT') throw fileFault(path, cause);
    }
  }
  throw fileFault(path, undefined);
}
