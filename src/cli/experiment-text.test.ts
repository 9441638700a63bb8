import { expect, test } from 'vitest';
import type { ExperimentSpec } from '../experiment/index.ts';
import type { State } from '../features/index.ts';
import { experimentNow, experimentText } from './experiment-text.ts';

const NOW = Date.UTC(2027, 0, 10);
const SPEC: ExperimentSpec = { name: 'payoff', share: 0.5, unit: 'team', salt: 'payoff', from: Date.UTC(2027, 0, 4), until: Date.UTC(2027, 6, 1) };

/** Reps in teams of three, and a queue. */
const state = (reps: number): Pick<State, 'owners' | 'user'> => ({
  owners: () => [...Array.from({ length: reps }, (_, n) => `us_${n}`), 'us_queue'] as ReturnType<State['owners']>,
  user: (subject) => ({ manager: `us_m${Math.floor(Number(subject.slice(3)) / 3)}`, queue: subject === 'us_queue' }) as ReturnType<State['user']>,
});
const text = (spec: ExperimentSpec, reps: number | null, now = NOW): string => experimentText(experimentNow(spec, reps === null ? null : state(reps), now)).join('\n');

test('says what is on, and how many teams are in which arm', () => {
  expect(text(SPEC, 90)).toMatch(/^Experiment {2}payoff: 50 in 100 teams by rules from 2027-01-04 until 2027-07-01, on; \d+ of 30 teams in the control arm$/mu);
  expect(text({ ...SPEC, unit: 'rep' }, 90)).toMatch(/ \d+ of 90 reps in the control arm$/mu);
  expect(text(SPEC, 90, Date.UTC(2027, 0, 1))).toContain(', not begun;');
  expect(text(SPEC, 90, SPEC.until!)).toContain(', over;');
});

test('warns of an empty arm, and of few units', () => {
  expect(text({ ...SPEC, share: 0.01, salt: 'b' }, 6)).toMatch(/0 of 2 teams in the control arm\n +one arm is empty, so nothing can be compared: change share, unit or salt$/mu);
  const salt = Array.from({ length: 50 }, (_, n) => `salt ${n}`).find((one) => experimentNow({ ...SPEC, salt: one }, state(6), NOW).drawn!.control === 1)!;
  expect(text({ ...SPEC, salt }, 6)).toMatch(/1 of 2 teams in the control arm\n +so few teams tell little/u);
});

test('counts no accounts, and nothing where there is no state; says that there is none', () => {
  expect(text({ ...SPEC, unit: 'account', from: null, until: null }, 90)).toMatch(/^Experiment {2}payoff: 50 in 100 accounts by rules, on$/mu);
  expect(text(SPEC, null)).toMatch(/, on$/mu);
  expect(experimentText(null)).toEqual(['Experiment  none: nobody is answered by rules to compare with']);
});

test.each([
  ['team', 'a team goes by its manager: a new manager draws all of it anew, and a rep who moves takes the records along'],
  ['rep', 'a record goes with its owner: one that changes hands may change arms'],
  ['account', 'a record goes with its account: one that is moved to another may change arms'],
] as const)('says what moves a unit of kind %s to the other arm, until it is over', (unit, limit) => {
  expect(text({ ...SPEC, unit }, 90)).toContain(`\n            ${limit}; compare by the unit that each decision holds`);
  expect(text({ ...SPEC, unit }, 90, SPEC.until!)).not.toContain(limit);
});
