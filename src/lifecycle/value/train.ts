import { log, random } from '../../base/index.ts';
import { amountOf, type OutcomeValue, type ValueModel } from '../../bundle/index.ts';
import type { SubjectId } from '../../events/index.ts';
import { createLearner, type TrainOptions } from '../learner.ts';
import { evaluateNumbers, type NumberEvaluation } from '../number-evaluate.ts';
import { rowsWhere, take, takeRows } from '../rows.ts';
import type { Samples } from '../samples.ts';
import type { NumberInput } from '../train-input.ts';
import { scoreByChance, scoreInTime } from '../unseen.ts';
import type { Paid } from './paid.ts';

export interface ValueInput {
  readonly samples: Pick<Samples, 'data' | 'times' | 'subjects'>;
  readonly paid: Paid;
  readonly currency: string | null;
  /** The feature that holds a record's own amount. */
  readonly own: string | null;
  /** Features that only tell of the own amount: where it is missing they are, too, and the model is asked then. */
  readonly blind: readonly string[];
  readonly seed: number;
}

export interface ValueTraining {
  readonly value: OutcomeValue;
  /** Why there is no model of the amount, in plain words. */
  readonly lack: string | null;
}

/** Records that paid, and outcomes that the share rests on: with fewer, what a model says of an amount is noise. */
export const FEWEST_PAID = 50;
const FEWEST_JUDGED = 50;

/**
 * Learns what an outcome is worth from the records that paid: RMSE of the logarithm of the amount, brought to the mean of what
 * was paid on held-out rows, times the share of outcomes that pay at all. A record counts once, however often it was sampled.
 */
export function trainValue(input: ValueInput, options: Pick<TrainOptions, 'onProgress' | 'signal'> = {}): ValueTraining {
  const { paid, currency, own } = input;
  const { table, amounts, records } = paidRows(input);
  const without = (lack: string): ValueTraining => ({ value: { own, model: null, currency, metrics: { paid: records, judged: paid.judged, lack } }, lack });
  if (records < FEWEST_PAID) return without(`${records} records with a won amount, and at least ${FEWEST_PAID} are needed`);
  if (paid.share === null || paid.judged < FEWEST_JUDGED) return without(`${paid.judged} outcomes are old enough to tell what they paid, and at least ${FEWEST_JUDGED} are needed`);

  const learner = createLearner(table, options);
  const { times, seed = 0 } = table;
  const byChance = scoreByChance(table, learner, random(seed));
  const inTime = scoreInTime(table, learner, { stopOn: 'random', random: random(seed) });
  const all = rowsWhere(table.data.rows, () => true);
  const trees = learner.withTrees('value, final model', all, byChance.trees).model;
  const level = levelOf(byChance.raw, amounts, table.weights!);
  const model: ValueModel = { trees, scale: 'log', factor: level * paid.share };
  const mean = meanOf(amounts, table.weights!);
  const judged = inTime && judge(inTime.late, inTime.before, levelOf(inTime.middle.raw, take(amounts, inTime.middle.rows), take(table.weights!, inTime.middle.rows)), amounts);
  return {
    lack: null,
    value: {
      own,
      model,
      currency,
      metrics: {
        paid: records,
        judged: paid.judged,
        share: paid.share,
        mean,
        level,
        trees: trees.trees.length,
        random: figures(evaluateNumbers(saidOf(byChance.raw, level), amounts, { mean, loss: 'rmse' })),
        timeOrdered: judged && figures(judged),
        since: times!.reduce((least, time) => Math.min(least, time), Infinity),
      },
    },
  };
}

/** The rows of records that paid, with the logarithm of what they paid. */
function paidRows({ samples, paid, own, blind, seed }: ValueInput): { table: NumberInput; amounts: Float64Array; records: number } {
  const { data, times, subjects } = samples;
  const rows = rowsWhere(data.rows, (row) => paid.amounts.has(subjects[row]!));
  const counts = new Map<SubjectId, number>();
  for (const row of rows) counts.set(subjects[row]!, (counts.get(subjects[row]!) ?? 0) + 1);
  const groups = new Map([...counts.keys()].map((subject, at) => [subject, at]));
  const seen = takeRows(data, rows);
  const amounts = Float64Array.from(rows, (row) => paid.amounts.get(subjects[row]!)!);
  const table: NumberInput = {
    data: { ...seen, columns: seen.columns.filter(({ name }) => name !== own && !blind.includes(name)) },
    labels: amounts.map((amount) => log(amount)),
    loss: 'rmse',
    times: take(times, rows),
    groups: Int32Array.from(rows, (row) => groups.get(subjects[row]!)!),
    weights: Float64Array.from(rows, (row) => 1 / counts.get(subjects[row]!)!),
    seed,
  };
  return { table, amounts, records: counts.size };
}

const saidOf = (raw: Float64Array, factor: number): Float64Array => raw.map((one) => amountOf({ scale: 'log', factor }, one));

/** What brings the mean of what is said to that of what was paid. */
function levelOf(raw: Float64Array, amounts: Float64Array, weights: Float64Array): number {
  return meanOf(amounts, weights) / meanOf(saidOf(raw, 1), weights);
}

function judge({ rows, raw }: { rows: Int32Array; raw: Float64Array }, before: Int32Array, level: number, amounts: Float64Array): NumberEvaluation {
  const earlier = take(amounts, before);
  return evaluateNumbers(saidOf(raw, level), take(amounts, rows), { mean: meanOf(earlier, earlier.map(() => 1)), loss: 'rmse' });
}

function figures({ rows, mean, said, rmse, rmseBaseline, mae, explained }: NumberEvaluation): Record<string, unknown> {
  return { rows, mean, said, rmse, rmseBaseline, mae, explained };
}

function meanOf(values: Float64Array, weights: Float64Array): number {
  const sum = values.reduce((total, value, at) => total + value * weights[at]!, 0);
  return sum / weights.reduce((total, weight) => total + weight, 0);
}
