import { canonicalJson, contentId, Fault, sha256Hex } from '../base/index.ts';
import { ENGINE, FORMAT } from './bundle.ts';
import { corrupt, parseJson } from './faults.ts';

/** The files whose content is the bundle, in the order in which they are checked. */
export const CONTENT_FILES = [
  'spec.json',
  'target.json',
  'trees.bin',
  'calibration.json',
  'percentiles.json',
  'metrics.json',
] as const;
export type ContentFile = (typeof CONTENT_FILES)[number];
export const MANIFEST = 'manifest.json';

export interface Manifest {
  format: number;
  engine: number;
  id: string;
  /** Hex SHA-256 by file name. */
  files: Record<ContentFile, string>;
}

/** The manifest of content files. Its id covers their hashes, the format and the engine. */
export function manifestOf(files: ReadonlyMap<string, Uint8Array>): Manifest {
  const hashes = Object.fromEntries(
    CONTENT_FILES.map((name) => [name, sha256Hex(files.get(name)!)]),
  ) as Manifest['files'];
  return { format: FORMAT, engine: ENGINE, id: idOf(hashes), files: hashes };
}

function idOf(files: Manifest['files']): string {
  return contentId(canonicalJson({ format: FORMAT, engine: ENGINE, files }));
}

/**
 * Reads a manifest. Throws a Fault: `newer` before anything else of it is believed, `corrupt` where any byte is off.
 */
export function parseManifest(bytes: Uint8Array): Manifest {
  const manifest = parseJson(MANIFEST, bytes) as Partial<Manifest> | null;
  const format = versionOf(manifest?.format, 'bundle format', FORMAT);
  const engine = versionOf(manifest?.engine, 'decision engine', ENGINE);
  const files = manifest?.files;
  const names = typeof files === 'object' && files !== null ? Object.keys(files).toSorted() : [];
  if (files === undefined || names.join() !== [...CONTENT_FILES].toSorted().join()) {
    throw corrupt(MANIFEST, 'it lists other files than a bundle has');
  }
  const expected = { format, engine, id: idOf(files), files };
  if (Buffer.compare(bytes, encodeManifest(expected)) !== 0) {
    throw corrupt(MANIFEST, 'its id does not match what it lists');
  }
  return expected;
}

export function encodeManifest(manifest: Manifest): Uint8Array {
  return new TextEncoder().encode(canonicalJson(manifest));
}

function versionOf(found: unknown, what: string, known: number): number {
  if (typeof found !== 'number' || !Number.isInteger(found) || found < 1) {
    throw corrupt(MANIFEST, `it names no ${what}`);
  }
  if (found <= known) return found;
  throw new Fault({
    kind: 'newer',
    value: `${what} ${found}`,
    rule: `this release reads up to ${known}`,
    remedy: 'install a later release, or use a bundle of this one',
  });
}
