/** The part of base that needs no Node: what runs in a browser, as `trees` does, imports this face and no other. */
export { Fault, quote, type FaultKind, type FaultParts } from './errors.ts';
export { exp, log, logit, pow2, sigmoid } from './maths.ts';
export { hash32, mix32, random, type Random } from './random.ts';
export { sha256 } from './sha256.ts';
