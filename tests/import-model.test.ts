import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '..');
const shared = join(root, '..', 'shared', 'data', 'trees');
const isAbsent = !existsSync(shared) && process.env['CI'] === undefined;
const dir = mkdtempSync(join(tmpdir(), 'leadrank-import-model-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const leadrank = (...args: string[]): { status: number | null; stdout: string; stderr: string } =>
  spawnSync(join(root, 'bin', 'leadrank'), args, { encoding: 'utf8', cwd: root });

/** The cells of a CSV file without quotes, header first. */
const cells = (path: string): string[][] => readFileSync(path, 'utf8').trim().split(/\r?\n/).map((line) => line.split(','));

describe.skipIf(isAbsent)('a model of CatBoost in two commands (skipped where ../shared/data/trees is absent)', () => {
  test('import-model, then predict: raw to the last bit, columns by position, a number and no probability', () => {
    const bundle = join(dir, 'regression');
    const imported = leadrank('import-model', join(shared, 'regression-model.json'), '--out', bundle);
    expect(imported).toMatchObject({ status: 0, stderr: expect.stringContaining('by position') });
    const { x, y } = JSON.parse(readFileSync(join(shared, 'regression.json'), 'utf8')) as { x: number[][]; y: number[] };
    const table = join(dir, 'rows.csv');
    writeFileSync(table, [x[0]!.map((_, i) => `anything ${i}`), ...x].map((row) => row.join(',')).join('\n'));
    const out = join(dir, 'scored.csv');
    const predicted = leadrank('predict', bundle, table, '--out', out, '--raw', '--contributions', '--reasons', '1');
    expect(predicted).toMatchObject({ status: 0 });
    const [header, ...rows] = cells(out);
    expect(header!.slice(0, 6)).toEqual(['id', 'probability', 'score', 'prediction', 'raw', 'reason_1']);
    expect(rows.map((row) => Number(row[4]))).toEqual(y);
    for (const row of rows) {
      expect(row.slice(1, 3)).toEqual(['', '']);
      expect(row[3]).toBe(row[4]);
      const sum = row.slice(6).reduce((total, cell) => total + Number(cell), 0);
      expect(Math.abs(sum - Number(row[4]))).toBeLessThan(1e-9);
    }
  });

  test('a file without a header, of as many columns as the model has inputs and no other number', () => {
    const bundle = join(dir, 'codrna');
    expect(leadrank('import-model', join(shared, 'codrna.json'), '--out', bundle).status).toBe(0);
    const rows = readFileSync(join(shared, 'codrna_test.tsv'), 'utf8').trim().split('\n').slice(0, 50);
    const [whole, inputs] = [join(dir, 'whole.tsv'), join(dir, 'inputs.tsv')];
    writeFileSync(whole, rows.join('\n'));
    writeFileSync(inputs, rows.map((row) => row.split('\t').slice(1).join('\t')).join('\n'));
    const out = join(dir, 'codrna.csv');
    const predict = (path: string) => leadrank('predict', bundle, path, '--no-header', '--out', out, '--reasons', '0');
    expect(predict(whole).stderr).toContain('a file of 9 columns without a header: the model knows columns by their places in 8');
    expect(predict(inputs)).toMatchObject({ status: 0 });
    expect(cells(out)).toHaveLength(51);
  });

  test('too few columns, a file that is no model, and none: one clear line', () => {
    const table = join(dir, 'narrow.csv');
    writeFileSync(table, 'a\n1\n');
    const bundle = join(dir, 'and');
    expect(leadrank('import-model', join(shared, 'and-model.json'), '--out', bundle).status).toBe(0);
    for (const [args, words] of [
      [['predict', bundle, table, '--out', join(dir, 'x.csv')], 'by position and needs 2'],
      [['import-model', join(shared, 'and.json'), '--out', bundle], 'and.json: oblivious_trees'],
      [['import-model', join(dir, 'none.json'), '--out', bundle], 'none.json'],
    ] as const) {
      const { status, stderr } = leadrank(...args);
      expect(stderr).toContain(words);
      expect(stderr.trim().split('\n')).toHaveLength(1);
      expect(status).toBe(2);
    }
  });
});
