import { canonicalJson, Fault, isObject, sha256Hex } from '../base/index.ts';
import { decodeModel, encodeModel, type Calibration } from '../trees/index.ts';
import type { Bundle, BundleContent, BundleSpec, Target } from './bundle.ts';
import { corrupt, parseJson } from './faults.ts';
import { encodeManifest, MANIFEST, manifestOf, parseManifest, type ContentFile } from './manifest.ts';
import { MAX_PERCENTILES } from './percentile.ts';
import { decodeSegments, encodeSegments, SEGMENTS } from './segments-codec.ts';
import { decodeValue, encodeValue, VALUE, VALUE_TREES } from './value-codec.ts';

/** The files of a bundle by name, manifest included, and its id. The same content gives the same bytes. */
export function encodeBundle(content: BundleContent): { id: string; files: Map<string, Uint8Array> } {
  const files = new Map<string, Uint8Array>([
    ['spec.json', json(content.spec)],
    ['target.json', json(content.target)],
    ['trees.bin', encodeModel(content.model)],
    ['calibration.json', json(content.calibration ?? { kind: 'none' })],
    ['percentiles.json', json([...content.percentiles])],
    ['metrics.json', json(content.metrics)],
    ...(content.value === undefined ? [] : encodeValue(content.value)),
    ...(content.segments === undefined ? [] : [[SEGMENTS, encodeSegments(content.segments)] as const]),
  ]);
  const manifest = manifestOf(files);
  files.set(MANIFEST, encodeManifest(manifest));
  return { id: manifest.id, files };
}

function json(value: unknown): Uint8Array {
  return new TextEncoder().encode(canonicalJson(value));
}

/**
 * The bundle in its files; files beside the content are ignored. Throws a Fault: `missing` names a file that is not
 * there, `newer` a format or engine above this release's, `corrupt` the file that is not what was written.
 */
export function decodeBundle(files: ReadonlyMap<string, Uint8Array>): Bundle {
  const manifest = parseManifest(fileOf(files, MANIFEST));
  for (const name of Object.keys(manifest.files)) {
    if (sha256Hex(fileOf(files, name)) !== manifest.files[name]) {
      throw corrupt(name, 'its hash is not the one in the manifest');
    }
  }
  const read = (name: ContentFile): unknown => parseJson(name, fileOf(files, name));
  const model = decodeModel(fileOf(files, 'trees.bin'));
  const spec = asSpec(read('spec.json'));
  const listed = (name: string): Uint8Array | undefined => (name in manifest.files ? fileOf(files, name) : undefined);
  const [said, segments] = [listed(VALUE), listed(SEGMENTS)];
  return {
    id: manifest.id,
    spec,
    target: asTarget(read('target.json')),
    model,
    calibration: asCalibration(read('calibration.json')),
    percentiles: asPercentiles(read('percentiles.json')),
    metrics: asRecord(read('metrics.json'), 'metrics.json'),
    ...(said !== undefined && { value: decodeValue(said, listed(VALUE_TREES), inputsOf(spec)) }),
    ...(segments !== undefined && { segments: decodeSegments(segments, inputsOf(spec)) }),
  };
}

function fileOf(files: ReadonlyMap<string, Uint8Array>, name: string): Uint8Array {
  const bytes = files.get(name);
  if (bytes !== undefined) return bytes;
  throw new Fault({
    kind: 'missing',
    value: name,
    rule: 'a bundle has this file',
    remedy: 'name the folder of a whole bundle',
  });
}

function asRecord(value: unknown, file: ContentFile): Record<string, unknown> {
  if (isObject(value)) return value;
  throw corrupt(file, 'it holds no object');
}

function asSpec(value: unknown): BundleSpec {
  const spec = asRecord(value, 'spec.json');
  const named =
    spec.kind === 'table' ? asRecord(spec.table, 'spec.json').columns : spec.kind === 'log' ? spec.features : undefined;
  if (!Array.isArray(named) || !named.every((one: unknown) => typeof asRecord(one, 'spec.json').name === 'string')) {
    throw corrupt('spec.json', 'it holds no named inputs');
  }
  return spec as BundleSpec;
}

/** The names of what goes into the model. */
function inputsOf(spec: BundleSpec): Set<string> {
  return new Set((spec.kind === 'log' ? spec.features : spec.table.columns).map(({ name }) => name));
}

function asTarget(value: unknown): Target {
  const target = asRecord(value, 'target.json');
  const { name, positive, entity, horizonDays, kind, loss } = target;
  const isDays = horizonDays === null || (typeof horizonDays === 'number' && horizonDays > 0);
  const isKind = kind === undefined ? loss === undefined || loss === 'log-loss' : kind === 'number' && loss !== 'log-loss';
  const isLoss = loss === undefined || loss === 'log-loss' || loss === 'rmse' || loss === 'tweedie';
  if (![name, positive, entity].every((text) => typeof text === 'string') || !isDays || !isKind || !isLoss) {
    throw corrupt('target.json', 'it holds no target');
  }
  return target as unknown as Target;
}

function asCalibration(value: unknown): Calibration | null {
  const { kind, x, y } = asRecord(value, 'calibration.json');
  if (kind === 'none') return null;
  const isKnown = kind === 'isotonic' || kind === 'beta';
  const isMap = isKnown && isNumbers(x) && isNumbers(y) && x.length === y.length && x.length > 0;
  if (!isMap || !ascends(x) || !ascends(y) || y[0]! <= 0 || y.at(-1)! >= 1) {
    throw corrupt('calibration.json', 'it holds no monotone map into (0, 1)');
  }
  return { kind, x, y };
}

function asPercentiles(value: unknown): Float64Array {
  if (!isNumbers(value) || value.length > MAX_PERCENTILES || !ascends(value)) {
    throw corrupt('percentiles.json', `it holds no ascending list of at most ${MAX_PERCENTILES} numbers`);
  }
  return Float64Array.from(value);
}

function isNumbers(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'number' && Number.isFinite(item));
}

function ascends(values: readonly number[]): boolean {
  return values.every((value, i) => i === 0 || value >= values[i - 1]!);
}
