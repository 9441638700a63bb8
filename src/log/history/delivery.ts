import { mix32 } from '../../base/index.ts';

/** 96 bits that stand for a delivery, in three words. */
export type DeliveryKey = Uint32Array;

/** Words of a key. */
export const KEY_WORDS = 3;

/**
 * Writes the key of source and id: equal for a repeated delivery, the same on every node. Ids come as keyed digests or random
 * texts, so nobody chooses what they hash to: of 10 M deliveries, two share a key once in 10^15 times.
 */
export function deliveryKey(source: string, id: string, out: DeliveryKey): void {
  let a = source.length;
  let b = 0x9e3779b9;
  let c = id.length;
  for (const text of [source, id]) {
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      a = Math.imul(((a << 13) | (a >>> 19)) ^ code, 0x85ebca77);
      b = Math.imul(((b << 15) | (b >>> 17)) ^ code, 0xc2b2ae3d);
      c = Math.imul(((c << 11) | (c >>> 21)) ^ code, 0x27d4eb2f);
    }
  }
  out[0] = mix32(a ^ mix32(b));
  out[1] = mix32(b ^ mix32(c));
  out[2] = mix32(c ^ mix32(a + 1));
}
