import type { Calibration } from './calibrate.ts';
import { checkScores } from './checks.ts';

/** Rows of neighbouring raw scores that share one probability. */
interface Block {
  /** The lowest and the highest score. */
  low: number;
  high: number;
  /** Σ weight · raw, for the block's centre. */
  moment: number;
  weight: number;
  positives: number;
}

/**
 * Isotonic regression of labels on raw scores by pooling adjacent violators, with a knot at the centre of each block so
 * that the map rises between blocks (Oron & Flournoy 2017). Half a positive row at the lowest score and half a negative
 * one at the highest keep every probability off 0 and 1. Throws a Fault without rows or where a score is not finite.
 * `weights` default to 1.
 */
export function fitIsotonic(raw: Float64Array, labels: Float64Array, weights?: Float64Array): Calibration {
  checkScores(raw, weights);
  const groups = groupByScore(raw, labels, weights);
  const half = 0.5 * (groups.reduce((sum, group) => sum + group.weight, 0) / rows(raw, weights));
  observe(groups[0]!, { weight: half, positives: half });
  observe(groups.at(-1)!, { weight: half, positives: 0 });
  const blocks = poolAdjacentViolators(groups);
  return { kind: 'isotonic', x: blocks.map(centre), y: blocks.map(rate) };
}

/** Adds weight at the block's own centre. */
function observe(block: Block, { weight, positives }: { weight: number; positives: number }): void {
  block.moment += weight * centre(block);
  block.weight += weight;
  block.positives += positives;
}

function rows(raw: Float64Array, weights?: Float64Array): number {
  return weights === undefined ? raw.length : weights.reduce((count, weight) => count + Number(weight > 0), 0);
}

/** One block a distinct score, ascending. */
function groupByScore(raw: Float64Array, labels: Float64Array, weights?: Float64Array): Block[] {
  const order = Uint32Array.from(raw, (_, row) => row).toSorted((a, b) => raw[a]! - raw[b]! || a - b);
  const groups: Block[] = [];
  let previous = NaN;
  for (const row of order) {
    const score = raw[row]!;
    const weight = weights === undefined ? 1 : weights[row]!;
    if (weight === 0) continue;
    if (score !== previous) groups.push({ low: score, high: score, moment: 0, weight: 0, positives: 0 });
    const group = groups.at(-1)!;
    group.moment += weight * score;
    group.weight += weight;
    group.positives += weight * labels[row]!;
    previous = score;
  }
  return groups;
}

function poolAdjacentViolators(groups: readonly Block[]): Block[] {
  const blocks: Block[] = [];
  for (const group of groups) {
    let block = group;
    while (blocks.length > 0 && rate(blocks.at(-1)!) >= rate(block)) block = merge(blocks.pop()!, block);
    blocks.push(block);
  }
  return blocks;
}

function merge(a: Block, b: Block): Block {
  const moment = a.moment + b.moment;
  return { low: a.low, high: b.high, moment, weight: a.weight + b.weight, positives: a.positives + b.positives };
}

/** The weighted mean score; rounding may not carry it out of the block. */
function centre({ low, high, moment, weight }: Block): number {
  return Math.min(high, Math.max(low, moment / weight));
}

function rate({ positives, weight }: Block): number {
  return positives / weight;
}
