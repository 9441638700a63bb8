export { nextAction } from './action.ts';
export {
  arrange,
  type Adjustment,
  type Arrangement,
  type Candidate,
  type ListContext,
  type ListItem,
} from './arrange.ts';
export { assess, LAST_SCORE_LIFE, type AssessInput, type Engine } from './assess.ts';
export type { Action, Assessment, CandidateFacts, Grade, Level, Reason, RecordFacts, SourceAge } from './assessment.ts';
export type { Ineligible } from './eligible.ts';
export * as engine from './engine.ts';
export { gradeOf } from './grade.ts';
export { extendTrend, type LastScore, type LastScores, type TrendPoint } from './last.ts';
export { loadModel, type LoadedModel, type Scored } from './model.ts';
export {
  DEFAULT_POLICY,
  parsePolicy,
  policyDocument,
  type AdjustmentName,
  type AdjustmentSpec,
  type Policy,
  type PolicyDocument,
} from './policy.ts';
export { portable } from './portable.ts';
