export type { CategoricalColumn, Column, Dataset, NumericColumn, Value } from './dataset.ts';
export type { FitOptions } from './options.ts';
export { calibrate, type Calibration } from './calibrate.ts';
export { fitCalibration } from './choose-calibration.ts';
export { fitIsotonic } from './isotonic.ts';
export { decodeModel, encodeModel } from './codec.ts';
export type { Model, ModelFeature, NumericFeature, OneHotFeature, Split, TargetFeature, Tree } from './model.ts';
export { createScorer, type Scorer } from './predict.ts';
export { fitStopped as fit } from './stop.ts';
