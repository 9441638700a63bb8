import { randomUUID, type KeyObject } from 'node:crypto';
import { accessSync, constants, existsSync, readdirSync, readFileSync, realpathSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { canonicalJson, Fault, fileFault, onDisk, makeFolder, quote, syncFolder, writeFileAtomic } from '../base/index.ts';
import type { Bundle, BundleContent } from './bundle.ts';
import { decodeBundle, encodeBundle } from './codec.ts';
import { ALL_FILES, MANIFEST } from './manifest.ts';
import { isSignedBy, keyFingerprint, parseSignature, SIGNATURE, signId, type Signature } from './signature.ts';

/** What a bundle's folder may hold. Anything else in it belongs to somebody, and the folder is not replaced. */
const OWN_FILES = new Set<string>([...ALL_FILES, MANIFEST, SIGNATURE, 'card.html']);

/** A file of a bundle is never read beyond this. */
const MAX_FILE_BYTES = 2 ** 30;

/**
 * Writes a bundle's folder whole or not at all: a temporary neighbour, fsync, rename. Takes the place of an empty
 * folder or an older bundle; throws a Fault and leaves everything as it was where the folder is something else or the
 * disk refuses.
 */
export function writeBundle(dir: string, content: BundleContent): Bundle {
  const { files } = encodeBundle(content);
  const bundle = decodeBundle(files); // what would not be read back is not written
  const target = existsSync(dir) ? realpathSync(dir) : resolve(dir);
  checkReplaceable(target);
  const neighbour = (kind: string): string => join(dirname(target), `.${basename(target)}.${randomUUID()}.${kind}`);
  const temporary = neighbour('tmp');
  try {
    makeFolder(temporary);
    for (const [name, bytes] of files) writeFileAtomic(join(temporary, name), bytes);
    syncFolder(temporary);
    swap(temporary, target, neighbour('old'));
    syncFolder(dirname(target));
  } catch (cause) {
    rmSync(temporary, { recursive: true, force: true });
    // What the caller named is at fault, not the neighbour.
    throw fileFault(dir, cause instanceof Fault ? (cause.cause ?? cause) : cause);
  }
  return bundle;
}

/**
 * Puts `fresh` where `target` is. Between the two renames there is neither; where the second fails, the first is
 * undone.
 */
function swap(fresh: string, target: string, old: string): void {
  if (!existsSync(target)) {
    renameSync(fresh, target);
    return;
  }
  renameSync(target, old);
  try {
    renameSync(fresh, target);
  } catch (cause) {
    renameSync(old, target);
    throw cause;
  }
  rmSync(old, { recursive: true, force: true });
}

/**
 * Throws the Fault that `writeBundle` would meet at `dir` as things stand: something else is there, or it may not be
 * written. For a look before long work; leaves nothing behind.
 */
export function checkBundleTarget(dir: string): void {
  const target = existsSync(dir) ? realpathSync(dir) : resolve(dir);
  checkReplaceable(target);
  let parent = dirname(target);
  while (!existsSync(parent)) parent = dirname(parent);
  if (!statSync(parent).isDirectory()) throw fileFault(dir, { code: 'ENOTDIR' });
  onDisk(dir, () => accessSync(parent, constants.W_OK | constants.X_OK));
}

function checkReplaceable(target: string): void {
  if (!existsSync(target)) return;
  const names = list(target);
  const foreign = names.find((name) => !OWN_FILES.has(name));
  const isBundle = names.includes(MANIFEST);
  if (foreign === undefined && (isBundle || names.length === 0)) return;
  throw new Fault({
    kind: 'conflict',
    value: target,
    rule: `holds ${foreign === undefined ? 'no bundle' : quote(foreign)}, and only a bundle is replaced`,
    remedy: 'name another folder, or empty this one yourself',
  });
}

const list = (dir: string): string[] => onDisk(dir, () => readdirSync(dir));

/** Reads and verifies a bundle's folder. Throws a Fault: missing, corrupt (names the file) or newer. */
export function readBundle(dir: string): Bundle {
  const files = new Map<string, Uint8Array>();
  const present = new Set(list(dir));
  for (const name of [MANIFEST, ...ALL_FILES]) if (present.has(name)) files.set(name, readPart(dir, name));
  return decodeBundle(files);
}

function readPart(dir: string, name: string): Uint8Array {
  const path = join(dir, name);
  try {
    if (statSync(path).size <= MAX_FILE_BYTES) return readFileSync(path);
  } catch (cause) {
    throw fileFault(path, cause);
  }
  throw new Fault({ kind: 'too-large', value: path, rule: 'exceeds 1 GiB', remedy: 'restore the bundle' });
}

/** Signs a written bundle with an Ed25519 private key: `signature.json` beside its manifest. */
export function signBundle(dir: string, privateKey: KeyObject): Signature {
  const signature = signId(readBundle(dir).id, privateKey);
  writeFileAtomic(join(dir, SIGNATURE), canonicalJson(signature));
  return signature;
}

/**
 * The fingerprint of the trusted key that signed the bundle, or null where it is unsigned. Throws a Fault: `corrupt`
 * where the signature is broken, `forbidden` where the key is none of the trusted.
 */
export function verifyBundleSignature(dir: string, trusted: readonly KeyObject[]): string | null {
  const { id } = readBundle(dir);
  if (!list(dir).includes(SIGNATURE)) return null;
  const signature = parseSignature(readPart(dir, SIGNATURE));
  const key = trusted.find((candidate) => keyFingerprint(candidate) === signature.key);
  if (key === undefined) {
    throw new Fault({
      kind: 'forbidden',
      value: `bundle ${id}`,
      rule: 'is signed by a key that is not trusted here',
      remedy: 'add the key to the trusted ones, or have it signed by one of them',
    });
  }
  if (isSignedBy(id, signature, key)) return signature.key;
  throw new Fault({
    kind: 'corrupt',
    value: SIGNATURE,
    rule: `does not sign bundle ${id}`,
    remedy: 'sign the bundle again',
  });
}
