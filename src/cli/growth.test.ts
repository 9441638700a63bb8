import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { growthAt } from '../features/index.ts';
import { growthDoneText, growthFailureText, keepGrowing } from './growth.ts';

let path: string;
beforeEach(() => {
  path = mkdtempSync(join(tmpdir(), 'leadrank-growth-'));
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
  rmSync(path, { recursive: true, force: true });
});

const NOW = Date.UTC(2026, 2, 2);

function failing() {
  const is = { broken: true, tries: 0, took: null as number | null };
  const grow = async (): Promise<number | null> => {
    is.tries += 1;
    if (is.broken) throw new Error('a bad disk');
    return is.took;
  };
  const told: unknown[] = [];
  const growth = keepGrowing({ path, grow, wanted: () => [], onFailure: (error) => told.push(error), onGrown: (took) => told.push(took), clock: () => NOW, waits: { first: 10, most: 25 } });
  return { is, told, growth };
}

it('what fails is tried again after waits that grow up to a bound, and noted until it succeeds', async () => {
  const { is, told, growth } = failing();
  await growth.ask();
  for (const [tries, wait] of [10, 20, 25, 25].entries()) {
    expect([is.tries, growthAt(path).failure]).toEqual([tries + 1, { reason: 'a bad disk', tries: tries + 1, at: NOW, again: NOW + wait }]);
    await vi.advanceTimersByTimeAsync(wait - 1);
    expect(is.tries).toBe(tries + 1);
    await vi.advanceTimersByTimeAsync(1);
  }
  expect(growthFailureText(growthAt(path).failure!)).toBe('features of a stored model could not be folded, 5 times by now, last at 2026-03-02T00:00:00.000Z: a bad disk');
  is.broken = false;
  await vi.advanceTimersByTimeAsync(25);
  expect([is.tries, told.length, growthAt(path).failure]).toEqual([6, 5, null]);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(is.tries).toBe(6);
});

it('whoever asks meanwhile does not wait, and a stop ends it', async () => {
  const { is, growth } = failing();
  await growth.ask(Promise.reject(new Error('nor could the first')));
  expect([is.tries, growthAt(path).failure?.reason]).toEqual([0, 'nor could the first']);
  await growth.ask();
  await vi.advanceTimersByTimeAsync(19);
  expect(is.tries).toBe(1); // one wait at a time, the newest
  growth.stop();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(is.tries).toBe(1);
});

it('a note that cannot be read is none, and one of a process before goes', async () => {
  const nothing = { failure: null, done: null };
  for (const text of ['{"failure":{"reason":"cut o', '{"failure":{"reason":"without a time","tries":1},"done":{"at":1}}', '[]', 'null']) {
    writeFileSync(join(path, 'growth.json'), text);
    expect(growthAt(path)).toEqual(nothing);
  }
  const { growth } = failing();
  await growth.ask();
  expect(growthAt(path).failure).toMatchObject({ tries: 1 });
  failing();
  expect(growthAt(path)).toEqual(nothing);
});

it('how long the last took that folded something is told and noted, and stays over a start and a failure', async () => {
  const { is, told, growth } = failing();
  is.broken = false;
  await growth.ask();
  expect([told, growthAt(path).done]).toEqual([[], null]);
  is.took = 1_500;
  await growth.ask(Promise.resolve(null));
  const done = { at: NOW, took: 1_500 };
  expect([told, growthAt(path)]).toEqual([[1_500], { failure: null, done }]);
  expect(growthDoneText(done)).toBe('features of a stored model were folded last at 2026-03-02T00:00:00.000Z, within 1.5 s');
  await failing().growth.ask(); // the next process
  expect(growthAt(path)).toEqual({ failure: expect.objectContaining({ tries: 1 }), done });
});
