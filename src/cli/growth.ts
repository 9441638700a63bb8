import { HOUR, MINUTE, type Clock } from '../base/index.ts';
import { forgetGrowthFailure, noteGrowthFailure, type FeatureSpec, type GrowthFailure, type StateOfLog } from '../features/index.ts';

/** After the first failure, and at most; it doubles from one to the next, ms. */
const WAITS = { first: MINUTE, most: HOUR };

export interface GrowthOptions extends Pick<StateOfLog, 'grow'> {
  /** Where the state lies. */
  readonly path: string;
  /** What the stored models need by now. */
  readonly wanted: () => readonly FeatureSpec[];
  /** Told of each failure. */
  readonly onFailure: (error: unknown) => void;
  readonly clock: Clock;
  readonly waits?: typeof WAITS;
}

/** Keeps the features of a state at what the stored models need. */
export interface Growth {
  /** Has it folded with what they need by now, once `before` is over. A failure is tried again, after waits that grow. */
  ask(before?: Promise<void>): Promise<void>;
  /** Idempotent. */
  stop(): void;
}

export function keepGrowing({ path, grow, wanted, onFailure, clock, waits = WAITS }: GrowthOptions): Growth {
  let tries = 0;
  let asked = 0;
  let timer: NodeJS.Timeout | undefined;
  let isStopped = false;
  forgetGrowthFailure(path); // of a process before

  const note = (error: unknown, again: number): void => {
    try {
      noteGrowthFailure(path, { reason: error instanceof Error ? error.message : String(error), tries, at: clock(), again });
    } catch (cause) {
      onFailure(cause); // as where the disk is full, which the log says then
    }
  };
  const failed = (error: unknown): void => {
    const wait = Math.min(waits.most, waits.first * 2 ** tries++);
    note(error, clock() + wait);
    timer = setTimeout(() => void ask(), wait).unref();
  };
  const succeeded = (): void => {
    tries = 0;
    forgetGrowthFailure(path);
  };
  const ask = async (before?: Promise<void>): Promise<void> => {
    if (isStopped) return;
    clearTimeout(timer);
    const number = ++asked;
    const isNewest = (): boolean => number === asked && !isStopped; // what was asked for since is about the newest
    try {
      await before;
      await grow(wanted());
      if (isNewest()) succeeded();
    } catch (error) {
      onFailure(error);
      if (isNewest()) failed(error);
    }
  };
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
