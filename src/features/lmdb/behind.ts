/** How far a state is behind the history of its log, in offsets. */
export interface Behind {
  readonly offset: number;
  /** Where the history ends: what came later can be folded only. */
  readonly history: number;
  /** So many events are worth a build at least. */
  readonly far?: number;
}

/**
 * What an event costs in a build, by the clock, as a share of what it costs to fold it by itself: 8.6 of 40 to 50 µs over 2.5 M leads
 * (bench/features/state.ts, fold.ts). A build takes the whole history, a fold what is lacking: from this share on the build is sooner done.
 */
export const BUILD_SHARE = 0.2;

const FAR = 100_000;

/** Whether building a state anew takes less than folding what it lacks. */
export const isFarBehind = ({ offset, history, far = FAR }: Behind): boolean => history - offset >= Math.max(far, BUILD_SHARE * history);
