import { exp, Fault, log, sigmoid } from '../base/portable.ts';
import { checkNumbers, weightedMean } from './checks.ts';
import { roundGradients, type Gradients } from './gradient.ts';
import type { Loss, LossRows } from './loss.ts';

/** Labels are grades; a gain of 2^grade - 1 beyond this one would drown all others. */
const MAX_GRADE = 30;

/**
 * LambdaMART (Burges 2010): pairs of one group in the wrong order are pushed apart by what their exchange would change in
 * NDCG. Labels are grades from 0 to 30; raw scores order the rows of a group and mean nothing else. A row's weight
 * counts by its group's mean. `value` is 1 - NDCG. Throws a Fault for other labels or without groups.
 */
export function createRankingLoss({ labels, weights, groups }: LossRows): Loss {
  checkNumbers(labels, 0, MAX_GRADE);
  const lists = listsOf(groups, labels.length).map((rows) => listOf(rows, labels, weights));
  return {
    start: () => 0,
    update(out, raw) {
      out.gradient.fill(0);
      out.hessian.fill(0);
      for (const list of lists) if (list.ideal > 0) push(list, raw, labels, out);
      roundGradients(out);
    },
    value(raw) {
      const losses = Float64Array.from(lists, (list) => (list.ideal > 0 ? 1 - dcg(list, raw, labels) / list.ideal : 0));
      const listWeights = Float64Array.from(lists, (list) => (list.ideal > 0 ? list.weight : 0));
      return listWeights.some((weight) => weight > 0) ? weightedMean(losses, listWeights) : 0;
    },
  };
}

/** The rows of one group, its mean weight, and the DCG of its best order. */
interface List {
  rows: Int32Array;
  weight: number;
  ideal: number;
}

function listsOf(groups: Int32Array | undefined, rows: number): Int32Array[] {
  if (groups === undefined || groups.length !== rows) {
    const value = groups === undefined ? 'no groups' : `${groups.length} groups`;
    throw new Fault({
      kind: 'input',
      value,
      rule: `ranking compares rows within groups, and there are ${rows} rows`,
      remedy: 'give one group a row',
    });
  }
  const byGroup = Map.groupBy(Array.from({ length: rows }, (_, row) => row), (row) => groups[row]!);
  return [...byGroup.values()].map((members) => Int32Array.from(members));
}

function listOf(rows: Int32Array, labels: Float64Array, weights: Float64Array): List {
  const weight = rows.reduce((sum, row) => sum + weights[row]!, 0) / rows.length;
  const best = rows.toSorted((a, b) => labels[b]! - labels[a]!);
  return { rows, weight, ideal: best.reduce((sum, row, rank) => sum + gain(labels[row]!) * discount(rank), 0) };
}

function gain(grade: number): number {
  return exp(grade * Math.LN2) - 1;
}

/** What a place in the list is worth; the first has rank 0. */
function discount(rank: number): number {
  return Math.LN2 / log(2 + rank);
}

/** Highest score first; equal scores in row order. */
function ranked({ rows }: List, raw: Float64Array): Int32Array {
  return rows.toSorted((a, b) => raw[b]! - raw[a]! || a - b);
}

function dcg(list: List, raw: Float64Array, labels: Float64Array): number {
  return ranked(list, raw).reduce((sum, row, rank) => sum + gain(labels[row]!) * discount(rank), 0);
}

/** Adds the pairwise forces of one list. */
function push(list: List, raw: Float64Array, labels: Float64Array, { gradient, hessian }: Gradients): void {
  const order = ranked(list, raw);
  for (let i = 0; i < order.length; i++) {
    for (let j = i + 1; j < order.length; j++) {
      const [first, second] = [order[i]!, order[j]!];
      if (labels[first] === labels[second]) continue;
      const [better, worse] = labels[first]! > labels[second]! ? [first, second] : [second, first];
      const change = (gain(labels[better]!) - gain(labels[worse]!)) * (discount(i) - discount(j));
      const force = (list.weight * change) / list.ideal;
      const wrong = sigmoid(raw[worse]! - raw[better]!);
      gradient[better]! -= force * wrong;
      gradient[worse]! += force * wrong;
      hessian[better]! += force * wrong * (1 - wrong);
      hessian[worse]! += force * wrong * (1 - wrong);
    }
  }
}
