import { setImmediate, setTimeout } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { startJobThreads } from './job-threads.ts';

const COUNTS = new URL(`data:text/javascript,${encodeURIComponent(`
  import { workerData } from 'node:worker_threads';
  for (;;) Atomics.add(workerData, 0, 1);
`)}`);

it('when it is closed no thread runs any more, one that an abort has ended neither', async () => {
  for (let run = 0; run < 3; run++) {
    const counter = new Int32Array(new SharedArrayBuffer(4));
    const stop = new AbortController();
    const pool = startJobThreads({ module: COUNTS, workerData: counter, threads: 1, here: () => {}, does: 'counts', signal: stop.signal });
    const done = expect(pool.each([1], (job, _, act) => act(job))).rejects.toThrow('stopped');
    while (Atomics.load(counter, 0) === 0) await setImmediate();
    stop.abort(new Error('stopped'));
    await done;
    await pool.close();
    const last = Atomics.load(counter, 0);
    await setTimeout(20);
    expect(Atomics.load(counter, 0)).toBe(last);
  }
});
