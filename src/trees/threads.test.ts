import { Worker } from 'node:worker_threads';
import { afterEach, expect, it, vi } from 'vitest';
import { awaited, startThread } from './threads.ts';

/** A thread whose loop ends in this way at the third request. */
function doomed(end: string, patience: number): NonNullable<ReturnType<typeof startThread>> {
  vi.stubEnv('DYING_WORKER', end);
  return startThread({ source: new URL('dying-worker.fixture.ts', import.meta.url), patience })!;
}

afterEach(() => vi.unstubAllEnvs());

it.each([
  ['throws', 20_000, /^a training thread: it ended before it answered: out of luck; .*memory/],
  ['exits', 20_000, /^a training thread: it ended before it answered; .*memory/],
  ['hangs', 500, /^a training thread: it is silent; /],
])('a thread that %s in the midst of training is a fault, not a wait for ever', (end, patience, message) => {
  const thread = doomed(end, patience);
  const member = thread.member(0, 3, 1); // the first request
  expect([...member.call('raw')()]).toEqual([0, 0, 0]);
  expect(member.call('raw')).toThrow(message);
  thread.end();
});

it('an error in a call reaches the caller, and the thread lives on', () => {
  const thread = startThread()!;
  const member = thread.member(0, 3, 1);
  expect(member.call('countInto', [], undefined as never, undefined as never)).toThrow();
  expect([...member.call('raw')()]).toEqual([0, 0, 0]);
  thread.end();
});

it('a thread that cannot start is none', () => {
  expect(startThread({ source: new URL('data:text/javascript,nonsense('), patience: 300 })).toBeUndefined();
});

it('a notice of what was seen already does not end a wait', async () => {
  const signal = new Int32Array(new SharedArrayBuffer(8));
  const waker = new Worker(
    `const { workerData: signal } = require('node:worker_threads');
     const nap = (ms) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
     while (Atomics.notify(signal, 0) === 0) nap(1); // somebody waits, and is woken for nothing
     nap(50);
     Atomics.add(signal, 0, 1);
     Atomics.notify(signal, 0);`,
    { eval: true, workerData: signal },
  );
  expect(awaited(signal, 0, { seen: 0, milliseconds: 20_000 })).toBe(true);
  expect(Atomics.load(signal, 0)).toBe(1);
  expect(awaited(signal, 0, { seen: 1, milliseconds: 10 })).toBe(false);
  await waker.terminate();
});
