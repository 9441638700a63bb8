export type { BookSummary, CandidateReader } from './reader.ts';
export type { Selection } from './select.ts';
export type { CandidateSource } from './source.ts';
export { endedLately, type EndedLately } from './ended.ts';
export { barredBy } from './screen.ts';
export { listOf, shelvesOf, type Shelves } from './shelves.ts';
export { readerOf } from './state-reader.ts';
export { flagWords, whyLeftOut } from './left-out.ts';
