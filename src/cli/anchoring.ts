import { anchorEvent, type Journal } from '../audit/index.ts';
import { MINUTE, type Clock } from '../base/index.ts';
import type { Log } from '../log/index.ts';

export interface AnchoringOptions {
  readonly journal: Pick<Journal, 'head'>;
  readonly log: Pick<Log, 'append'>;
  readonly clock: Clock;
  readonly onFailure: (error: unknown) => void;
  /** ms */
  readonly every?: number;
}

/** Tells the log how far the journal is, where it grew, so that a journal that is cut off is missed. */
export interface Anchoring {
  /** Tells it a last time. Idempotent. */
  stop(): Promise<void>;
}

export function anchorJournal({ journal, log, clock, onFailure, every = 10 * MINUTE }: AnchoringOptions): Anchoring {
  let told: string | undefined;
  let telling: Promise<void> = Promise.resolve();
  const tell = async (): Promise<void> => {
    const head = journal.head();
    if (head === null || head.chain === told) return;
    try {
      await log.append([anchorEvent(head, clock())]);
      told = head.chain;
    } catch (error) {
      onFailure(error);
    }
  };
  const timer = setInterval(() => void (telling = telling.then(tell)), every).unref();
  let stopping: Promise<void> | undefined;
  return {
    stop() {
      clearInterval(timer);
      return (stopping ??= telling.then(tell));
    },
  };
}
