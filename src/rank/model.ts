import { percentileScore, probabilityOf, segmentScore, type Bundle, type SegmentQuantiles } from '../bundle/index.ts';
import { Fault } from '../base/index.ts';
import { createScorer, type Value } from '../trees/index.ts';
import type { Standing, Worth } from './assessment.ts';
import { projector } from './project.ts';
import type { Effect } from './reasons.ts';
import { describers } from './sentences.ts';
import { appraiser, type Appraiser } from './value.ts';

/** A bundle ready to score. */
export interface LoadedModel {
  /** The bundle's id. */
  readonly id: string;
  /** The input columns that it needs. */
  readonly columns: readonly string[];
  /** The categories that each of them may take; null for one that takes numbers. */
  readonly levels: readonly (readonly string[] | null)[];
  /**
   * The answer for one vector whose entries `columns` names; null where `raw` is not finite. Throws a Fault of kind
   * `conflict` when a needed column is not among them.
   */
  score(columns: readonly string[], vector: readonly Value[]): Scored | null;
  /** The same without its effects, to the same bits, in a small part of the time. */
  rate(columns: readonly string[], vector: readonly Value[]): Rated | null;
  /** What the value comes from, feature by feature; an own amount is one feature, and `size` its effect. None where the bundle says no value. */
  valueEffects(columns: readonly string[], vector: readonly Value[], size: number): readonly Effect[];
  /**
   * Where `raw` stands among the records of training with the same value of the feature `by`; null where that is null, or nothing is
   * known of them. `columns` names the entries of the vector.
   */
  standing(columns: readonly string[], vector: readonly Value[], raw: number, by: string | null): Standing | null;
}

export interface Rated {
  /** Log-odds, float64 in the model's fixed tree order. */
  readonly raw: number;
  readonly probability: number;
  /** Percentile of `raw`, 0 to 100. */
  readonly score: number;
  /** What the outcome is worth; null where the bundle does not say. */
  readonly value: Worth | null;
  /** Why it is not known although the bundle says it. */
  readonly valueFault?: string;
}

export interface Scored extends Rated {
  /** Exact SHAP of `raw`, one a column; with the model's expected value they add up to `raw`. */
  readonly effects: readonly Effect[];
  /** The model's expected value: what it says of a record that nothing is known of. */
  readonly baseline: number;
}

/** Makes a bundle ready to score. Throws a Fault for a bundle that has no reference scores to rank against. */
export function loadModel(bundle: Bundle): LoadedModel {
  const { id, model, percentiles } = bundle;
  if (bundle.target.kind === 'number')
    throw new Fault({
      kind: 'input',
      value: `bundle ${id}`,
      rule: 'predicts a number, and records are ranked by a probability',
      remedy: 'fit one on an outcome',
    });
  if (percentiles.length === 0)
    throw new Fault({
      kind: 'input',
      value: `bundle ${id}`,
      rule: 'has no reference scores',
      remedy: 'fit one on your data',
    });
  const scorer = createScorer(model);
  const project = projector(scorer.features);
  const describe = describers(bundle.spec, scorer.features);
  const valued = bundle.value && appraiser(bundle.value, (columns) => describers(bundle.spec, columns));
  const rated = (raw: number, columns: readonly string[], vector: readonly Value[]): Rated => ({ raw, probability: probabilityOf(bundle, raw)!, score: percentileScore(percentiles, raw), ...worthOf(valued, columns, vector) });
  return {
    id,
    columns: scorer.features,
    levels: model.features.map((feature) => (feature.kind === 'numeric' ? null : feature.levels)),
    valueEffects: (columns, vector, size) => valued?.effects(columns, vector, size) ?? [],
    standing(columns, vector, raw, by) {
      const divided = bundle.segments?.find(({ feature }) => feature === by);
      const value = divided && vector[columns.indexOf(divided.feature)];
      return divided === undefined || typeof value !== 'string' ? null : standingIn(divided, value, raw);
    },
    score(columns, vector) {
      const row = project(columns, vector);
      const explained = scorer.explain(row);
      const raw = explained.raw + 0; // -0 does not survive JSON
      if (!Number.isFinite(raw)) return null;
      const effects = row.map((value, at) => describe[at]!(value, explained.contributions[at]!));
      return { ...rated(raw, columns, vector), effects, baseline: explained.contributions[row.length]! };
    },
    rate(columns, vector) {
      const raw = scorer.raw(project(columns, vector)) + 0; // -0 does not survive JSON
      return Number.isFinite(raw) ? rated(raw, columns, vector) : null;
    },
  };
}

function standingIn(divided: SegmentQuantiles, value: string, raw: number): Standing | null {
  const percentile = segmentScore(divided, value, raw);
  return percentile === null ? null : { percentile, among: { feature: divided.feature, value } };
}

/** A chance stands without its value. */
function worthOf(valued: Appraiser | null | undefined, columns: readonly string[], vector: readonly Value[]): Pick<Scored, 'value' | 'valueFault'> {
  try {
    return { value: valued?.worth(columns, vector) ?? null };
  } catch (cause) {
    return { value: null, valueFault: cause instanceof Fault ? `${cause.value} ${cause.rule}` : 'the model of the amount failed on this record' };
  }
}
