import { decodeBundle, encodeBundle, percentilesOf, type Bundle } from '../bundle/index.ts';
import { random } from '../base/index.ts';
import { LEAD_FEATURES } from '../features/index.ts';
import { createScorer, fit, fitIsotonic, type Dataset, type Value } from '../trees/index.ts';

const NAMES = ['industry', 'employees', 'web_visits_7d', 'emails_replied_30d', 'lead_age_days'];
const INDUSTRIES = ['energy', 'retail', 'health'];
const ROWS = 600;

/** The features of the fixture's model, in its order. */
export const modelFeatures = NAMES.map((name) => LEAD_FEATURES.find((feature) => feature.name === name)!);

/** A small real model over lead features, trained on a seeded table; the same on every call. */
export function bundleFixture(seed = 1): { bundle: Bundle; files: ReadonlyMap<string, Uint8Array>; rows: Value[][] } {
  const draw = random(seed);
  const rows = Array.from({ length: ROWS }, (): Value[] => [
    draw.pick(INDUSTRIES),
    draw.uniform() < 0.1 ? null : draw.below(900),
    draw.below(12),
    draw.below(3),
    draw.uniform() * 90,
  ]);
  const labels = Float64Array.from(rows, ([industry, , visits, replies]) => {
    const p = 0.1 + (visits as number) * 0.04 + (replies as number) * 0.12 + (industry === 'energy' ? 0.15 : 0);
    return draw.uniform() < p ? 1 : 0;
  });
  const data: Dataset = {
    rows: ROWS,
    columns: [
      {
        kind: 'categorical',
        name: NAMES[0]!,
        levels: INDUSTRIES,
        codes: Int32Array.from(rows, ([it]) => INDUSTRIES.indexOf(it as string)),
      },
      ...NAMES.slice(1).map((name, at) => ({
        kind: 'numeric' as const,
        name,
        values: Float64Array.from(rows, (row) => (row[at + 1] as number | null) ?? NaN),
      })),
    ],
  };
  const model = fit(data, labels, { seed, trees: 30, depth: 4 });
  const raw = createScorer(model).rawBatch(data);
  const { files } = encodeBundle({
    spec: { kind: 'log', features: modelFeatures },
    target: { name: 'converted within 30 days', positive: 'converted', entity: 'lead', horizonDays: 30 },
    model,
    calibration: fitIsotonic(raw, labels),
    percentiles: percentilesOf(raw),
    metrics: {},
  });
  return { bundle: decodeBundle(files), files, rows };
}
