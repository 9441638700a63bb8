import { keptOtherwise, notKept, type FeatureSpec } from '../features/index.ts';

/** How what a model needs stands to what a state keeps: it decides where both are empty. */
export interface Needs {
  /** The names of features that are not kept yet as the model has them. */
  readonly lacking: readonly string[];
  /** The names under which something else will be kept all the same: the model never decides. */
  readonly taken: readonly string[];
}

/** `wanted`: what the state is to keep by the next time that it is folded with others; asked for where something is lacking. */
export function needsOf(features: readonly FeatureSpec[], kept: readonly FeatureSpec[], wanted: () => readonly FeatureSpec[]): Needs {
  const lacking = [...notKept(features, kept), ...keptOtherwise(features, kept)];
  return { lacking, taken: lacking.length === 0 ? [] : keptOtherwise(features, wanted()) };
}

/** Why a model cannot decide whose features have names under which the state keeps something else. */
export const takenText = (names: readonly string[]): string =>
  `the state keeps something else under ${names.join(', ')}, as this release or the model of another kind of record has it: train anew, a feature of your own under another name`;
