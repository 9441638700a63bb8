import { hash } from 'node:crypto';

/** Message authentication codes under one key. */
export interface Mac {
  /** 32 bytes. */
  of(message: string | Uint8Array): Buffer;
}

const BLOCK = 64;
const DIGEST = 32;

/** HMAC-SHA256 (RFC 2104) of short messages, by two hashes at one go: an Hmac of Node for each message takes three times as long. */
export function createMac(key: Uint8Array): Mac {
  const padded = Buffer.alloc(BLOCK);
  padded.set(key.length > BLOCK ? hash('sha256', key, 'buffer') : key);
  const padding = padded.map((byte) => byte ^ 0x36);
  const outer = Buffer.alloc(BLOCK + DIGEST);
  outer.set(padded.map((byte) => byte ^ 0x5c));
  let inner = Buffer.alloc(0);
  let views: Uint8Array[] = []; // of `inner`, by the length of the message

  const reserve = (length: number): void => {
    if (BLOCK + length <= inner.length) return;
    inner = Buffer.alloc(2 * (BLOCK + length));
    inner.set(padding);
    views = [];
  };

  const write = (message: string | Uint8Array): number => {
    reserve(typeof message === 'string' ? 3 * message.length : message.length);
    if (typeof message === 'string') return inner.write(message, BLOCK);
    inner.set(message, BLOCK);
    return message.length;
  };

  return {
    of(message) {
      const length = write(message);
      const view = (views[length] ??= inner.subarray(0, BLOCK + length));
      outer.write(hash('sha256', view, 'binary'), BLOCK, 'binary');
      return Buffer.from(hash('sha256', outer, 'binary'), 'binary');
    },
  };
}
