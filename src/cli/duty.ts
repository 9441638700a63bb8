import { setTimeout as sleep } from 'node:timers/promises';
import { Counter, Gauge, type Registry } from 'prom-client';
import { runApart } from './apart.ts';
import type { Job } from './apart-process.ts';

/** Something that a running cell does by itself again and again, beside folding and answering. */
export interface Duty {
  /** In metrics, e.g. `compaction`. */
  readonly name: string;
  /** How often it is looked whether there is something to do, ms. */
  readonly every: number;
  /** What there is to do now. */
  due(): Job | undefined;
}

export interface DutyOptions {
  readonly registry: Registry;
  readonly onFailure: (error: unknown) => void;
}

export interface RunningDuty {
  /** Idempotent: ends what is under way. What is not whole is done again at the next start. */
  stop(): Promise<void>;
}

/** Does a duty until it is stopped, in processes of their own. A failure is told and tried again the next time. */
export function keep({ name, every, due }: Duty, { registry, onFailure }: DutyOptions): RunningDuty {
  const registers = [registry];
  const running = new Gauge({ name: `leadrank_${name}_running`, help: `1 while a ${name} is under way`, registers });
  const seconds = new Gauge({ name: `leadrank_${name}_seconds`, help: `How long the last ${name} took`, registers });
  const failures = new Counter({ name: `leadrank_${name}_failures_total`, help: `How often a ${name} failed; it is tried again`, registers });
  const abort = new AbortController();
  const { signal } = abort;

  const round = async (): Promise<void> => {
    const job = due();
    if (job === undefined) return;
    running.set(1);
    const begun = performance.now();
    try {
      await runApart(job, signal);
      seconds.set((performance.now() - begun) / 1_000);
    } finally {
      running.set(0);
    }
  };

  const loop = async (): Promise<void> => {
    while (!signal.aborted) {
      try {
        await round();
      } catch (error) {
        if (signal.aborted) return;
        failures.inc();
        onFailure(error);
      }
      await sleep(every, undefined, { signal, ref: false }).catch(() => {});
    }
  };
  const done = loop();
  return {
    async stop() {
      abort.abort();
      await done;
    },
  };
}
