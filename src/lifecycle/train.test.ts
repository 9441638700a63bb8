import { beforeAll, describe, expect, test } from 'vitest';
import { random } from '../base/index.ts';
import { calibrate, createScorer, encodeModel } from '../trees/index.ts';
import { prepareTable } from './prepare.ts';
import type { TableRequest } from './request.ts';
import { rowOf } from './rows.ts';
import { learnableTable, rawTable } from './testing.ts';
import { trainModel, type TrainedModel } from './train.ts';

const ROWS = 900;

function trained(columns: Record<string, readonly string[]>, request: Partial<TableRequest> = {}) {
  const prepared = prepareTable(rawTable(columns), { label: 'won', ...request });
  const result = trainModel(prepared.input);
  return {
    prepared,
    result,
    codes: [...result.warnings, ...prepared.warnings].map(({ code, column }) => `${code} ${column}`),
  };
}

describe('training on a table with signal', () => {
  let first: { result: TrainedModel; codes: string[]; prepared: ReturnType<typeof prepareTable> };
  beforeAll(() => {
    first = trained({
      ...learnableTable(ROWS),
      id: Array.from({ length: ROWS }, (_, i) => `L-${i}`),
      same: Array(ROWS).fill('x'),
    });
  });

  test('finds it, in both hold-outs', () => {
    const { metrics, importance } = first.result;
    expect(metrics.random.auc.value).toBeGreaterThan(0.75);
    expect(metrics.timeOrdered!.auc.value).toBeGreaterThan(0.73);
    expect(metrics.random.logLoss).toBeLessThan(metrics.random.logLossBaseline);
    expect(importance[0]!.input).toBe('x');
    expect(metrics.order).toBe('file');
  });
  test('leaves ids and constants out, and says so', () => {
    expect(first.codes).toContain('id-like id');
    expect(first.codes).toContain('constant same');
    expect(first.prepared.spec.columns.map(({ name }) => name)).toEqual(['x', 'kind', 'noise']);
  });
  test('says nothing of leaks, drift or chance', () => {
    expect(first.codes.filter((code) => /leak|drift|signal|time/.test(code))).toEqual([]);
  });
  test('probabilities are monotone in raw, and percentiles ascend', () => {
    const { result, prepared } = first;
    const scorer = createScorer(result.model);
    const raws = Array.from({ length: 100 }, (_, row) => scorer.raw(rowOf(prepared.input.data, row))).toSorted(
      (a, b) => a - b,
    );
    const probabilities = raws.map((raw) => calibrate(result.calibration, raw));
    expect(probabilities).toEqual(probabilities.toSorted((a, b) => a - b));
    expect([...result.percentiles]).toEqual([...result.percentiles].toSorted((a, b) => a - b));
  });
  test('is the same again, byte for byte', () => {
    const again = trainModel(first.prepared.input);
    expect(encodeModel(again.model)).toEqual(encodeModel(first.result.model));
    expect(again.metrics).toEqual(first.result.metrics);
  });
});

describe('segments', () => {
  test('are judged one by one, and a column that is only a segment is not learned from', () => {
    const source = random(8);
    const table = learnableTable(ROWS, 8);
    const region = table.won!.map(() => source.pick(['north', 'south', '']));
    const { result } = trained({ ...table, region }, { segment: 'region', ignore: ['region'] });
    const { column, reports } = result.metrics.segments!;
    expect(column).toBe('region');
    expect(reports.map(({ segment }) => segment).toSorted()).toEqual(['north', 'south']);
    expect(reports.reduce((sum, { rows }) => sum + rows, 0)).toBe(region.filter((value) => value !== '').length);
    for (const { predicted, observed } of reports) expect(Math.abs(predicted - observed.value)).toBeLessThan(0.08);
    expect(result.importance.map(({ input }) => input)).not.toContain('region');
  });
});

describe('warnings', () => {
  test('a column that repeats the label, and one filled in afterwards', () => {
    const table = learnableTable(ROWS, 2);
    const stage = table.won!.map((won) => (won === 'Yes' ? 'closed' : 'open'));
    const remark = table.won!.map((won, i) => (won === 'Yes' && i % 10 !== 0 ? `${i % 7}` : ''));
    const { codes, result } = trained({ ...table, stage, remark });
    expect(codes).toContain('leak stage');
    expect(codes).toContain('leak remark');
    expect(result.metrics.withoutSuspects!.auc.value).toBeLessThan(0.95);
    expect(result.metrics.withoutSuspects!.aucWithAll.value).toBe(1);
  });
  test('no signal beyond chance', () => {
    const source = random(3);
    const noise = learnableTable(ROWS, 3);
    const { codes } = trained({ ...noise, won: noise.won!.map(() => (source.uniform() < 0.4 ? 'Yes' : 'No')) });
    expect(codes).toContain('no-signal null');
  });
  test('a base rate and a column that move with time, on the order of --time', () => {
    const source = random(4);
    const table = learnableTable(ROWS, 4);
    const when = Array.from({ length: ROWS }, (_, i) =>
      new Date(Date.UTC(2023, 0, 1) + ((i * 7) % ROWS) * 43_200_000).toISOString(),
    );
    const late = when.map((text) => text > '2023-12');
    const won = late.map((isLate) => (source.uniform() < (isLate ? 0.7 : 0.2) ? 'Yes' : 'No'));
    const campaign = late.map((isLate) => (isLate ? 'new' : 'old'));
    const { codes, result } = trained({ ...table, won, campaign, when }, { time: 'when' });
    expect(result.metrics.order).toBe('time');
    expect(codes).toContain('base-rate-drift null');
    expect(codes).toContain('column-drift campaign');
    expect(codes).not.toContain('column-drift when');
  });
  test('a file sorted by its label has no time-ordered hold-out', () => {
    const table = learnableTable(ROWS, 5);
    const order = [...table.won!.keys()].toSorted((a, b) => (table.won![a]! < table.won![b]! ? -1 : 1));
    const sorted = Object.fromEntries(
      Object.entries(table).map(([name, cells]) => [name, order.map((i) => cells[i]!)]),
    );
    const { codes, result } = trained(sorted);
    expect(result.metrics.timeOrdered).toBeNull();
    expect(codes).toContain('one-outcome-in-time null');
  });
  test('few outcomes, similar categories, repeated rows', () => {
    const table = learnableTable(120, 6);
    const kind = table.kind!.map((text, i) => (text === 'a' && i % 2 ? ' A.' : text).trim());
    const twice = Object.fromEntries(
      Object.entries({ ...table, kind }).map(([name, cells]) => [name, [...cells, ...cells.slice(0, 9)]]),
    );
    const { codes } = trained(twice);
    expect(codes).toEqual(
      expect.arrayContaining(['few-positives null', 'similar-categories kind', 'duplicate-rows null']),
    );
  });
});

describe('when to stop', () => {
  const table = learnableTable(ROWS, 12);
  const when = table.won!.map((_, i) => String(i));
  const late = table.x!.map((x, i) => (i < 0.88 * ROWS ? x : String(-Number(x)))); // what x says turns at the end
  const { input } = prepareTable(rawTable({ ...table, x: late, when }), { label: 'won', time: 'when', ignore: ['kind'] });
  test('the latest rows say it where rows have times, and random rows where they are asked to', () => {
    const inTime = trainModel(input);
    const atRandom = trainModel(input, { stopOn: 'random' });
    expect([inTime.metrics.stoppedOn, atRandom.metrics.stoppedOn]).toEqual(['time', 'random']);
    expect(inTime.metrics.trees).toBeLessThan(atRandom.metrics.trees);
    expect(inTime.metrics.random).toEqual(atRandom.metrics.random); // random folds stay random
  });
});

describe('requests that cannot be met', () => {
  const table = rawTable(learnableTable(60));
  test.each<[string, Partial<TableRequest>, string]>([
    ['an unknown label', { label: 'Won?' }, '--label "Won?": test.csv has no such column'],
    ['a label in another case', { label: 'WON' }, 'did you mean "won"?'],
    ['an unknown column to ignore', { ignore: ['y'] }, '--ignore "y"'],
    ['a time that is none', { time: 'kind' }, 'neither dates nor numbers'],
    ['the label as id', { id: 'won' }, 'it is the label column'],
    ['nothing left', { ignore: ['x', 'kind', 'noise'] }, 'no column is left'],
  ])('%s', (_name, request, words) => {
    expect(() => prepareTable(table, { label: 'won', ...request })).toThrow(words);
  });
  test('too few rows of an outcome', () => {
    const { input } = prepareTable(rawTable({ x: ['1', '2', '3'], won: ['yes', 'no', 'no'] }), { label: 'won' });
    expect(() => trainModel(input)).toThrow('training needs at least 8 of each');
  });
});
