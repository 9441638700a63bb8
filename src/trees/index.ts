export type { CategoricalColumn, Column, Dataset, NumericColumn, Value } from './dataset.ts';
