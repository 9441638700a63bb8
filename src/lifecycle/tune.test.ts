import { describe, expect, test } from 'vitest';
import { random } from '../base/index.ts';
import type { TrainInput } from './train-input.ts';
import { tune } from './tune.ts';

/** Rows whose outcome is the parity of two signs: trees of depth 1 learn nothing of it. */
function parity(rows: number): TrainInput {
  const source = random('parity');
  const draw = (): Float64Array => Float64Array.from({ length: rows }, () => source.normal());
  const [x, y] = [draw(), draw()];
  const labels = x.map((value, row) => Number(source.uniform() < (value * y[row]! > 0 ? 0.9 : 0.1)));
  const columns = [
    { kind: 'numeric' as const, name: 'x', values: x },
    { kind: 'numeric' as const, name: 'y', values: y },
  ];
  return { data: { rows, columns }, labels, seed: 1 };
}

/** A clock that moves on by a second each time it is read. */
function ticking(): () => number {
  let now = 0;
  return () => (now += 1_000);
}

describe('tune', () => {
  const input = parity(240);
  test('tries the defaults first and never ends worse; the same again for the same seed', () => {
    const tuning = tune(input, { trials: 4, clock: () => 0 });
    expect(tuning.trials).toBe(4);
    expect(tuning.loss).toBeLessThanOrEqual(tuning.lossOfDefaults);
    expect(tune(input, { trials: 4, clock: () => 0 })).toEqual(tuning);
    expect(tune(input, { trials: 1, clock: () => 0 })).toMatchObject({ trials: 1, options: {}, loss: tuning.lossOfDefaults });
  });
  test('ends when its seconds are used up, but not before the defaults are judged', () => {
    expect(tune(input, { trials: 50, seconds: 2.5, clock: ticking() }).trials).toBe(3);
    expect(tune(input, { trials: 50, seconds: 0, clock: ticking() }).trials).toBe(1);
  });
  test('never looks at the last quarter in time', () => {
    const times = Float64Array.from(input.labels, (_, row) => (row * 7919) % 240);
    const turned = input.labels.map((label, row) => (times[row]! >= 180 ? 1 - label : label));
    const found = tune({ ...input, times }, { trials: 3, clock: () => 0 });
    expect(tune({ ...input, times, labels: turned }, { trials: 3, clock: () => 0 })).toEqual(found);
  });
  test('says how far it is, and stops at an abort', () => {
    const stages = new Set<string>();
    const abort = new AbortController();
    const onProgress = ({ stage }: { stage: string }): void => {
      stages.add(stage);
      if (stage.startsWith('tuning, setting 2')) abort.abort(new Error('enough'));
    };
    expect(() => tune(input, { trials: 9, clock: () => 0, onProgress, signal: abort.signal })).toThrow('enough');
    expect([...stages]).toEqual(['tuning, setting 1 of at most 9', 'tuning, setting 2 of at most 9']);
  });
});
