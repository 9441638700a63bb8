import { valueType, type FeatureSpec } from '../../features/index.ts';

/** The values of one feature: numbers in the precision in which a model compares them, or codes of categories; NaN where missing. */
export type SampleValues = Float32Array<ArrayBuffer> | Float64Array<ArrayBuffer>;

/** Whether a feature's values are codes of categories. */
export const isCategorical = ({ kind }: FeatureSpec): boolean => valueType(kind) === 'categorical';

export const emptyValues = (feature: FeatureSpec, count: number): SampleValues =>
  isCategorical(feature) ? new Float64Array(count) : new Float32Array(count);

/** A code of a category in 32 bits: 0 where it is missing, which no word's code is. A number is a float32. */
export const bitsOf = (code: number): number => (code === code ? code : 0);

/** The code that stands in 32 bits. */
export const codeIn = (bits: number): number => (bits === 0 ? NaN : bits);
