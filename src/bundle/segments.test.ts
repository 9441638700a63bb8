import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson, Fault } from '../base/index.ts';
import { decodeBundle, encodeBundle } from './codec.ts';
import { exampleBundle } from './example.fixture.ts';
import { encodeManifest, MANIFEST, manifestOf } from './manifest.ts';
import { SEGMENT_QUANTILES, segmentQuantiles, segmentScore, type SegmentQuantiles } from './segments.ts';

const plain = exampleBundle();
const segments: SegmentQuantiles[] = [{ feature: 'city', fewest: 3, quantiles: new Map([['city 1', Float64Array.of(-1, 0, 2)], ['constructor', Float64Array.of(5)]]) }];
const value = { own: 'visits', model: null, currency: 'EUR', metrics: {} };
const formatOf = (files: ReadonlyMap<string, Uint8Array>): number => (JSON.parse(new TextDecoder().decode(files.get(MANIFEST))) as { format: number }).format;
const resealed = (said: unknown): Map<string, Uint8Array> => {
  const files = new Map(encodeBundle({ ...plain, segments }).files).set('segments.json', new TextEncoder().encode(canonicalJson(said)));
  return files.set(MANIFEST, encodeManifest(manifestOf(files)));
};

describe('a bundle with the quantiles of segments', () => {
  it('comes back as it was, with a value and without, in a format of its own', () => {
    for (const content of [{ ...plain, segments }, { ...plain, segments, value }, { ...plain, segments, value: { ...value, model: { trees: plain.model, scale: 'log' as const, factor: 1 } } }]) {
      const { id, files } = encodeBundle(content);
      expect(decodeBundle(files)).toEqual({ id, ...content });
      expect(formatOf(files)).toBe(3);
    }
    expect(formatOf(encodeBundle({ ...plain, value }).files)).toBe(2);
  });

  it('is the same whatever the order of its segments', () => {
    const turned = segments.map((one) => ({ ...one, quantiles: new Map([...one.quantiles].toReversed()) }));
    expect(encodeBundle({ ...plain, segments: turned }).id).toBe(encodeBundle({ ...plain, segments }).id);
  });

  it('is refused where the file is changed, missing or makes no sense', () => {
    const { files } = encodeBundle({ ...plain, segments });
    files.get('segments.json')![3]! ^= 1;
    expect(() => decodeBundle(files)).toThrow('segments.json');
    files.delete('segments.json');
    expect(() => decodeBundle(files)).toThrow('segments.json');
    const one = { feature: 'city', fewest: 3, segments: [['a', [1, 2]]] };
    expect(decodeBundle(resealed([one])).segments).toHaveLength(1);
    const wrongs = [{ feature: 'other' }, { fewest: 0 }, { segments: [['a', [2, 1]]] }, { segments: [['a', []]] }, { segments: [['a', [1]], ['a', [1]]] }, { segments: [['a', [1], 1]] }, { segments: [['a', Array.from({ length: SEGMENT_QUANTILES + 1 }, () => 0)]] }];
    for (const wrong of wrongs) expect(() => decodeBundle(resealed([{ ...one, ...wrong }]))).toThrow(Fault);
    fc.assert(fc.property(fc.jsonValue().filter((any) => !Array.isArray(any) || any.length > 0), (any) => {
      expect(() => decodeBundle(resealed(any))).toThrow(Fault);
    }));
  });
});

describe('a percentile within a segment', () => {
  it('is known of segments that have quantiles, and of no other', () => {
    expect(segmentScore(segments[0]!, 'city 1', 1)).toBe(67);
    expect(segmentScore(segments[0]!, 'city 2', 1)).toBeNull();
    expect(segmentScore(segments[0]!, 'toString', 1)).toBeNull();
  });

  it('is within two points of the share below, in large segments too', () => {
    const numbers = fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: 300, maxLength: 900 });
    fc.assert(fc.property(numbers, fc.nat(), (raws, pick) => {
      const raw = Float64Array.from(new Set(raws));
      const at = raw[pick % raw.length]!;
      const said = segmentScore({ feature: 'x', fewest: 1, quantiles: new Map([['a', segmentQuantiles(raw)]]) }, 'a', at)!;
      const share = raw.reduce((count, other) => count + (other < at ? 1 : other === at ? 0.5 : 0), 0) / raw.length;
      expect(Math.abs(said - 100 * share)).toBeLessThanOrEqual(2);
    }), { numRuns: 50 });
  });
});
