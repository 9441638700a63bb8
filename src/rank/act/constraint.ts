import { HOUR } from '../../base/index.ts';
import type { Value } from '../../trees/index.ts';
import { span } from '../words.ts';
import { WAIT, type Arm } from './arm.ts';
import { clockText, localClock } from './local-clock.ts';
import type { Situation } from './situation.ts';

/** A test of one feature. A missing value is not above anything, is below everything, and `is` null. */
export type FeatureTest = { readonly feature: string } & (
  | { readonly above: number }
  | { readonly below: number }
  | { readonly is: Value }
);

/** Actions that are not possible where all tests hold. */
export interface Block {
  /** Names, or kinds: `email` is every e-mail. */
  readonly actions: readonly string[];
  readonly when: readonly FeatureTest[];
  /** Why, as the rest of a sentence: `the lead has unsubscribed`. */
  readonly because: string;
}

/** When nobody is disturbed, by the clock where the record is. */
export interface QuietHours {
  readonly actions: readonly string[];
  /** Hours, [0, 24): from the evening to the morning. */
  readonly from: number;
  readonly to: number;
  /** Days that are quiet as a whole; 0 is Sunday. */
  readonly weekdays: readonly number[];
}

/** For how long after a contact nobody is contacted again, unless something has come from the other side since. */
export interface Rest {
  readonly actions: readonly string[];
  readonly hours: number;
}

export interface Constraints {
  readonly blocks: readonly Block[];
  readonly quiet: QuietHours;
  readonly rest: Rest;
}

export interface Blocked {
  readonly arm: Arm;
  readonly because: string;
}

export interface Allowed {
  /** In the policy's order, `wait` last. Never empty: doing nothing is always possible. */
  readonly left: readonly Arm[];
  readonly blocked: readonly Blocked[];
}

/** What the constraints leave of a policy's actions. */
export function allowed(arms: readonly Arm[], constraints: Constraints, situation: Situation): Allowed {
  const reasons = bindings(constraints, situation);
  const left: Arm[] = [];
  const blocked: Blocked[] = [];
  for (const arm of arms) {
    if (arm.kind === 'wait') continue;
    const bound = reasons.find(({ actions }) => actions.includes(arm.kind) || actions.includes(arm.name));
    if (bound === undefined) left.push(arm);
    else blocked.push({ arm, because: bound.because });
  }
  left.push(arms.find(({ kind }) => kind === 'wait') ?? WAIT);
  return { left, blocked };
}

/** By reason, in the order of the policy's actions. */
export const leftOutOf = (blocked: readonly Blocked[]): { actions: string[]; because: string }[] =>
  [...Map.groupBy(blocked, ({ because }) => because)].map(([because, of]) => ({ actions: of.map(({ arm }) => arm.name), because }));

interface Binding {
  readonly actions: readonly string[];
  readonly because: string;
}

/** Which constraints bind now: those that last longest first, so that the reason given is the one that matters. */
function bindings({ blocks, quiet, rest }: Constraints, situation: Situation): Binding[] {
  const bound: Binding[] = blocks.filter(({ when }) => when.every((test) => passes(test, situation.feature(test.feature))));
  const { now, lastTouch, lastEvent } = situation;
  if (lastTouch !== null && lastEvent <= lastTouch && now - lastTouch < rest.hours * HOUR)
    bound.push({ actions: rest.actions, because: `you were in touch ${span(now - lastTouch)} ago` });
  const clock = localClock(situation);
  if (clock !== undefined && isQuiet(quiet, clock.hour, clock.weekday))
    bound.push({ actions: quiet.actions, because: `it is ${DAYS[clock.weekday]}, ${clockText(clock.hour)}, where they work` });
  return bound;
}

const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const;

function isQuiet({ from, to, weekdays }: QuietHours, hour: number, weekday: number): boolean {
  if (weekdays.includes(weekday)) return true;
  return from <= to ? hour >= from && hour < to : hour >= from || hour < to;
}

function passes(test: FeatureTest, value: Value): boolean {
  if ('is' in test) return value === test.is;
  if ('above' in test) return typeof value === 'number' && value > test.above;
  return value === null || (typeof value === 'number' && value < test.below);
}
