import { quote } from '../base/index.ts';
import { ruleFault } from './fault.ts';

/**
 * The share of records with so many points that had the outcome, so that records that rules rank stand on one scale with those that a
 * model does. Points ascend, shares do not fall; between two entries lies the line, beyond the first and the last their share.
 */
export type Chances = readonly (readonly [points: number, share: number])[];

/** What is assumed where a rule set does not say: history tells better, see `rules dry-run`. */
export const ASSUMED_CHANCES: Chances = [[0, 0.01], [50, 0.05], [100, 0.2]];

/** The chance that so many points stand for, above 0 and below 1. */
export function chanceOf(points: number, chances: Chances = ASSUMED_CHANCES): number {
  const above = chances.findIndex(([from]) => from > points);
  if (above === 0) return chances[0]![1];
  if (above < 0) return chances.at(-1)![1];
  const [[from, low], [to, high]] = [chances[above - 1]!, chances[above]!];
  return low + ((high - low) * (points - from)) / (to - from);
}

const MOST = 50;

/** Checks the entry `chances` of a document. Throws a RuleFault. */
export function parseChances(raw: unknown): Chances {
  if (!Array.isArray(raw) || raw.length === 0 || raw.length > MOST) throw fault([], raw, `is no list of 1 to ${MOST} pairs`, 'write [points, share] once a line');
  raw.forEach((pair: unknown, at) => {
    const [points, share, ...more] = (Array.isArray(pair) ? pair : []) as unknown[];
    if (!Number.isFinite(points) || typeof share !== 'number' || !(share > 0 && share < 1) || more.length > 0) throw fault([at], pair, 'is no pair of points and a share between 0 and 1', 'write it like [50, 0.05]');
    const [before, held] = (raw[at - 1] ?? [-Infinity, 0]) as [number, number];
    if ((points as number) <= before || share < held) throw fault([at], pair, 'does not follow the pair before it: points ascend, shares do not fall', 'put the pairs in order');
  });
  return raw as unknown as Chances;
}

const fault = (path: number[], value: unknown, rule: string, remedy: string) => ruleFault({ where: 'chances', path: ['chances', ...path], value: quote(value), rule, remedy });
