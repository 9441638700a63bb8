export { eraseAgain } from './again.ts';
export { openArchive, type Archive, type EngineModule } from './archive.ts';
export { compileEngine, type CompiledEngine } from './compile.ts';
export { decisionOf, type Decider, type Decision, type DecisionParts, type MadeWith, type Placement } from './decision.ts';
export type { Difference } from './difference.ts';
export { createEraser, type Eraser, type ErasureParts } from './erase.ts';
export { openJournal, type Journal, type JournalOptions } from './journal.ts';
export { openLastScores, type LastScoresOptions } from './last-scores.ts';
export { openRows, type Rows } from './rows.ts';
export { openLedger, type Entry, type Ledger } from './ledger.ts';
export type { Indexed, Place } from './places.ts';
export { formatDecision, readEntry } from './lookup.ts';
export {
  formatReceipt,
  openReceipts,
  verifyReceipt,
  type ErasureReceipt,
  type Receipts,
  type SignedReceipt,
} from './receipt.ts';
export { oldSegments, retireSegments, tellBeginnings } from './retire.ts';
export type { ReplaySources } from './recall.ts';
export { createReplayer, type Replay, type Replayer } from './replay.ts';
export type { Ground } from './urgency.ts';
export type { LogReplay, LogSource } from './replay-log.ts';
export { sampleJournals, type JournalSample, type SampleOptions } from './sample.ts';
export { verifyJournals, type Flaw, type Verification, type VerifyOptions } from './verify.ts';
export { headsIn } from './heads.ts';
export { anchorEvent, marksIn, type JournalHead, type Marks } from './marks.ts';
export type { MadeFrom } from './made-from.ts';
