import { clusteredMean, effectiveSize, shrinkTo } from '../../experiment/index.ts';
import type { LearnedEffect } from '../../rank/index.ts';
import { createScorer, encodeModel, fit, type FitOptions, type Model } from '../../trees/index.ts';
import { crossFit, foldsOf } from '../cross-fit.ts';
import { take, takeRows } from '../rows.ts';
import { contrastOf, type Contrast } from './contrast.ts';
import { learnExpected } from './expected.ts';
import { pick, type Recommendations } from './recommendations.ts';

/** The effect of recommending one action in the place of what the rules say, as it was learned. */
export interface ArmEffect {
  readonly arm: string;
  /** Times that it was recommended, and how many recommendations by an even lot those are worth. */
  readonly decisions: number;
  readonly effective: number;
  /** The mean effect and its standard error, before it is drawn to the rules' prior. */
  readonly mean: number;
  readonly error: number;
  /** The mean that is believed, and how far the effect of single records is believed to differ from it, 0 to 1. */
  readonly offset: number;
  readonly slope: number;
  /** Of the difference from the mean; null where none is believed. */
  readonly model: Model | null;
}

/** With less than so many effective recommendations, an action is left to the rules. */
const LEAST_OF_ARM = 100;
/** Standard errors beyond which differences between records are believed: one-sided 95 %. */
const BELIEVED = 1.645;
const FOLDS = 2;
const EFFECT: FitOptions = { loss: 'rmse', trees: 60, depth: 3, learningRate: 0.05, l2: 200, subsample: 0.7 };

/**
 * Learns the effects of actions by a DR-learner: nuisance models and effect models are cross-fitted by subject. The mean of each
 * is drawn to the rules' prior, no effect, by empirical Bayes; what differs between records counts as far as it foretells
 * held-out pseudo-outcomes (Chernozhukov et al. 2018, best linear predictor). Whether an effect is more than chance is not asked
 * here, but of decisions that it has not seen: `shownArms`. `rows` are those to learn from.
 */
export function learnEffects(all: Recommendations, rows: Int32Array, seed: number): ArmEffect[] {
  const { arms, propensity, action } = all.decisions;
  const part = pick(all, rows);
  const folds = foldsOf(part.decisions.subject, FOLDS, seed);
  const expected = crossFit(folds, { rows: rows.length, width: arms.length }, (fold, others) => learnExpected(all, take32(rows, others), seed)(take32(rows, fold)));
  const known = arms.flatMap((arm, place) => {
    const shown = rows.filter((row) => action[row] === place);
    const effective = effectiveSize(Float64Array.from(shown, (row) => 1 / propensity[row * arms.length + place]!));
    const contrast = contrastOf(place, part, expected);
    if (effective < LEAST_OF_ARM || contrast.rows.length < LEAST_OF_ARM) return [];
    const { value: mean, error } = clusteredMean(contrast.values, take32(part.decisions.subject, contrast.rows));
    return [{ arm, decisions: shown.length, effective, mean, error, contrast }];
  });
  const offsets = shrinkTo(0, known.map(({ mean, error }) => ({ value: mean, error })));
  return known.map(({ contrast, arm, decisions, effective, mean, error }, at) => {
    const { slope, model } = difference(all, rows, contrast, folds, seed);
    return { arm, decisions, effective, mean, error, offset: offsets[at]!.value, slope, model };
  });
}

/** How the effect differs between records: a model of it, and how far that can be believed. */
function difference({ data }: Recommendations, rows: Int32Array, { rows: places, values }: Contrast, folds: readonly Int32Array[], seed: number): Pick<ArmEffect, 'slope' | 'model'> {
  const mean = meanOf(values);
  const centred = values.map((value) => value - mean);
  const train = (of: Int32Array): Model => fit(takeRows(data, take32(rows, take32(places, of))), take(centred, of), { ...EFFECT, seed, threads: 1 });
  const foldOf = new Int32Array(rows.length);
  folds.forEach((fold, number) => fold.forEach((row) => (foldOf[row] = number)));
  const held = Array.from(folds.keys(), (number) => Int32Array.from(places.keys()).filter((at) => foldOf[places[at]!] === number));
  if (held.some((fold) => fold.length === 0 || places.length - fold.length < LEAST_OF_ARM)) return { slope: 0, model: null };
  const foretold = crossFit(held, { rows: places.length, width: 1 }, (fold, others) => createScorer(train(others)).rawBatch(takeRows(data, take32(rows, take32(places, fold)))));
  const slope = believed(foretold, centred);
  return slope === 0 ? { slope, model: null } : { slope, model: train(Int32Array.from(places.keys())) };
}

/** The slope of what happened on what was foretold, at most 1, drawn to 0 as James and Stein have it; 0 where it is not shown. */
function believed(foretold: Float64Array, happened: Float64Array): number {
  const mean = meanOf(foretold);
  let [squares, products] = [0, 0];
  for (let at = 0; at < foretold.length; at++) {
    squares += (foretold[at]! - mean) ** 2;
    products += (foretold[at]! - mean) * happened[at]!;
  }
  if (!(squares > 0)) return 0;
  const slope = products / squares;
  let meat = 0;
  for (let at = 0; at < foretold.length; at++) meat += ((foretold[at]! - mean) * (happened[at]! - slope * (foretold[at]! - mean))) ** 2;
  const error = Math.sqrt(meat) / squares;
  return slope > BELIEVED * error ? Math.min(1, slope) * (1 - (error / slope) ** 2) : 0;
}

/** Effects as a policy document holds them. */
export const documented = (effects: readonly ArmEffect[]): LearnedEffect[] =>
  effects.map(({ arm, offset, slope, model, decisions, effective }) => ({ arm, offset, slope, model: modelText(model), decisions, effective }));

/** The model as a policy document holds it. */
export function modelText(model: Model | null): string | null {
  return model === null ? null : btoa(Array.from(encodeModel(model), (byte) => String.fromCharCode(byte)).join(''));
}

const take32 = (values: Int32Array, rows: Int32Array): Int32Array => rows.map((row) => values[row]!);
const meanOf = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
