import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Fault, fileFault, writeFileAtomic } from '../../base/index.ts';
import { BUCKETS } from './bucket.ts';

/** One Parquet file: the rows of one bucket in one segment, by subject, then offset. */
export interface Part {
  readonly bucket: number;
  /** Relative to the history's folder. */
  readonly file: string;
  readonly rows: number;
  readonly bytes: number;
  readonly sha256: string;
  /** The event types of its rows; an earlier release did not write them down. */
  readonly types?: readonly string[];
}

/** The events of the offsets from `from` to before `to`. */
export interface Segment {
  readonly from: number;
  readonly to: number;
  /** The oldest and newest time at which one of its events was received, ms. */
  readonly received: readonly [number, number];
  readonly parts: readonly Part[];
}

/** What the history consists of: what is not named here is not part of it. */
export interface Manifest {
  readonly format: number;
  readonly buckets: number;
  /** Erasures that the history alone took part in; the log's epoch counts them. */
  readonly epoch: number;
  readonly segments: readonly Segment[];
}

const FORMAT = 1;
const EMPTY: Manifest = { format: FORMAT, buckets: BUCKETS, epoch: 0, segments: [] };

/** The manifest of a history, as any process wrote it last. */
export interface ManifestFile {
  read(): Manifest;
  /** Whole or not at all: the commit point of everything that changes the history. */
  write(manifest: Manifest): void;
}

export function openManifest(folder: string): ManifestFile {
  const path = join(folder, 'manifest.json');
  let held = EMPTY;
  let version = '';
  return {
    read() {
      // a rename gives another inode, so a look at the file's entry tells whether it changed
      const stat = statSync(path, { throwIfNoEntry: false, bigint: true });
      const now = stat === undefined ? '' : `${stat.ino} ${stat.mtimeNs}`;
      if (now !== version) {
        held = stat === undefined ? EMPTY : parse(path);
        version = now;
      }
      return held;
    },
    write: (manifest) => writeFileAtomic(path, `${JSON.stringify(manifest, null, 1)}\n`),
  };
}

function parse(path: string): Manifest {
  let manifest: Partial<Manifest> | null;
  try {
    manifest = JSON.parse(readFileSync(path, 'utf8')) as Partial<Manifest> | null;
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw fileFault(path, cause);
    throw damaged(path, cause);
  }
  if (typeof manifest?.format === 'number' && manifest.format > FORMAT) {
    const rule = `has format ${manifest.format}, this release reads ${FORMAT}`;
    throw new Fault({ kind: 'newer', value: path, rule, remedy: 'update leadrank' });
  }
  if (manifest?.format !== FORMAT || manifest.buckets !== BUCKETS || !Array.isArray(manifest.segments)) throw damaged(path);
  return manifest as Manifest;
}

const damaged = (path: string, cause?: unknown): Fault =>
  new Fault({ kind: 'corrupt', value: path, rule: 'does not describe a history', remedy: 'restore it from a backup', cause });
