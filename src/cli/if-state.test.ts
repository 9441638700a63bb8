import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { inputFault } from '../base/index.ts';
import { CELL_SUBJECT, serviceEvent } from '../events/index.ts';
import { DEFAULT_FEATURES, openStateOf, type State } from '../features/index.ts';
import { memoryLog } from '../log/index.ts';
import { ifState } from './if-state.ts';

const folder = mkdtempSync(join(tmpdir(), 'leadrank-if-state-'));
const path = join(folder, 'state');
beforeAll(async () => {
  const log = memoryLog({ clock: () => 0 });
  await log.append([serviceEvent({ type: 'control.actions.promoted', subject: CELL_SUBJECT, time: 0, data: { policy: 'p', previous: 'none' } })]);
  (await openStateOf({ path, features: DEFAULT_FEATURES, log })).state.close();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('reads a state, and nothing where there is none', () => {
  expect(ifState(path, (state) => state.offset())).toBe(1);
  expect(ifState(join(folder, 'nowhere'), (state) => state.offset())).toBeNull();
});

it('closes it whatever reading it throws; a Fault is nothing told, a mistake is thrown on', () => {
  let lent: State | undefined;
  const reading = (thrown: Error) => () =>
    ifState(path, (state) => {
      lent = state;
      throw thrown;
    });
  expect(reading(inputFault('a row', 'is no row', 'fold again'))()).toBeNull();
  expect(() => lent!.owners()).toThrow();
  expect(reading(new TypeError('a mistake'))).toThrow('a mistake');
  expect(() => lent!.owners()).toThrow();
});
