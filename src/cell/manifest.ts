import { readFileSync } from 'node:fs';
import { Fault, fileFault, quote, randomId, writeFileAtomic, type Clock } from '../base/index.ts';

/** What a cell says of itself, in `cell.json`. */
export interface CellManifest {
  readonly format: number;
  readonly id: string;
  /** Whose data it may hold, e.g. `eu`. Fixed for ever. */
  readonly region: string;
  /** ISO 8601. */
  readonly created: string;
}

const FORMAT = 1;
const REGION = /^[a-z][a-z0-9-]{1,15}$/u;

/** The manifest at `path`, or undefined where there is none. Throws a Fault for a damaged or a newer one. */
export function readManifest(path: string): CellManifest | undefined {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw fileFault(path, cause);
  }
  let manifest: Partial<CellManifest> | null;
  try {
    manifest = JSON.parse(text) as Partial<CellManifest> | null;
  } catch (cause) {
    throw damaged(path, cause);
  }
  if (typeof manifest?.format === 'number' && manifest.format > FORMAT) {
    throw new Fault({
      kind: 'newer',
      value: path,
      rule: `has format ${manifest.format}, this release reads ${FORMAT}`,
      remedy: 'update leadrank',
    });
  }
  if (manifest?.format !== FORMAT || typeof manifest.id !== 'string' || typeof manifest.region !== 'string')
    throw damaged(path);
  return manifest as CellManifest;
}

export function createManifest(path: string, region: string, clock: Clock): CellManifest {
  const manifest = { format: FORMAT, id: randomId('cl_'), region, created: new Date(clock()).toISOString() };
  writeFileAtomic(path, `${JSON.stringify(manifest, null, 2)}\n`);
  return manifest;
}

export function checkRegion(region: string): void {
  if (REGION.test(region)) return;
  throw new Fault({
    kind: 'input',
    value: quote(region),
    rule: 'is not the name of a region',
    remedy: 'give one like eu or us',
  });
}

function damaged(path: string, cause?: unknown): Fault {
  return new Fault({
    kind: 'corrupt',
    value: path,
    rule: 'does not describe a cell',
    remedy: 'restore it from a backup',
    cause,
  });
}
