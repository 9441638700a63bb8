export type { Bundle, BundleContent, BundleSpec, Target } from './bundle.ts';
export { decodeBundle, encodeBundle } from './codec.ts';
export { readBundle, signBundle, verifyBundleSignature, checkBundleTarget, writeBundle } from './folder.ts';
export { predictionOf } from './prediction.ts';
export { probabilityOf } from './probability.ts';
export { percentileScore, percentilesOf } from './percentile.ts';
export { keyFingerprint, type Signature } from './signature.ts';
export { amountOf, type OutcomeValue, type ValueModel } from './value.ts';
export type { DateOrder, DatePart, Decimal, TableColumn, TableSpec, TimeColumn } from './table.ts';
