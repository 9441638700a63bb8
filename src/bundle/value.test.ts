import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson, Fault } from '../base/index.ts';
import { decodeBundle, encodeBundle } from './codec.ts';
import { exampleBundle } from './example.fixture.ts';
import { encodeManifest, MANIFEST, manifestOf } from './manifest.ts';
import { amountOf, type OutcomeValue } from './value.ts';

const plain = exampleBundle();
const value: OutcomeValue = {
  own: 'visits',
  model: { trees: exampleBundle(3).model, scale: 'log', factor: 1.25 },
  currency: 'EUR',
  metrics: { rows: 200 },
};
const valued = { ...plain, value };

const resealed = (name: string, bytes: Uint8Array): Map<string, Uint8Array> => {
  const files = new Map(encodeBundle(valued).files).set(name, bytes);
  return files.set(MANIFEST, encodeManifest(manifestOf(files)));
};
const json = (said: unknown): Uint8Array => new TextEncoder().encode(canonicalJson(said));
const formatOf = (files: ReadonlyMap<string, Uint8Array>): number =>
  (JSON.parse(new TextDecoder().decode(files.get(MANIFEST))) as { format: number }).format;

describe('a bundle that says what its outcome is worth', () => {
  it('comes back as it was, with trees and without', () => {
    for (const said of [value, { ...value, model: null }, { own: null, model: null, currency: null, metrics: {} }]) {
      const { id, files } = encodeBundle({ ...plain, value: said });
      expect(decodeBundle(files)).toEqual({ id, ...plain, value: said });
      expect(formatOf(files)).toBe(2);
    }
  });

  it('has a format of its own: one that says nothing of it is written as before, for earlier releases', () => {
    expect(formatOf(encodeBundle(plain).files)).toBe(1);
    expect(encodeBundle(valued).id).not.toBe(encodeBundle(plain).id);
  });

  it('is refused where a file is changed, missing, or makes no sense', () => {
    for (const name of ['value.json', 'value.bin']) {
      const { files } = encodeBundle(valued);
      files.get(name)![3]! ^= 1;
      expect(() => decodeBundle(files)).toThrow(name);
      files.delete(name);
      expect(() => decodeBundle(files)).toThrow(name);
    }
    const said = { own: 'visits', model: { scale: 'log', factor: 1 }, currency: 'EUR', metrics: {} };
    expect(decodeBundle(resealed('value.json', json(said))).value).toMatchObject({ own: 'visits' });
    for (const wrong of [{ own: 'nothing' }, { model: null }, { model: { scale: 'log', factor: 0 } }, { model: { scale: 'root', factor: 1 } }, { currency: 'euro' }, { metrics: [] }]) {
      expect(() => decodeBundle(resealed('value.json', json({ ...said, ...wrong })))).toThrow(Fault);
    }
    fc.assert(fc.property(fc.jsonValue(), (any) => {
      expect(() => decodeBundle(resealed('value.json', json(any)))).toThrow(Fault);
    }));
  });
});

it('an amount is never below nothing, and grows with raw', () => {
  expect(amountOf({ scale: 'amount', factor: 2 }, -5)).toBe(0);
  expect(amountOf({ scale: 'log', factor: 2 }, 0)).toBe(2);
  fc.assert(fc.property(fc.double({ min: -50, max: 50, noNaN: true }), fc.double({ min: 0, max: 5, noNaN: true }), fc.constantFrom('log', 'amount'), (raw, more, scale) => {
    const how = { scale, factor: 1.5 } as const;
    expect(amountOf(how, raw + more)).toBeGreaterThanOrEqual(amountOf(how, raw));
  }));
});
