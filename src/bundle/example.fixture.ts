import { random } from '../base/index.ts';
import { createScorer, fit, fitIsotonic, type Dataset } from '../trees/index.ts';
import type { BundleContent } from './bundle.ts';
import { percentilesOf } from './percentile.ts';

/** For tests: a small trained bundle; another seed gives another one. */
export function exampleBundle(seed = 1): BundleContent {
  const rows = 200;
  const source = random(seed);
  const values = Float64Array.from({ length: rows }, () => source.uniform());
  const labels = values.map((value) => Number(source.uniform() < value));
  const codes = Int32Array.from({ length: rows }, () => source.below(50));
  const levels = Array.from({ length: 50 }, (_, i) => `city ${i}`);
  const data: Dataset = {
    rows,
    columns: [
      { kind: 'numeric', name: 'visits', values },
      { kind: 'categorical', name: 'city', levels, codes },
    ],
  };
  const model = fit(data, labels, { trees: 5, depth: 3 });
  const raw = createScorer(model).rawBatch(data);
  return {
    spec: {
      kind: 'table',
      table: {
        columns: [
          { kind: 'numeric', name: 'visits', decimal: '.' },
          { kind: 'categorical', name: 'city' },
        ],
        id: null,
        time: null,
        reference: null,
        missing: [''],
      },
    },
    target: { name: 'converted', positive: 'yes', entity: 'row', horizonDays: null },
    model,
    calibration: fitIsotonic(raw, labels),
    percentiles: percentilesOf(raw),
    metrics: { rows, auc: 0.75 },
  };
}
