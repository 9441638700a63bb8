import { createPublicKey, sign, verify, type KeyObject } from 'node:crypto';
import { sha256Hex } from '../base/index.ts';
import { corrupt, parseJson } from './faults.ts';

export const SIGNATURE = 'signature.json';

/** Who vouches for a bundle. */
export interface Signature {
  algorithm: 'Ed25519';
  /** Fingerprint of the public key. */
  key: string;
  /** Base64. */
  signature: string;
}

/** Hex SHA-256 of a public key's DER form: its name in configuration and in signatures. */
export function keyFingerprint(key: KeyObject): string {
  const publicKey = key.type === 'private' ? createPublicKey(key) : key;
  return sha256Hex(publicKey.export({ type: 'spki', format: 'der' }));
}

/** Signs a bundle's id, and so all of its content, with an Ed25519 private key. */
export function signId(id: string, privateKey: KeyObject): Signature {
  return {
    algorithm: 'Ed25519',
    key: keyFingerprint(privateKey),
    signature: sign(null, message(id), privateKey).toString('base64'),
  };
}

/** True where the signature is the key's, over this id. */
export function isSignedBy(id: string, { algorithm, key, signature }: Signature, publicKey: KeyObject): boolean {
  if (algorithm !== 'Ed25519' || key !== keyFingerprint(publicKey)) return false;
  return verify(null, message(id), publicKey, Buffer.from(signature, 'base64'));
}

export function parseSignature(bytes: Uint8Array): Signature {
  const value = parseJson(SIGNATURE, bytes) as Partial<Signature> | null;
  if (value?.algorithm !== 'Ed25519' || typeof value.key !== 'string' || typeof value.signature !== 'string') {
    throw corrupt(SIGNATURE, 'it holds no Ed25519 signature');
  }
  return { algorithm: value.algorithm, key: value.key, signature: value.signature };
}

/** What is signed says what it is, so that a signature can not be passed off as one over something else. */
function message(id: string): Uint8Array {
  return new TextEncoder().encode(`leadrank bundle ${id}`);
}
