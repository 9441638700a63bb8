import { Worker } from 'node:worker_threads';
import { Fault, type FaultParts } from '../base/index.ts';
import type { StopOn, TrainedModel, TrainedNumber, TrainInput, Tuning } from '../lifecycle/index.ts';

/** What bounds a search for settings. */
export interface TuneBudget {
  trials?: number;
  seconds?: number;
}

export interface TrainingJob {
  input: TrainInput;
  budget: TuneBudget | null;
  /** Which rows decide when to stop; default as `trainModel`. */
  stopOn?: StopOn | undefined;
}

interface Progress {
  stage: string;
  trees: number;
}

/** What the training thread tells. */
export type TrainingNews =
  | { kind: 'progress'; progress: Progress }
  | { kind: 'done'; trained: TrainedModel | TrainedNumber; tuning: Tuning | null }
  | { kind: 'fault'; parts: FaultParts };

export interface Training {
  trained: TrainedModel | TrainedNumber;
  tuning: Tuning | null;
}

/**
 * Trains in a thread of its own, so that this one goes on hearing signals. Rejects with the Faults of the training, or
 * with the reason of an abort, at once and without a trace.
 */
export async function trainApart(
  job: TrainingJob,
  { onProgress, signal }: { onProgress: (progress: Progress) => void; signal: AbortSignal },
): Promise<Training> {
  signal.throwIfAborted();
  const worker = new Worker(new URL('./train-worker.ts', import.meta.url), { workerData: job });
  try {
    return await new Promise<Training>((done, fail) => {
      signal.addEventListener('abort', () => fail(signal.reason as Error), { once: true });
      worker.on('error', fail);
      worker.on('exit', (code) => fail(new Error(`the training thread ended with ${code}`)));
      worker.on('message', (news: TrainingNews) => {
        if (news.kind === 'progress') onProgress(news.progress);
        else if (news.kind === 'fault') fail(new Fault(news.parts));
        else done({ trained: news.trained, tuning: news.tuning });
      });
    });
  } finally {
    await worker.terminate();
  }
}
