import { canonicalJson, contentId, Fault, sha256Hex } from '../base/index.ts';
import { ENGINE, FORMAT } from './bundle.ts';
import { corrupt, parseJson } from './faults.ts';
import { SEGMENTS } from './segments-codec.ts';
import { VALUE, VALUE_TREES } from './value-codec.ts';

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

/** Every file that a bundle may have beside its manifest. */
export const ALL_FILES: readonly string[] = [...CONTENT_FILES, VALUE, VALUE_TREES, SEGMENTS];
export const MANIFEST = 'manifest.json';

export interface Manifest {
  format: number;
  engine: number;
  id: string;
  /** Hex SHA-256 by file name. */
  files: Record<string, string>;
}

/** The manifest of content files. Its id covers their hashes, the format and the engine. */
export function manifestOf(files: ReadonlyMap<string, Uint8Array>): Manifest {
  const names = ALL_FILES.filter((name) => files.has(name));
  const hashes = Object.fromEntries(names.map((name) => [name, sha256Hex(files.get(name)!)]));
  return sealed(formatOf(names), hashes);
}

function sealed(format: number, files: Manifest['files']): Manifest {
  return { format, engine: ENGINE, id: contentId(canonicalJson({ format, engine: ENGINE, files })), files };
}

/** The least format that has these files. */
const formatOf = (names: readonly string[]): number => (names.includes(SEGMENTS) ? 3 : names.includes(VALUE) ? 2 : 1);

/** Whether these are files of a bundle of that format: all content is there, trees only beside a value, and nothing unknown. */
function fits(format: number, names: readonly string[]): boolean {
  return (
    format === formatOf(names) &&
    CONTENT_FILES.every((name) => names.includes(name)) &&
    names.every((name) => ALL_FILES.includes(name)) &&
    (names.includes(VALUE) || !names.includes(VALUE_TREES))
  );
}

/**
 * Reads a manifest. Throws a Fault: `newer` before anything else of it is believed, `corrupt` where any byte is off.
 */
export function parseManifest(bytes: Uint8Array): Manifest {
  const found = parseJson(MANIFEST, bytes) as Partial<Manifest> | null;
  const format = versionOf(found?.format, 'bundle format', FORMAT);
  versionOf(found?.engine, 'decision engine', ENGINE);
  const files = found?.files;
  if (typeof files !== 'object' || files === null || !fits(format, Object.keys(files))) {
    throw corrupt(MANIFEST, 'it lists other files than a bundle has');
  }
  const expected = sealed(format, files);
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
