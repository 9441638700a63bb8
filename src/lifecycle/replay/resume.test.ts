import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { DAY } from '../../base/index.ts';
import { openSource } from './open-source.ts';
import { planOf } from './plan.ts';
import { replaySamples } from './replay.ts';
import { END, FEATURES, logOf, rowsOf, worlds } from './testing.ts';

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'leadrank-resume-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('a replay that was cut short goes on from what is finished, and leaves nothing', async () => {
  const source = await openSource(await logOf(fc.sample(worlds, { numRuns: 1, seed: 3 })[0]!));
  const options = { source, features: FEATURES, plan: planOf({ until: END, horizon: 10 * DAY }), threads: 0 };
  const whole = rowsOf(await replaySamples(options));
  for (const cut of [1, 2, 3]) {
    const scratch = join(folder, 'scratch');
    const stop = new AbortController();
    let steps = 0;
    const onProgress = (): void => {
      if (++steps === cut) stop.abort(new Error('stopped'));
    };
    await expect(replaySamples({ ...options, scratch, signal: stop.signal, onProgress })).rejects.toThrow('stopped');
    expect(readdirSync(scratch).filter((name) => /^done-(?!move)/u.test(name))).toHaveLength(cut);
    expect(rowsOf(await replaySamples({ ...options, scratch, threads: cut === 2 ? 2 : 0 }))).toEqual(whole);
    expect(existsSync(scratch)).toBe(false);
  }
});

it('a replay whose buckets are cut into shares goes on within one', async () => {
  const source = await openSource(await logOf(fc.sample(worlds, { numRuns: 1, seed: 3 })[0]!));
  const events = source.tail.reduce((sum, columns) => sum + (columns?.count ?? 0), 0);
  const options = { source, features: FEATURES.filter(({ kind }) => kind.op !== 'cross'), plan: planOf({ until: END, horizon: 10 * DAY }), threads: 0, rowsAPart: events / 100 }; // more parts than buckets
  const scratch = join(folder, 'scratch');
  const stop = new AbortController();
  let steps = 0;
  const onProgress = (): void => {
    if (++steps === 3) stop.abort(new Error('stopped'));
  };
  await expect(replaySamples({ ...options, scratch, signal: stop.signal, onProgress })).rejects.toThrow('stopped');
  const left = readdirSync(scratch);
  expect([left.includes('done-split-0'), left.includes('done-split-1'), left.includes('done-split-2')]).toEqual([true, true, false]);
  const { rowsAPart: _parts, ...plain } = options;
  expect(rowsOf(await replaySamples({ ...options, scratch }))).toEqual(rowsOf(await replaySamples(plain)));
  expect(existsSync(scratch)).toBe(false);
});
