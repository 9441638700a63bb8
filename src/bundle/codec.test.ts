import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson, Fault, sha256Hex } from '../base/index.ts';
import { decodeBundle, encodeBundle } from './codec.ts';
import { exampleBundle } from './example.fixture.ts';
import { CONTENT_FILES, encodeManifest, MANIFEST, manifestOf } from './manifest.ts';

const content = exampleBundle();
const encoded = (): Map<string, Uint8Array> => encodeBundle(content).files;

function faultOf(files: ReadonlyMap<string, Uint8Array>): Fault {
  try {
    decodeBundle(files);
  } catch (error) {
    if (error instanceof Fault) return error;
    throw error;
  }
  throw new Error('no fault');
}

/** The files with one of them changed and a manifest that fits it. */
function resealed(name: string, bytes: Uint8Array | string): Map<string, Uint8Array> {
  const files = encoded().set(name, typeof bytes === 'string' ? new TextEncoder().encode(bytes) : bytes);
  return files.set(MANIFEST, encodeManifest(manifestOf(files)));
}

describe('decodeBundle', () => {
  it('undoes encodeBundle, id and all', () => {
    const { id, files } = encodeBundle(content);
    expect(decodeBundle(files)).toEqual({ id, ...content });
    expect(id).toMatch(/^[0-9a-f]{32}$/);
  });

  it('has the same id for the same content, and another one for another', () => {
    expect(encodeBundle(exampleBundle()).id).toBe(encodeBundle(content).id);
    expect(encodeBundle(exampleBundle(2)).id).not.toBe(encodeBundle(content).id);
    expect(encodeBundle({ ...content, metrics: { auc: 0.76 } }).id).not.toBe(encodeBundle(content).id);
  });

  it('reads every kind of calibration, and no other', () => {
    const calibration = { ...content.calibration!, kind: 'beta' as const };
    expect(decodeBundle(encodeBundle({ ...content, calibration }).files).calibration).toEqual(calibration);
    const unknown = resealed('calibration.json', canonicalJson({ ...calibration, kind: 'gamma' }));
    expect(faultOf(unknown)).toMatchObject({ kind: 'corrupt', value: 'calibration.json' });
  });

  it('names the file in which a bit is flipped or that ends too early', () => {
    fc.assert(
      fc.property(fc.constantFrom(MANIFEST, ...CONTENT_FILES), fc.nat(), fc.boolean(), (name, pick, flip) => {
        const files = encoded();
        const bytes = Uint8Array.from(files.get(name)!);
        if (flip) bytes[pick % bytes.length]! ^= 1 << (pick % 8);
        const fault = faultOf(files.set(name, flip ? bytes : bytes.subarray(0, pick % bytes.length)));
        expect(fault.value === name || fault.kind === 'newer').toBe(true); // a flipped version reads as newer
      }),
      { numRuns: 400 },
    );
  });

  it('names the file that is missing', () => {
    for (const name of [MANIFEST, ...CONTENT_FILES]) {
      const files = encoded();
      files.delete(name);
      expect(faultOf(files)).toMatchObject({ kind: 'missing', value: name });
    }
  });

  it('says that a later format or engine is newer, whatever else it holds', () => {
    for (const version of [{ format: 4 }, { format: 1, engine: 2 }]) {
      const manifest = new TextEncoder().encode(JSON.stringify({ engine: 1, ...version, parts: [] }));
      expect(faultOf(encoded().set(MANIFEST, manifest)).kind).toBe('newer');
    }
  });

  it('gives a Fault for content that is sealed well and makes no sense', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...CONTENT_FILES),
        fc.oneof(fc.jsonValue().map(canonicalJson), fc.string()),
        (name, text) => {
          if (name === 'metrics.json' && text.startsWith('{')) return;
          if (name === 'percentiles.json' && /^\[[\d,.e-]*\]$/.test(text)) return;
          expect(faultOf(resealed(name, text))).toMatchObject({ kind: 'corrupt' });
        },
      ),
    );
  });

  it('refuses a calibration that descends or reaches 0 or 1, and percentiles out of order', () => {
    const map = (x: number[], y: number[]): string => canonicalJson({ kind: 'isotonic', x, y });
    for (const [x, y] of [
      [
        [0, 1],
        [0.5, 0.4],
      ],
      [[0], [0]],
      [[0], [1]],
      [[0, 1], [0.5]],
      [[], []],
    ] as [number[], number[]][]) {
      expect(faultOf(resealed('calibration.json', map(x, y))).value).toBe('calibration.json');
    }
    expect(faultOf(resealed('percentiles.json', '[2,1]')).value).toBe('percentiles.json');
  });

  it('does not quote content in its faults', () => {
    expect(faultOf(resealed('spec.json', '{"jane@example.com"')).message).not.toContain('jane');
  });

  it('lists each file with its SHA-256', () => {
    const files = encoded();
    const manifest = JSON.parse(new TextDecoder().decode(files.get(MANIFEST))) as { files: Record<string, string> };
    for (const name of CONTENT_FILES) expect(manifest.files[name]).toBe(sha256Hex(files.get(name)!));
  });
});
