export { armOf, isOn, UNITS, type ArmName, type ExperimentSpec } from './assign.ts';
export { binomialTest } from './binomial.ts';
export { CLIP, comparePolicies, type Comparison, type OffPolicyEstimate } from './compare.ts';
export { checkDecisions, type LoggedDecisions, type PolicyTable } from './decisions.ts';
export type { EstimatorName } from './estimators.ts';
export { clusteredMean, meanInterval, type Interval } from './interval.ts';
export { shrinkTo, type Noisy, type Shrunk } from './shrink.ts';
export { evaluationOf, LEAST_EFFECTIVE, objection, verdict, type Evaluation } from './verdict.ts';
export { effectiveSize, type Overlap } from './weights.ts';
