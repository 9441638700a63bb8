export type { BookSummary, CandidateReader } from './reader.ts';
export type { Selection } from './select.ts';
export type { CandidateSource } from './source.ts';
export { readerOf } from './state-reader.ts';
export { whyLeftOut } from './left-out.ts';
