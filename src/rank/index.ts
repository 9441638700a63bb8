export { DEFAULT_ACTIONS, parseArmName, situationOf, type ActionKind, type ActionPolicy, type ActionPolicyDocument, type LearnedDocument, type LearnedEffect } from './act/index.ts';
export type { Adjustment, Arrangement, Candidate, ListContext, ListItem } from './arrange.ts';
export type { AssessInput, Engine } from './assess.ts';
export type { Action, Assessment, CandidateFacts, Grade, Level, Reason, RecordFacts, SourceAge, Worth } from './assessment.ts';
export type { Ineligible } from './eligible.ts';
export * as engine from './engine.ts';
export { extendTrend, type LastScore, type LastScores, type TrendPoint } from './last.ts';
export type { LoadedModel, Scored } from './model.ts';
export {
  DEFAULT_POLICY,
  policyDocument,
  type AdjustmentName,
  type AdjustmentSpec,
  type Policy,
  type PolicyDocument,
} from './policy.ts';
export { portable } from './portable.ts';
export { whatIf, type WhatIf } from './what-if.ts';
