import { afterEach, expect, it, vi } from 'vitest';
import { startThread } from './threads.ts';

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
