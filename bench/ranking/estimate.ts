/** The best score on what is observable, estimated: the true chances averaged over leads whose features are alike. */
import { hash32 } from '../../src/base/index.ts';
import { LEAD_FEATURES, valueType } from '../../src/features/index.ts';
import { createScorer, fit, type Column, type Dataset, type Value } from '../../src/trees/index.ts';

export interface Known {
  readonly subject: string;
  readonly vector: readonly Value[];
  /** The true chance, or a fair estimate of it. */
  readonly chance: number;
}

const FOLDS = 4;
const SEED = 11;

/**
 * Log-odds for each row, by trees that were fitted to the true chances of other leads: a chance is an outcome without its noise, so such a
 * row tells as much as many outcomes do. Rows of one lead are in one fold. A part of the others says when to stop.
 */
export function bestOnObservables(rows: readonly Known[]): Float64Array {
  const data = datasetOf(rows.map(({ vector }) => vector));
  const said = new Float64Array(rows.length);
  for (let fold = 0; fold < FOLDS; fold++) {
    const of = (wanted: (part: number) => boolean): number[] => [...rows.keys()].filter((at) => wanted(hash32(rows[at]!.subject, SEED) % (3 * FOLDS)));
    const [own, judge, rest] = [of((part) => part % FOLDS === fold), of((part) => part === (fold + 1) % FOLDS), of((part) => part % FOLDS !== fold && part !== (fold + 1) % FOLDS)];
    const [learned, validation] = [softly(data, rows, rest), softly(data, rows, judge)];
    const model = fit(learned.data, learned.labels, { weights: learned.weights, seed: SEED, learningRate: 0.05, validation });
    createScorer(model).rawBatch(picked(data, own)).forEach((raw, at) => (said[own[at]!] = raw));
  }
  return said;
}

/** Each row as a conversion with the weight of its chance, and as none with the rest. */
function softly(data: Dataset, rows: readonly Known[], of: readonly number[]): { data: Dataset; labels: Float64Array; weights: Float64Array } {
  const [yes, no] = [of.filter((at) => rows[at]!.chance > 0), of.filter((at) => rows[at]!.chance < 1)];
  return {
    data: picked(data, [...yes, ...no]),
    labels: Float64Array.from([...yes.map(() => 1), ...no.map(() => 0)]),
    weights: Float64Array.from([...yes.map((at) => rows[at]!.chance), ...no.map((at) => 1 - rows[at]!.chance)]),
  };
}

function picked(data: Dataset, rows: readonly number[]): Dataset {
  return {
    rows: rows.length,
    columns: data.columns.map((column) =>
      column.kind === 'numeric'
        ? { ...column, values: Float64Array.from(rows, (row) => column.values[row]!) }
        : { ...column, codes: Int32Array.from(rows, (row) => column.codes[row]!) }),
  };
}

/** Vectors of the features of leads as a table. */
export function datasetOf(vectors: readonly (readonly Value[])[]): Dataset {
  const columns = LEAD_FEATURES.map(({ name, kind }, place): Column => {
    if (valueType(kind) === 'numeric') return { kind: 'numeric', name, values: Float64Array.from(vectors, (vector) => (vector[place] as number | null) ?? NaN) };
    const levels = [...new Set(vectors.map((vector) => vector[place]).filter((one) => typeof one === 'string'))].toSorted();
    const codeOf = new Map<Value | undefined, number>(levels.map((level, code) => [level, code]));
    return { kind: 'categorical', name, levels, codes: Int32Array.from(vectors, (vector) => codeOf.get(vector[place]) ?? -1) };
  });
  return { rows: vectors.length, columns };
}
