import { random } from '../base/index.ts';
import { encodeBundle, percentilesOf } from '../bundle/index.ts';
import { LEAD_FEATURES } from '../features/index.ts';
import { createScorer, fit, fitIsotonic, type Dataset } from '../trees/index.ts';

const NUMBERS = ['employees', 'web_visits_7d', 'emails_replied_30d', 'lead_age_days'];
const INDUSTRIES = ['energy', 'retail', 'health'];

/** The files of a small real bundle over lead features; the same on every call. */
export function bundleFiles(rows = 400): { id: string; files: ReadonlyMap<string, Uint8Array> } {
  const draw = random(3);
  const codes = Int32Array.from({ length: rows }, () => draw.below(INDUSTRIES.length));
  const numbers = NUMBERS.map((name) => ({
    kind: 'numeric' as const,
    name,
    values: Float64Array.from({ length: rows }, () => (draw.uniform() < 0.1 ? NaN : draw.below(12))),
  }));
  const data: Dataset = {
    rows,
    columns: [{ kind: 'categorical', name: 'industry', levels: INDUSTRIES, codes }, ...numbers],
  };
  const labels = codes.map((code, row) =>
    draw.below(20) < (numbers[1]!.values[row]! || 0) + (code === 0 ? 4 : 0) ? 1 : 0,
  );
  const model = fit(data, Float64Array.from(labels), { seed: 1, trees: 20, depth: 3 });
  const raw = createScorer(model).rawBatch(data);
  const names = ['industry', ...NUMBERS];
  return encodeBundle({
    spec: { kind: 'log', features: names.map((name) => LEAD_FEATURES.find((feature) => feature.name === name)!) },
    target: { name: 'converted within 30 days', positive: 'converted', entity: 'lead', horizonDays: 30 },
    model,
    calibration: fitIsotonic(raw, Float64Array.from(labels)),
    percentiles: percentilesOf(raw),
    metrics: {},
  });
}
