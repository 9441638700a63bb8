import { generateKeyPairSync } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { exampleBundle } from './example.fixture.ts';
import { checkBundleTarget, readBundle, signBundle, verifyBundleSignature, writeBundle } from './folder.ts';
import { keyFingerprint, SIGNATURE } from './signature.ts';

const content = exampleBundle();
let root: string;
let dir: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'bundle-'));
  dir = join(root, 'model');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

describe('writeBundle and readBundle', () => {
  it('give back what was written, and leave nothing else behind', () => {
    const written = writeBundle(dir, content);
    expect(readBundle(dir)).toEqual(written);
    expect(readdirSync(root)).toEqual(['model']);
  });

  it('make the folders above, and take an empty folder or an older bundle with its card', () => {
    const deep = join(root, 'a', 'b', 'model');
    mkdirSync(deep, { recursive: true });
    writeBundle(deep, content);
    writeFileSync(join(deep, 'card.html'), '<p>');
    const newer = writeBundle(deep, exampleBundle(2));
    expect(readBundle(deep).id).toBe(newer.id);
    expect(readdirSync(deep)).not.toContain('card.html');
    expect(readdirSync(join(root, 'a', 'b'))).toEqual(['model']);
  });

  it('keep a link to the folder a link', () => {
    mkdirSync(dir);
    symlinkSync(dir, join(root, 'current'));
    const { id } = writeBundle(join(root, 'current'), content);
    expect(readBundle(dir).id).toBe(id);
  });

  it('can be asked beforehand whether they may write, and leave nothing by it', () => {
    for (const free of [dir, join(dir, 'a', 'b')]) expect(() => checkBundleTarget(free)).not.toThrow();
    writeBundle(dir, content);
    expect(() => checkBundleTarget(dir)).not.toThrow();
    writeFileSync(join(root, 'file'), 'a file');
    expect(() => checkBundleTarget(join(root, 'file', 'model'))).toThrow(/not a folder/);
    mkdirSync(join(root, 'other'));
    writeFileSync(join(root, 'other', 'thesis.tex'), 'years of work');
    expect(() => checkBundleTarget(join(root, 'other'))).toThrow(/"thesis.tex"/);
    expect(readdirSync(root).toSorted()).toEqual(['file', 'model', 'other']);
  });

  it('refuse a folder that is something else, and leave it untouched', () => {
    mkdirSync(dir);
    writeFileSync(join(dir, 'thesis.tex'), 'years of work');
    expect(() => writeBundle(dir, content)).toThrow(/"thesis.tex"/);
    writeBundle(join(root, 'mixed'), content);
    writeFileSync(join(root, 'mixed', 'notes.md'), 'mine');
    expect(() => writeBundle(join(root, 'mixed'), content)).toThrow(/"notes.md"/);
    writeFileSync(join(root, 'file'), 'a file');
    expect(() => writeBundle(join(root, 'file'), content)).toThrow(/not a folder/);
    expect(readFileSync(join(dir, 'thesis.tex'), 'utf8')).toBe('years of work');
    expect(readdirSync(root).toSorted()).toEqual(['file', 'mixed', 'model']);
  });

  it('name a path that can not be', () => {
    writeFileSync(join(root, 'file'), 'a file');
    expect(() => writeBundle(join(root, 'file', 'model'), content)).toThrow(
      /model: a part of the path is not a folder/,
    );
    expect(readdirSync(root)).toEqual(['file']);
  });

  // Root may write anywhere: for it there is nothing to see here, and so no test.
  if (process.getuid?.() !== 0) {
    it('leave the older bundle where the disk refuses', () => {
      const { id } = writeBundle(dir, content);
      chmodSync(root, 0o500);
      expect(() => writeBundle(dir, exampleBundle(2))).toThrow(/permission denied/);
      chmodSync(root, 0o700);
      expect(readBundle(dir).id).toBe(id);
    });
  }

  it('write nothing that could not be read back', () => {
    expect(() => writeBundle(dir, { ...content, percentiles: Float64Array.of(2, 1) })).toThrow(/percentiles.json/);
    expect(existsSync(dir)).toBe(false);
  });

  it('name what is missing or broken', () => {
    expect(() => readBundle(join(root, 'nowhere'))).toThrow(/no such file or folder/);
    writeBundle(dir, content);
    const path = join(dir, 'trees.bin');
    const bytes = readFileSync(path);
    bytes[100]! ^= 1;
    writeFileSync(path, bytes);
    expect(() => readBundle(dir)).toThrow(/^trees.bin: its hash/);
    rmSync(path);
    expect(() => readBundle(dir)).toThrow(/^trees.bin: a bundle has this file/);
  });
});

describe('signatures', () => {
  const ours = generateKeyPairSync('ed25519');
  const theirs = generateKeyPairSync('ed25519');

  it('name the trusted key; an unsigned bundle has none', () => {
    writeBundle(dir, content);
    expect(verifyBundleSignature(dir, [ours.publicKey])).toBeNull();
    signBundle(dir, ours.privateKey);
    expect(verifyBundleSignature(dir, [theirs.publicKey, ours.publicKey])).toBe(keyFingerprint(ours.publicKey));
  });

  it('fail for another key, another bundle and a broken file', () => {
    writeBundle(dir, content);
    const signature = signBundle(dir, ours.privateKey);
    expect(() => verifyBundleSignature(dir, [theirs.publicKey])).toThrow(/not trusted/);
    writeBundle(dir, exampleBundle(2));
    writeFileSync(join(dir, SIGNATURE), JSON.stringify(signature));
    expect(() => verifyBundleSignature(dir, [ours.publicKey])).toThrow(/does not sign/);
    writeFileSync(join(dir, SIGNATURE), '{}');
    expect(() => verifyBundleSignature(dir, [ours.publicKey])).toThrow(/no Ed25519 signature/);
  });
});
