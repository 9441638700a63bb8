import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { parquetMetadata } from 'hyparquet';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { canonicalJson } from '../../base/index.ts';
import type { FeatureSpec } from '../../features/index.ts';
import { ripeSamples } from '../samples.ts';
import type { SampleTable } from './sample-table.ts';
import { encodeSamples } from './encode.ts';
import { planOf } from './plan.ts';
import { readTrainingSet } from './read-set.ts';
import { disagreement } from './set-origin.ts';
import { specHash, type TrainingSetManifest } from './training-set.ts';
import { writeTrainingSet } from './write-set.ts';

const told = { theme: 't', sentence: 's', source: 'web', owner: 'o', privacy: 'plain', entity: 'lead' } as const;
const FEATURES: FeatureSpec[] = [
  { ...told, name: 'visits', kind: { op: 'count', event: ['web.visited'], window: 7 * 86_400_000 } },
  { ...told, name: 'industry', kind: { op: 'latest', event: ['lead.created'], field: 'industry', type: 'categorical' } },
];
const WORDS = new Map([[7, 'energy'], [9, 'Öl & Gas'], [11, '']]);

const tables = fc
  .array(fc.record({
    subject: fc.nat(4),
    time: fc.integer({ min: 0, max: 2e12 }),
    label: fc.constantFrom(0, 1, NaN),
    weight: fc.constantFrom(1, 2.5),
    reason: fc.nat(1),
    visits: fc.oneof(fc.float({ noNaN: true, noDefaultInfinity: true }), fc.constant(NaN)),
    industry: fc.constantFrom(7, 9, 11, NaN),
  }), { maxLength: 40 })
  .map((rows): SampleTable => ({
    count: rows.length,
    names: ['ld_a', 'ld_b', 'ld_c', 'ld_d', 'ld_e'],
    subjects: Int32Array.from(rows, ({ subject }) => subject),
    times: Float64Array.from(rows, ({ time }) => time),
    labels: Float64Array.from(rows, ({ label }) => label),
    weights: Float64Array.from(rows, ({ weight }) => weight),
    reasons: Uint8Array.from(rows, ({ reason }) => reason),
    offsets: new Float64Array(rows.length),
    events: 0,
    columns: [
      { feature: FEATURES[0]!, values: Float32Array.from(rows, ({ visits }) => visits), words: undefined },
      { feature: FEATURES[1]!, values: Float64Array.from(rows, ({ industry }) => industry), words: WORDS },
    ],
  }));

describe('a training set on the disk', () => {
  let folder: string;
  let number = 0;
  beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'leadrank-set-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const write = async (table: SampleTable, out = join(folder, String(number++))): Promise<string> => {
    await writeTrainingSet({ out, samples: [encodeSamples(table)], features: FEATURES, plan: planOf({ until: 5 }), log: { end: 9, epoch: 0 } });
    return out;
  };

  it('trains as the replay that wrote it does', async () => {
    await fc.assert(
      fc.asyncProperty(tables, async (table) => {
        const { samples, manifest } = await readTrainingSet(await write(table));
        expect(samples).toEqual(ripeSamples(table));
        expect(manifest).toMatchObject({ rows: table.count, unripe: samples.unripe, plan: { until: 5 }, log: { end: 9 } });
        for (const { feature, values, words } of table.columns) {
          const rows = [...values.keys()].filter((row) => (words === undefined ? !Number.isNaN(values[row]) : typeof words.get(values[row]!) === 'string'));
          const since = rows.length === 0 ? null : new Date(table.times[rows[0]!]!).toISOString();
          expect(manifest.usable[feature.name]).toEqual({ present: Math.round((rows.length / Math.max(1, table.count)) * 1e4) / 1e4, since });
        }
      }),
      { numRuns: 40 },
    );
  });

  it('says of a damaged one what is wrong, and never writes over one', async () => {
    const table = fc.sample(tables, { numRuns: 20, seed: 2 }).find(({ count }) => count > 5)!;
    const out = await write(table);
    await expect(write(table, out)).rejects.toThrow('exists already');
    const path = join(out, 'samples.parquet');
    const bytes = readFileSync(path);
    writeFileSync(path, bytes.subarray(0, -3));
    await expect(readTrainingSet(out)).rejects.toMatchObject({ kind: 'corrupt', value: path });
    writeFileSync(path, bytes);
    const manifest = readFileSync(join(out, 'manifest.json'), 'utf8');
    writeFileSync(join(out, 'manifest.json'), manifest.replace('"visits"', '"visitors"'));
    await expect(readTrainingSet(out)).rejects.toThrow('names other features');
    writeFileSync(join(out, 'manifest.json'), manifest.replace('"format": 1', '"format": 9'));
    await expect(readTrainingSet(out)).rejects.toMatchObject({ kind: 'newer' });
    await expect(readTrainingSet(join(folder, 'none'))).rejects.toMatchObject({ kind: 'missing' });
  });

  it('says in the samples themselves of which features, plan and log they are, and is refused where its manifest says otherwise', async () => {
    const out = await write(fc.sample(tables, { numRuns: 1, seed: 3 })[0]!);
    const path = join(out, 'manifest.json');
    const written = readFileSync(path, 'utf8');
    const manifest = JSON.parse(written) as TrainingSetManifest;
    const bytes = readFileSync(join(out, 'samples.parquet'));
    const { key_value_metadata } = parquetMetadata(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
    expect(Object.fromEntries(key_value_metadata!.map(({ key, value }) => [key, value]))).toEqual({
      'leadrank.spec': manifest.spec,
      'leadrank.plan': canonicalJson(manifest.plan),
      'leadrank.log': '{"end":9,"epoch":0}',
    });
    for (const [key, other] of [
      ['spec', { features: FEATURES.slice(1), spec: specHash(FEATURES.slice(1)) }],
      ['plan', { plan: { ...manifest.plan, until: 6 } }],
      ['log', { log: { end: 9, epoch: 1 } }],
    ] as const) {
      writeFileSync(path, JSON.stringify({ ...manifest, ...other }));
      await expect(readTrainingSet(out)).rejects.toMatchObject({ kind: 'corrupt', rule: `says another leadrank.${key} than its manifest` });
    }
    writeFileSync(path, written);
    await expect(readTrainingSet(out)).resolves.toMatchObject({ manifest: { spec: manifest.spec } });
    expect(disagreement(undefined, manifest)).toBeUndefined(); // of an earlier release
  });

  it('that has many samples has them in several row groups, and knows since when a feature has values in a later one', async () => {
    const count = 250_001;
    const rows = Array.from({ length: count }, (_, row) => row);
    const table: SampleTable = {
      count,
      names: ['ld_a', 'ld_b'],
      subjects: Int32Array.from(rows, (row) => row % 2),
      times: Float64Array.from(rows, (row) => 1e12 + row),
      labels: Float64Array.from(rows, (row) => (row % 7 === 0 ? NaN : row % 2)),
      weights: new Float64Array(count).fill(1),
      reasons: new Uint8Array(count),
      offsets: new Float64Array(count).fill(NaN),
      events: 0,
      columns: [
        { feature: FEATURES[0]!, values: Float32Array.from(rows, (row) => (row < 200_003 ? NaN : row % 1_000)), words: undefined },
        { feature: FEATURES[1]!, values: Float64Array.from(rows, () => NaN), words: WORDS },
      ],
    };
    expect(encodeSamples(table).groups.length).toBeGreaterThan(2);
    const { samples, manifest } = await readTrainingSet(await write(table));
    expect(samples).toEqual(ripeSamples(table));
    expect(manifest.usable['visits']).toEqual({ present: 0.2, since: new Date(1e12 + 200_003).toISOString() });
    expect(manifest.usable['industry']).toEqual({ present: 0, since: null });
  });
});
