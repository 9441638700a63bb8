import { closeSync, existsSync, openSync, renameSync, rmSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { dirname, join } from 'node:path';
import type { KeyValue } from 'hyparquet';
import { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import { Fault, fileFault, makeFolder, syncFolder, writeFileAtomic, writeFully } from '../../base/index.ts';
import type { FeatureSpec } from '../../features/index.ts';
import { moved, type EncodedSamples } from './encode.ts';
import type { SamplePlan } from './plan.ts';
import { schemaOf } from './sample-chunks.ts';
import { originOf } from './set-origin.ts';
import { createTally, SET_FILE, SET_MANIFEST, specHash, type TrainingSetManifest } from './training-set.ts';

export interface WriteSetOptions {
  /** A folder that does not exist yet. */
  readonly out: string;
  /** The samples, in pieces that follow one another in time. */
  readonly samples: AsyncIterable<EncodedSamples> | Iterable<EncodedSamples>;
  readonly features: readonly FeatureSpec[];
  readonly plan: SamplePlan;
  readonly log: TrainingSetManifest['log'];
}

/**
 * Writes a training set, whole or not at all: a manifest, and one Parquet file with a row a sample. Columns that begin with an
 * underscore tell of the sample, the others are the features; a label that is not ripe is null. One piece is in memory at a time.
 */
export async function writeTrainingSet({ out, samples, features, plan, log }: WriteSetOptions): Promise<TrainingSetManifest> {
  if (existsSync(out)) throw new Fault({ kind: 'conflict', value: out, rule: 'exists already', remedy: 'name a folder that does not exist yet' });
  const partial = `${out}.partial`;
  rmSync(partial, { recursive: true, force: true });
  makeFolder(partial);
  const wanted = features.filter(({ entity }) => entity === plan.target);
  try {
    const tally = createTally(wanted, { plan, log });
    const file = openSamples(join(partial, SET_FILE), { features: wanted, origin: originOf({ spec: specHash(wanted), plan, log }) });
    try {
      for await (const piece of samples) {
        tally.add(piece);
        file.add(piece);
      }
      file.finish();
    } finally {
      file.close();
    }
    const manifest = tally.finish(file.sha256());
    writeFileAtomic(join(partial, SET_MANIFEST), `${JSON.stringify(manifest, null, 1)}\n`);
    renameSync(partial, out);
    syncFolder(dirname(out));
    return manifest;
  } catch (cause) {
    rmSync(partial, { recursive: true, force: true });
    throw cause instanceof Fault ? cause : fileFault(out, cause);
  }
}

/** The Parquet file of the samples, as it grows. */
function openSamples(path: string, { features, origin }: { features: readonly FeatureSpec[]; origin: KeyValue[] }) {
  const fd = openSync(path, 'wx');
  const hash = createHash('sha256');
  const bytes = new ByteWriter();
  const flush = (): void => {
    const ready = Buffer.from(bytes.buffer, 0, bytes.index);
    hash.update(ready);
    writeFully(fd, ready);
    bytes.index = 0;
  };
  const writer = new ParquetWriter({ writer: bytes, schema: schemaOf(features), codec: 'ZSTD', kvMetadata: origin, createdBy: 'leadrank' });
  return {
    add({ rows, bytes: encoded, groups }: EncodedSamples): void {
      const begin = bytes.offset;
      bytes.appendBytes(encoded);
      writer.row_groups.push(...groups.map((group) => moved(group, begin)));
      writer.num_rows += BigInt(rows);
      flush();
    },
    finish(): void {
      void writer.finish();
      flush();
    },
    sha256: () => hash.digest('hex'),
    close: () => closeSync(fd),
  };
}
