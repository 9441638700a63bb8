export type { ActionKind } from './arm.ts';
export { actionChances, chooseAction } from './choose.ts';
export { DEFAULT_ACTIONS } from './default.ts';
export type { LearnedDocument, LearnedEffect } from './learned.ts';
export type { ActionPolicyDocument } from './document.ts';
export { defaultActionPolicy, parseActionPolicy, trialPolicy, withoutEffects, type ActionPolicy } from './policy.ts';
export { leftOutSentence } from './sentence.ts';
export { situationOf, type Situation } from './situation.ts';
