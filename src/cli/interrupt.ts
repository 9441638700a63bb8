import { Fault } from '../base/index.ts';

/** Runs work that Ctrl-C aborts: the signal's reason is a Fault about `path`; `rule` says what the interruption leaves. */
export async function interruptible<T>(path: string, work: (signal: AbortSignal) => Promise<T>, rule = 'interrupted, nothing was written'): Promise<T> {
  const interrupt = new AbortController();
  const abort = (): void => interrupt.abort(new Fault({ kind: 'unavailable', value: path, rule, remedy: 'run again' }));
  process.once('SIGINT', abort);
  try {
    return await work(interrupt.signal);
  } finally {
    process.off('SIGINT', abort);
  }
}
