import { parentPort, workerData } from 'node:worker_threads';
import { Fault, systemClock } from '../base/index.ts';
import { trainModel, trainNumber, tune } from '../lifecycle/index.ts';
import type { TrainingJob, TrainingNews } from './train-apart.ts';

/** The other end of `trainApart`: trains in this thread and tells the one that started it. */
const { input, budget, stopOn } = workerData as TrainingJob;
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
const tell = (news: TrainingNews): void => parentPort!.postMessage(news);
try {
  const onProgress = (progress: { stage: string; trees: number }): void => tell({ kind: 'progress', progress });
  const tuning = budget ? tune(input, { ...budget, clock: systemClock, onProgress }) : null;
  const { loss } = input;
  const options = { onProgress, ...(stopOn && { stopOn }), ...(tuning && { options: tuning.options }) };
  const trained = loss === undefined ? trainModel(input, options) : trainNumber({ ...input, loss }, options);
  tell({ kind: 'done', trained, tuning });
} catch (error) {
  if (!(error instanceof Fault)) throw error;
  const { kind, value, rule, remedy } = error;
  tell({ kind: 'fault', parts: { kind, value, rule, remedy } });
}
