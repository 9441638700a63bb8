import { valueType, type FeatureSpec } from '../../features/index.ts';

/** The values of one feature: numbers in the precision in which a model compares them, or codes of categories; NaN where missing. */
export type SampleValues = Float32Array<ArrayBuffer> | Float64Array<ArrayBuffer>;

/** Whether a feature's values are codes of categories. */
export const isCategorical = ({ kind }: FeatureSpec): boolean => valueType(kind) === 'categorical';

export const emptyValues = (feature: FeatureSpec, count: number): SampleValues =>
  isCategorical(feature) ? new Float64Array(count) : new Float32Array(count);

/** Turns values by sample, then feature, into columns. */
export function columnsOf(features: readonly FeatureSpec[], values: Float64Array, count: number): SampleValues[] {
  const width = features.length;
  const columns = features.map((feature) => emptyValues(feature, count));
  for (let row = 0, at = 0; row < count; row++) for (let i = 0; i < width; i++) columns[i]![row] = values[at++]!;
  return columns;
}
