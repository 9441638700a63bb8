import { encodeModel, fit, load, whatIf, type Dataset } from './index.ts';

/**
 * For tests, in Node and in a page: trains a small model, loads its bytes, scores, explains and asks what if. Returns
 * all numbers as text, every bit of them.
 */
export function exercise(): string {
  const rows = 300;
  const visits = Float64Array.from({ length: rows }, (_, i) => (i * 37) % 23);
  const spend = Float64Array.from({ length: rows }, (_, i) => (i % 11 === 0 ? NaN : ((i * 7919) % 1000) / 7));
  const codes = Int32Array.from({ length: rows }, (_, i) => ((i * 31) % 5) - 1);
  const data: Dataset = {
    rows,
    columns: [
      { kind: 'numeric', name: 'visits', values: visits },
      { kind: 'numeric', name: 'spend', values: spend },
      { kind: 'categorical', name: 'industry', levels: ['energy', 'health', 'retail', 'trade'], codes },
    ],
  };
  const labels = Float64Array.from({ length: rows }, (_, i) =>
    Number(visits[i]! + 4 * codes[i]! > 10 + ((i * 13) % 7)),
  );
  const bytes = encodeModel(fit(data, labels, { trees: 20, depth: 4 }));
  const scorer = load(bytes);
  const row = [9, 12.5, 'retail'];
  return JSON.stringify([
    [...bytes],
    scorer.raw(row),
    [...scorer.contributions(row)],
    [...scorer.rawBatch(data)],
    [...scorer.contributionsBatch(data)].slice(0, 40),
    whatIf(scorer, row, { visits: 20, industry: null }),
    [...load(bytes, { background: data }).contributions(row)],
  ]);
}
