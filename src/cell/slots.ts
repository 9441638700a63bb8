import { randomBytes } from 'node:crypto';
import { closeSync, fdatasyncSync, openSync, readSync, writeSync } from 'node:fs';
import { fileFault } from '../base/index.ts';

const SECRET_BYTES = 16;

/**
 * A file of random secrets, one a slot. What is encrypted under a slot's secret is gone when the slot is overwritten in
 * place, wherever copies of the ciphertext linger.
 */
export interface Slots {
  /** Fills a fresh slot and gives its secret; durable after `sync`. */
  fill(slot: number): Buffer;
  /** The secret, or undefined where the slot is wiped or was never filled. */
  read(slot: number): Buffer | undefined;
  /** Overwrites the slot with zeros, durably. */
  wipe(slot: number): void;
  /** Makes what was filled since durable. */
  sync(): void;
  close(): void;
}

export function openSlots(path: string): Slots {
  const fd = openPrivate(path);
  let unsynced = false;
  const attempt = <T>(action: () => T): T => {
    try {
      return action();
    } catch (cause) {
      throw fileFault(path, cause);
    }
  };
  return {
    fill(slot) {
      const secret = randomBytes(SECRET_BYTES);
      attempt(() => writeSync(fd, secret, 0, SECRET_BYTES, slot * SECRET_BYTES));
      unsynced = true;
      return secret;
    },
    read(slot) {
      const secret = Buffer.alloc(SECRET_BYTES);
      attempt(() => readSync(fd, secret, 0, SECRET_BYTES, slot * SECRET_BYTES));
      return secret.some((byte) => byte !== 0) ? secret : undefined;
    },
    wipe(slot) {
      attempt(() => {
        writeSync(fd, Buffer.alloc(SECRET_BYTES), 0, SECRET_BYTES, slot * SECRET_BYTES);
        fdatasyncSync(fd);
      });
    },
    sync() {
      if (!unsynced) return;
      attempt(() => fdatasyncSync(fd));
      unsynced = false;
    },
    close: () => closeSync(fd),
  };
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
