import type { Value } from './dataset.ts';
import type { Model } from './model.ts';

/** For tests: the model read off its types, question by question: what the kernels must agree with to the last bit. */
export function plainRaw({ bias, scale = 1, features, trees }: Model, row: readonly Value[]): number {
  const answer = (f: number, bin: number): boolean => {
    const feature = features[f]!;
    const value = row[f]!;
    const isMissing = value === null || Number.isNaN(value);
    if (feature.kind === 'numeric')
      return isMissing ? feature.missing === 'high' : Math.fround(value as number) > feature.borders[bin]!;
    const code = isMissing ? feature.levels.length : feature.levels.indexOf(String(value));
    if (feature.kind === 'one-hot') return code === bin;
    const rate = isMissing ? feature.missing : (feature.statistics[code] ?? feature.unseen);
    return Math.fround(rate) > feature.borders[bin]!;
  };
  let sum = 0;
  for (const { splits, leaves } of trees) {
    const leaf = splits.reduce((bits, { feature, bin }, level) => bits + (answer(feature, bin) ? 2 ** level : 0), 0);
    sum += leaves[leaf]!;
  }
  return sum * scale + bias;
}
