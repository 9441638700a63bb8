import { Fault, quote, sigmoid } from '../base/portable.ts';
import { calibrate, type Calibration } from './calibrate.ts';
import type { Value } from './dataset.ts';
import type { Scorer } from './predict.ts';

export interface WhatIf {
  /** The score of the changed row, and how much more it is than that of the row as it stands. */
  raw: number;
  delta: number;
  /** The same for the probability. */
  probability: number;
  probabilityDelta: number;
  /** By how much each input's share in the score moved, for those that moved; together they are `delta`. */
  contributions: Record<string, number>;
}

/**
 * The score of `row` with some named inputs changed. A probability is calibrated where a calibration is given, else the
 * sigmoid of raw. It says what the model answers to another row, not what a deed would do. Throws a Fault for a name
 * that is no input of the model.
 */
export function whatIf(
  scorer: Scorer,
  row: ArrayLike<Value>,
  changes: Readonly<Record<string, Value>>,
  { calibration }: { calibration?: Calibration } = {},
): WhatIf {
  const changed = Array.from(row);
  for (const [name, value] of Object.entries(changes)) {
    const at = scorer.features.indexOf(name);
    if (at < 0) throw unknownInput(name, scorer.features);
    changed[at] = value;
  }
  const before = scorer.explain(row);
  const after = scorer.explain(changed);
  const probability = (raw: number): number => (calibration === undefined ? sigmoid(raw) : calibrate(calibration, raw));
  const moved = scorer.features
    .map((name, f): [string, number] => [name, after.contributions[f]! - before.contributions[f]!])
    .filter(([, difference]) => difference !== 0);
  return {
    raw: after.raw,
    delta: after.raw - before.raw,
    probability: probability(after.raw),
    probabilityDelta: probability(after.raw) - probability(before.raw),
    contributions: Object.fromEntries(moved),
  };
}

function unknownInput(name: string, known: readonly string[]): Fault {
  return new Fault({
    kind: 'input',
    value: `input ${quote(name)}`,
    rule: 'the model has no input of this name',
    remedy: `name one of ${known
      .slice(0, 5)
      .map((one) => quote(one, 30))
      .join(', ')}${known.length > 5 ? ', …' : ''}`,
  });
}
