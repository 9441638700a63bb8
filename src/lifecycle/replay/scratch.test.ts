import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { DAY } from '../../base/index.ts';
import { openSource } from './open-source.ts';
import { planOf } from './plan.ts';
import { replaySamples } from './replay.ts';
import { folderScratch } from './scratch.ts';
import { END, FEATURES, logOf, worlds } from './testing.ts';

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'leadrank-scratch-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('gives back what was written, any part of it', () => {
  const scratch = folderScratch(join(folder, 'its'), 'flushed');
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 20 }), { maxLength: 4 }), fc.nat(80), fc.nat(80), (pieces, a, b) => {
      const bytes = new Uint8Array(Buffer.concat(pieces));
      const [from, to] = [Math.min(a, b, bytes.length), Math.min(Math.max(a, b), bytes.length)];
      scratch.write('one', pieces);
      expect(scratch.read('one')).toEqual(bytes);
      expect(scratch.read('one', { from, to })).toEqual(bytes.slice(from, to));
    }),
    { numRuns: 50 },
  );
});

it('refuses a file that was cut anywhere, and a part that it does not have', () => {
  const scratch = folderScratch(folder, 'left to the system');
  const damaged = expect.objectContaining({ kind: 'corrupt', value: join(folder, 'one'), remedy: expect.stringContaining('--fresh') as string });
  for (let size = 0; size < 40; size++) {
    scratch.write('one', [new Uint8Array(24)]);
    expect(() => scratch.read('one', { from: 8, to: 32 })).toThrow(damaged);
    truncateSync(join(folder, 'one'), size);
    expect(() => scratch.read('one', { to: 8 })).toThrow(damaged);
    expect(() => scratch.read('one')).toThrow(damaged);
  }
});

it('is for its owner alone', () => {
  const path = join(folder, 'its');
  folderScratch(path, 'left to the system').write('one', [new Uint8Array(3)]);
  expect([statSync(path).mode & 0o777, statSync(join(path, 'one')).mode & 0o777]).toEqual([0o700, 0o600]);
});

it('a replay does not go on from a damaged one, and says what to do', async () => {
  const source = await openSource(await logOf(fc.sample(worlds, { numRuns: 1, seed: 3 })[0]!));
  const scratch = join(folder, 'scratch');
  const stop = new AbortController();
  const options = { source, features: FEATURES, plan: planOf({ until: END, horizon: 10 * DAY }), threads: 0, scratch };
  await expect(replaySamples({ ...options, signal: stop.signal, onProgress: () => stop.abort(new Error('stopped')) })).rejects.toThrow('stopped');
  for (const name of readdirSync(scratch).filter((file) => !file.includes('mail'))) {
    const whole = readFileSync(join(scratch, name));
    truncateSync(join(scratch, name), whole.length - 1);
  }
  await expect(replaySamples(options)).rejects.toMatchObject({ kind: 'corrupt', remedy: expect.stringContaining('--fresh') as string });
});

it('lies below the folder that it is given room in, and is gone in the end', async () => {
  const source = await openSource(await logOf(fc.sample(worlds, { numRuns: 1, seed: 3 })[0]!));
  const seen: string[] = [];
  const onProgress = (): void => void seen.push(...readdirSync(folder));
  await replaySamples({ source, features: FEATURES, plan: planOf({ until: END, horizon: 10 * DAY }), threads: 1, room: folder, onProgress });
  expect(seen[0]).toMatch(/^leadrank-replay-/u);
  expect(readdirSync(folder)).toEqual([]);
  const none = join(folder, 'none');
  await expect(replaySamples({ source, features: FEATURES, plan: planOf({ until: END }), threads: 1, room: none })).rejects.toMatchObject({ kind: 'missing', value: none });
});
