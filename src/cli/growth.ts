import { HOUR, MINUTE, type Clock } from '../base/index.ts';
import { growthAt, noteGrowth, type FeatureSpec, type GrowthDone, type GrowthFailure, type StateOfLog } from '../features/index.ts';

/** After the first failure, and at most; it doubles from one to the next, ms. */
const WAITS = { first: MINUTE, most: HOUR };

export interface GrowthOptions extends Pick<StateOfLog, 'grow'> {
  /** Where the state lies. */
  readonly path: string;
  /** What the stored models need by now. */
  readonly wanted: () => readonly FeatureSpec[];
  /** Told of each failure. */
  readonly onFailure: (error: unknown) => void;
  /** Told how long it took, ms, to fold what was needed. */
  readonly onGrown?: (took: number) => void;
  readonly clock: Clock;
  readonly waits?: typeof WAITS;
}

/** Keeps the features of a state at what the stored models need. */
export interface Growth {
  /** Has it folded with what they need by now, once `before` is over. A failure is tried again, after waits that grow. */
  ask(before?: Promise<number | null>): Promise<void>;
  /** Idempotent. */
  stop(): void;
}

export function keepGrowing({ path, grow, wanted, onFailure, onGrown = () => {}, clock, waits = WAITS }: GrowthOptions): Growth {
  let tries = 0;
  let asked = 0;
  let timer: NodeJS.Timeout | undefined;
  let isStopped = false;
  let { done } = growthAt(path);

  const note = (failure: GrowthFailure | null): void => {
    try {
      noteGrowth(path, { failure, done });
    } catch (cause) {
      onFailure(cause); // as where the disk is full, which the log says then
    }
  };
  const grown = (took: number | null): void => {
    if (took === null) return;
    done = { at: clock(), took };
    onGrown(took);
  };
  const failed = (error: unknown): void => {
    const wait = Math.min(waits.most, waits.first * 2 ** tries++);
    const at = clock();
    note({ reason: error instanceof Error ? error.message : String(error), tries, at, again: at + wait });
    timer = setTimeout(() => void ask(), wait).unref();
  };
  const ask = async (before?: Promise<number | null>): Promise<void> => {
    if (isStopped) return;
    clearTimeout(timer);
    const number = ++asked;
    const isNewest = (): boolean => number === asked && !isStopped; // what was asked for since is about the newest
    try {
      grown((await before) ?? null);
      grown(await grow(wanted()));
      if (!isNewest()) return;
      tries = 0;
      note(null);
    } catch (error) {
      onFailure(error);
      if (isNewest()) failed(error);
    }
  };
  note(null); // what a process before noted of a failure
  return {
    ask,
    stop() {
      isStopped = true;
      clearTimeout(timer);
    },
  };
}

/** One line, with why. */
export const growthFailureText = ({ reason, tries, at }: GrowthFailure): string =>
  `features of a stored model could not be folded, ${tries === 1 ? 'once' : `${tries} times`} by now, last at ${new Date(at).toISOString()}: ${reason}`;

/** One line. */
export const growthDoneText = ({ at, took }: GrowthDone): string =>
  `features of a stored model were folded last at ${new Date(at).toISOString()}, within ${(took / 1_000).toFixed(1)} s`;
