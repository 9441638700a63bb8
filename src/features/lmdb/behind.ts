import type { CellLog, Log } from '../../log/index.ts';

/** How far a state is behind the history of its log, in offsets. */
export interface Behind {
  readonly offset: number;
  /** Where the history ends: what came later can be folded only. */
  readonly history: number;
}

/**
 * What an event costs in a build, by the clock, as a share of what it costs to fold it by itself: 8.6 of 77 µs over 2.5 M leads, of 28 to 32 µs
 * over 200,000 (bench/features/state.ts, fold.ts). A build takes the whole history, a fold what is lacking: from this share on the build is sooner done.
 */
export const BUILD_SHARE = 0.2;

/** Fewer events than these are folded sooner than a build begins. */
const FAR = 100_000;

/** Whether building a state anew takes less than folding what it lacks, where that is `far` events at least. */
export const isFarBehind = ({ offset, history }: Behind, far = FAR): boolean => history - offset >= Math.max(far, BUILD_SHARE * history);

/** Whether the history of a log is so long that a state of it is built rather than folded. */
export const isLong = (log: Log, far?: number): boolean => isFarBehind({ offset: 0, history: historyOf(log) }, far);

/** The end of a log's history; 0 for one that has none. */
export const historyOf = (log: Log): number => ('history' in log ? (log as CellLog).history.end() : 0);
