import type { Command } from 'commander';
import { DAY, Fault, inputFault, quote } from '../base/index.ts';
import { TARGETS, type TargetName } from '../features/index.ts';
import { parseAnyDate, type SamplePlan } from '../lifecycle/index.ts';

const MOST_AGES = 50;

/** The flags that say which moments of a log are sampled. */
export interface PlanFlags {
  target?: string;
  until?: string;
  horizon?: string;
  ages?: string;
  atAges?: boolean;
  negatives?: string;
  shown?: boolean;
  seed?: string;
}

export function withPlanFlags(command: Command): Command {
  return command
    .option('--target <entity>', 'lead: converts within 30 days; opportunity: is won within 90 (default: lead; `train`: both)')
    .option('--until <time>', 'use what was known by then, e.g. 2026-03-01 (default: now)')
    .option('--horizon <days>', 'a sample is positive where the outcome comes within so many days (default: as of the target)')
    .option('--ages <days>', 'a record is sampled once between each of these ages and the next, e.g. 0.25,1,7,30 (default: as of the target, from 6 hours to a year)')
    .option('--at-ages', 'sample at the ages themselves; samples of whole days then meet the hour at which their record was created')
    .option('--negatives <share>', 'keep this share of the negatives, and weigh them accordingly (default: 1)')
    .option('--no-shown', 'do not sample the decisions that were shown')
    .option('--seed <n>', 'seed of everything random (default: 1)');
}

/** What the flags say of a plan. Throws a Fault for a value out of range. */
export function readPlan({ target, until, horizon, ages, atAges, negatives, shown, seed }: PlanFlags): Partial<SamplePlan> {
  return {
    ...(target !== undefined && { target: readTarget(target) }),
    ...(until !== undefined && { until: readTime('--until', until) }),
    ...(horizon !== undefined && { horizon: Math.round(readNumber('--horizon', horizon, 0.01, 3_650) * DAY) }),
    ...(ages !== undefined && { ages: readAges(ages) }),
    ...(atAges === true && { moments: 'at ages' as const }),
    ...(negatives !== undefined && { negatives: readNumber('--negatives', negatives, 0.0001, 1) }),
    ...(shown === false && { shown: 'not sampled' as const }),
    ...(seed !== undefined && { seed: Math.trunc(readNumber('--seed', seed, 0, 2 ** 32 - 1)) }),
  };
}

/** The ages of `--ages`, ms, each once, the youngest first. */
function readAges(text: string): number[] {
  const ages = text.split(',').map((age) => Math.round(readNumber('--ages', age, 0.01, 3_650) * DAY));
  if (ages.length > MOST_AGES) throw inputFault(quote(text), `--ages names more than ${MOST_AGES} ages`, 'leave some out');
  return [...new Set(ages)].toSorted((a, b) => a - b);
}

/** A flag's target. Throws a Fault for what is none. */
export function readTarget(text: string): TargetName {
  const found = TARGETS.find((name) => name === text);
  if (found !== undefined) return found;
  throw new Fault({ kind: 'input', value: quote(text), rule: 'is no target', remedy: `give one of ${TARGETS.join(', ')}` });
}

/** A flag's moment, ms. Throws a Fault for what is none. */
export function readTime(flag: string, text: string): number {
  const time = parseAnyDate(text);
  if (typeof time === 'number') return time;
  throw new Fault({ kind: 'input', value: quote(text), rule: `${flag} is a date or a time`, remedy: 'give one like 2026-03-01 or 2026-03-01T12:00:00Z' });
}

/** A flag's number. Throws a Fault for one out of range. */
export function readNumber(flag: string, text: string, min: number, max: number): number {
  const number = text.trim() === '' ? NaN : Number(text);
  if (number >= min && number <= max) return number;
  throw new Fault({ kind: 'input', value: quote(text), rule: `${flag} is a number from ${min} to ${max}`, remedy: 'give one in that range' });
}
