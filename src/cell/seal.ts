import { createCipheriv, createDecipheriv, randomBytes, type CipherKey } from 'node:crypto';

export const NONCE_BYTES = 12;
export const TAG_BYTES = 16;

/** nonce | ciphertext | tag, by AES-256-GCM. A nonce must be used once under a key. */
export function seal(key: CipherKey, plain: Uint8Array, nonce: Uint8Array = randomBytes(NONCE_BYTES)): Buffer {
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

/** What was sealed, or undefined where the key is another or a bit has changed. */
export function unseal(key: CipherKey, sealed: Uint8Array): Buffer | undefined {
  if (sealed.length < NONCE_BYTES + TAG_BYTES) return undefined;
  const end = sealed.length - TAG_BYTES;
  const cipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES });
  cipher.setAuthTag(sealed.subarray(end));
  try {
    return Buffer.concat([cipher.update(sealed.subarray(NONCE_BYTES, end)), cipher.final()]);
  } catch {
    return undefined;
  }
}
