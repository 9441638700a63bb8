import { describe, expect, test } from 'vitest';
import { exp, random } from '../base/index.ts';
import { evaluateNumbers } from './number-evaluate.ts';
import { trainNumber, type TrainedNumber } from './number-train.ts';
import { prepareTable } from './prepare.ts';
import type { TableRequest } from './request.ts';
import { rawTable } from './testing.ts';
import type { NumberInput, NumberLoss } from './train-input.ts';

const ROWS = 900;

/** Amounts that grow with `x`, differ by `kind`, and are 0 for a third of the rows. */
function amounts(seed = 1): Record<string, string[]> {
  const source = random(`amounts ${seed}`);
  const table = { x: [] as string[], kind: [] as string[], noise: [] as string[], amount: [] as string[] };
  for (let row = 0; row < ROWS; row++) {
    const x = source.normal();
    const kind = source.pick(['small', 'large']);
    const mean = 100 * exp(0.6 * x + (kind === 'large' ? 1 : 0));
    const value = source.uniform() < 1 / 3 ? 0 : mean * (0.5 + source.uniform());
    table.x.push(x.toFixed(3));
    table.kind.push(kind);
    table.noise.push(String(source.below(50)));
    table.amount.push(value.toFixed(2));
  }
  return table;
}

function inputOf(table: Record<string, readonly string[]>, loss: NumberLoss, more: Partial<TableRequest> = {}): NumberInput {
  return { ...prepareTable(rawTable(table), { label: 'amount', loss, ...more }).input, loss };
}

const codes = ({ warnings }: TrainedNumber): string[] => warnings.map(({ code, column }) => `${code} ${column}`);

describe.each(['rmse', 'tweedie'] as const)('training on numbers: %s', (loss) => {
  const trained = trainNumber(inputOf(amounts(), loss));

  test('finds the signal in both hold-outs, and is right on average', () => {
    const { random: byChance, timeOrdered, mean } = trained.metrics;
    for (const { explained, said, mean: seen, rmse, rmseBaseline } of [byChance, timeOrdered!]) {
      expect(explained.low).toBeGreaterThan(0.2);
      expect(rmse).toBeLessThan(rmseBaseline);
      expect(Math.abs(said / seen - 1)).toBeLessThan(0.15);
    }
    expect(byChance.mean).toBeCloseTo(mean, 9);
    expect(byChance.deviance === null).toBe(loss === 'rmse');
    if (byChance.deviance) expect(byChance.deviance.value).toBeLessThan(byChance.deviance.baseline);
    expect(trained.importance.map(({ input }) => input).slice(0, 2).toSorted()).toEqual(['kind', 'x']);
    expect(codes(trained)).toEqual([]);
  });
  test('is the same again', () => {
    expect(trainNumber(inputOf(amounts(), loss)).metrics).toEqual(trained.metrics);
  });
});

test('noise, a column that repeats the label, and the latest rows', () => {
  const table = amounts(2);
  const source = random('noise');
  const invoiced = table.amount!.map((cell) => (Number(cell) * 1.19).toFixed(1));
  expect(codes(trainNumber(inputOf({ ...table, invoiced }, 'rmse')))).toContain('leak invoiced');
  const drawn = { ...table, amount: table.amount!.map(() => source.normal().toFixed(3)) };
  expect(codes(trainNumber(inputOf(drawn, 'rmse')))).toContain('no-signal null');
  const when = table.amount!.map((_, i) => String(i));
  const { metrics } = trainNumber(inputOf({ ...table, when }, 'rmse', { time: 'when' }));
  expect([metrics.stoppedOn, metrics.order]).toEqual(['time', 'time']);
});

test('the label is read with either mark; blanks are left out, and what is no number is told', () => {
  const cells = Array.from({ length: 200 }, (_, i) => (i === 3 ? '' : i === 4 ? 'tbd' : `1.${String(i).padStart(3, '0')},5`));
  const { label, warnings, input } = prepareTable(rawTable({ x: cells.map((_, i) => String(i)), amount: cells }), {
    label: 'amount',
    loss: 'rmse',
    keep: ['x'],
  });
  expect(label).toMatchObject({ kind: 'number', unlabelled: 1, unreadable: 1 });
  expect(Array.from(input.labels.subarray(0, 4))).toEqual([1000.5, 1001.5, 1002.5, 1005.5]);
  expect(warnings.filter(({ code }) => code === 'label')).toHaveLength(2);
});

test.each<[string, Record<string, string[]>, Partial<TableRequest>, string]>([
  ['words', { amount: Array<string>(20).fill('won') }, {}, 'it holds "won", where --loss asks for numbers'],
  ['outcomes named', {}, { positive: 'won' }, '--positive "won": it is about outcomes, and --loss tweedie is about numbers'],
  ['below zero', { amount: Array.from({ length: ROWS }, (_, i) => String(i - 5)) }, {}, 'label -5: a Tweedie model is of amounts'],
  ['all alike', { amount: Array<string>(ROWS).fill('3') }, {}, '3 in every row: there is nothing to foretell'],
])('%s: refused', (_name, changes, request, words) => {
  expect(() => trainNumber(inputOf({ ...amounts(), ...changes }, 'tweedie', request))).toThrow(words);
});

describe('judging numbers', () => {
  const seen = Float64Array.from({ length: 100 }, (_, i) => i);
  test('what is seen explains all, the mean nothing', () => {
    const mean = 49.5;
    expect(evaluateNumbers(seen, seen, { mean, loss: 'rmse' })).toMatchObject({ rmse: 0, mae: 0, explained: { value: 1 } });
    const flat = evaluateNumbers(seen.map(() => mean), seen, { mean, loss: 'tweedie' });
    expect(flat.explained).toMatchObject({ value: 0, low: 0, high: 0 });
    expect(flat.rmse).toBe(flat.rmseBaseline);
    expect(flat.deviance!.value).toBe(flat.deviance!.baseline);
  });
  test('tenths stand by what was said, highest first, and hold all rows', () => {
    const { tenths } = evaluateNumbers(seen.map((value) => -value), seen, { mean: 0, loss: 'rmse' });
    expect(tenths.map(({ seen: value }) => value)).toEqual([4.5, 14.5, 24.5, 34.5, 44.5, 54.5, 64.5, 74.5, 84.5, 94.5]);
  });
});
