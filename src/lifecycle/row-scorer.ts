import { percentileScore, probabilityOf, type Bundle, type TableSpec } from '../bundle/index.ts';
import { createScorer, topInputs, type Value } from '../trees/index.ts';
import { createTableEncoder } from './encode.ts';

/** Scores the rows of files with one header. */
export interface RowScorer {
  /** The model's inputs; a row's contributions follow this order, then the bias. */
  inputs: readonly string[];
  /** The column that names a row. */
  id: string | null;
  score(cells: readonly string[], options: { reasons: number }): ScoredRow;
  /** Cells so far that hold a value which is not of their column's kind, by column. */
  unreadable: ReadonlyMap<string, number>;
}

export interface ScoredRow {
  /** Log-odds. */
  raw: number;
  /** Calibrated where the bundle can; null for a model of a number. */
  probability: number | null;
  /** Percentile among the rows that the model was trained on, each scored unseen; null where the bundle has none. */
  score: number | null;
  /** Exact SHAP of `raw`, one an input and the bias. */
  contributions: Float64Array;
  /** The strongest contributions in words, e.g. `TotalVisits = 12 (+0.42)`; those of zero are no reasons. */
  reasons: string[];
}

/** Throws a Fault that names the columns which the file lacks. `asOf` (ms) is where ages of dates count from. */
export function createRowScorer(bundle: Bundle, spec: TableSpec, header: readonly string[], asOf?: number): RowScorer {
  const encoder = createTableEncoder(spec, header, asOf);
  const scorer = createScorer(bundle.model);
  const { features } = scorer;
  return {
    inputs: features,
    id: spec.id,
    unreadable: encoder.unreadable,
    score(cells, { reasons }) {
      const values = encoder.row(cells);
      const { raw, contributions } = scorer.explain(values);
      const score = percentileScore(bundle.percentiles, raw);
      return {
        raw,
        probability: probabilityOf(bundle, raw),
        score: Number.isNaN(score) ? null : score,
        contributions,
        reasons: topInputs(contributions, reasons).map(
          ({ of, effect }) => `${features[of]!} = ${shown(values[of]!)} (${signed(effect)})`,
        ),
      };
    },
  };
}

function shown(value: Value): string {
  if (value === null) return '(blank)';
  if (typeof value === 'number') return String(Number(value.toPrecision(6)));
  return value.length > 60 ? `${value.slice(0, 60)}…` : value;
}

function signed(effect: number): string {
  return `${effect < 0 ? '-' : '+'}${Math.abs(effect).toFixed(2)}`;
}
