import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { Fault } from '../base/index.ts';
import type { Job, News } from './apart-process.ts';

const PROCESS = fileURLToPath(new URL('apart-process.ts', import.meta.url));
const PATIENCE = 1_000;

/**
 * Does a job in a process of its own, so that whoever folds and answers does not wait. On an abort it ends after the slice in hand,
 * or is killed: what is not whole does not count. Throws a Fault `unavailable` that says what went wrong.
 */
export async function runApart(job: Job, signal?: AbortSignal): Promise<number> {
  const child = fork(PROCESS, { execArgv: ['--disable-warning=ExperimentalWarning'], stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
  let wrong = '';
  let timer: NodeJS.Timeout | undefined;
  child.stderr!.on('data', (chunk: Buffer) => (wrong = (wrong + chunk.toString()).slice(-2_000)));
  const stop = (): void => {
    if (child.connected) child.disconnect();
    timer = setTimeout(() => child.kill('SIGKILL'), PATIENCE);
  };
  signal?.addEventListener('abort', stop, { once: true });
  try {
    return await new Promise<number>((done, fail) => {
      let answer: number | undefined;
      let rule = '';
      child.once('error', fail);
      child.on('message', (news: News) => {
        if ('done' in news) answer = news.done;
        else rule = news.fault;
      });
      const spoken = new Promise((heard) => void child.stderr!.once('close', heard));
      // not `close`: it does not come where this end has closed the channel
      child.once('exit', async (code, by) => {
        await spoken;
        if (answer !== undefined) return done(answer);
        const how = rule || `it ended with ${by ?? code}${wrong === '' ? '' : `: ${wrong.trim().split('\n').at(-1)}`}`;
        fail(new Fault({ kind: 'unavailable', value: job.kind, rule: how, remedy: 'it is tried again; look at bin/leadrank doctor' }));
      });
      child.send(job);
    });
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', stop);
  }
}
