import { closeSync, existsSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { dirname, join } from 'node:path';
import { zstdCompressSync } from 'node:zlib';
import { ByteWriter, ParquetWriter, type ColumnSource } from 'hyparquet-writer';
import type { SchemaElement } from 'hyparquet';
import { Fault, fileFault, makeFolder, syncFolder, writeFileAtomic } from '../../base/index.ts';
import type { SampleColumn, SampleTable } from './assemble.ts';
import { REASONS, type SamplePlan } from './plan.ts';
import { isCategorical } from './values.ts';
import { manifestOf, SET_FILE, SET_MANIFEST, type TrainingSetManifest } from './training-set.ts';

export interface WriteSetOptions {
  /** A folder that does not exist yet. */
  readonly out: string;
  readonly table: SampleTable;
  readonly plan: SamplePlan;
  readonly log: TrainingSetManifest['log'];
}

const ROWS = 100_000; // a row group

/**
 * Writes a training set, whole or not at all: a manifest, and one Parquet file with a row a sample. Columns that begin with an
 * underscore tell of the sample, the others are the features; a label that is not ripe is null.
 */
export function writeTrainingSet({ out, table, plan, log }: WriteSetOptions): TrainingSetManifest {
  if (existsSync(out)) throw new Fault({ kind: 'conflict', value: out, rule: 'exists already', remedy: 'name a folder that does not exist yet' });
  const partial = `${out}.partial`;
  rmSync(partial, { recursive: true, force: true });
  makeFolder(partial);
  try {
    const sha256 = writeSamples(join(partial, SET_FILE), table);
    const manifest = manifestOf({ table, plan, log, sha256 });
    writeFileAtomic(join(partial, SET_MANIFEST), `${JSON.stringify(manifest, null, 1)}\n`);
    renameSync(partial, out);
    syncFolder(dirname(out));
    return manifest;
  } catch (cause) {
    rmSync(partial, { recursive: true, force: true });
    throw cause instanceof Fault ? cause : fileFault(out, cause);
  }
}

/** What tells of a sample, and then its features. `rows` gives the values of some rows. */
interface Laid {
  readonly element: SchemaElement;
  rows(from: number, to: number): ColumnSource['data'];
}

function writeSamples(path: string, table: SampleTable): string {
  const laid = [...toldOf(table), ...table.columns.map(laidOut)];
  const fd = openSync(path, 'wx');
  const hash = createHash('sha256');
  try {
    const bytes = new ByteWriter();
    const flush = (): void => {
      const ready = Buffer.from(bytes.buffer, 0, bytes.index);
      hash.update(ready);
      for (let done = 0; done < ready.length; ) done += writeSync(fd, ready, done);
      bytes.index = 0;
    };
    const writer = new ParquetWriter({
      writer: bytes,
      schema: [{ name: 'sample', num_children: laid.length }, ...laid.map(({ element }) => element)],
      codec: 'ZSTD',
      compressors: { ZSTD: (block) => zstdCompressSync(block) },
      statistics: false,
      createdBy: 'leadrank',
    });
    for (let from = 0; from < table.count; from += ROWS) {
      const to = Math.min(table.count, from + ROWS);
      void writer.write({ rowGroupSize: ROWS, pageSize: 0, columnData: laid.map(({ element: { name }, rows }) => ({ name, data: rows(from, to) })) });
      flush();
    }
    void writer.finish();
    flush();
  } finally {
    closeSync(fd);
  }
  return hash.digest('hex');
}

function toldOf({ names, subjects, times, labels, weights, reasons }: SampleTable): Laid[] {
  const rows = <T>(from: number, to: number, value: (row: number) => T): T[] => Array.from({ length: to - from }, (_, i) => value(from + i));
  return [
    { element: { name: '_subject', type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'REQUIRED' }, rows: (from, to) => rows(from, to, (row) => names[subjects[row]!]) },
    { element: { name: '_time', type: 'INT64', converted_type: 'TIMESTAMP_MILLIS', repetition_type: 'REQUIRED' }, rows: (from, to) => rows(from, to, (row) => BigInt(times[row]!)) },
    { element: { name: '_label', type: 'INT32', repetition_type: 'OPTIONAL' }, rows: (from, to) => rows(from, to, (row) => (Number.isNaN(labels[row]!) ? null : labels[row])) },
    { element: { name: '_weight', type: 'DOUBLE', repetition_type: 'REQUIRED' }, rows: (from, to) => weights.slice(from, to) },
    { element: { name: '_reason', type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'REQUIRED' }, rows: (from, to) => rows(from, to, (row) => REASONS[reasons[row]!]) },
  ];
}

function laidOut({ feature, values, words }: SampleColumn): Laid {
  const { name } = feature;
  const told = isCategorical(feature) ? (code: number): unknown => words?.get(code) ?? null : (value: number): unknown => value;
  const element: SchemaElement = isCategorical(feature)
    ? { name, type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'OPTIONAL' }
    : { name, type: 'FLOAT', repetition_type: 'OPTIONAL' };
  return {
    element,
    rows: (from, to) => Array.from({ length: to - from }, (_, i) => (Number.isNaN(values[from + i]!) ? null : told(values[from + i]!))),
  };
}
