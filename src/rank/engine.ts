/**
 * The decision engine: what is compiled into one file, stored by its hash and named in every decision, so that a
 * decision of an old release is computed again by the code that made it. Nothing here touches a disk, a clock or a
 * socket.
 */
export { decodeBundle } from '../bundle/index.ts';
export { parseRules } from '../rules/index.ts';
export { parseActionPolicy } from './act/index.ts';
export { arrange, dayOf } from './arrange.ts';
export { assess, explained } from './assess.ts';
export { assign } from './assign.ts';
export { select } from './candidates/select.ts';
export { ineligible } from './eligible.ts';
export { explainedValue } from './explained-value.ts';
export { loadModel } from './model.ts';
export { rate } from './rate.ts';
export { parsePolicy } from './policy.ts';
export { why } from './why.ts';

/** Counts the changes that alter a decision. */
export const ENGINE_VERSION = 25;
