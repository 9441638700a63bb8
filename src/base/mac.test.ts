import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createMac } from './mac.ts';

it('is the HMAC of the standard library, for any key, text and bytes', () => {
  const message = fc.oneof(fc.string({ unit: 'binary', maxLength: 300 }), fc.string({ unit: 'grapheme', maxLength: 60 }), fc.uint8Array({ maxLength: 300 }));
  fc.assert(fc.property(fc.uint8Array({ minLength: 1, maxLength: 100 }), fc.array(message, { minLength: 1, maxLength: 6 }), (key, messages) => {
    const mac = createMac(key);
    for (const one of messages) expect(mac.of(one)).toEqual(createHmac('sha256', key).update(one).digest());
  }));
});

it('gives bytes of their own', () => {
  const mac = createMac(new Uint8Array(32));
  const first = mac.of('a');
  const kept = Buffer.from(first);
  mac.of('b');
  expect(first).toEqual(kept);
});
