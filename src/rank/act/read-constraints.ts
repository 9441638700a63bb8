import { Fault, quote } from '../../base/index.ts';
import { nearest } from '../../rules/index.ts';
import { parseArmName } from './arm.ts';
import type { Block, Constraints, FeatureTest, QuietHours, Rest } from './constraint.ts';

/** Checks the constraints of an action policy. `columns`: the features that they may name; null: any. Throws a Fault that names value, rule, remedy. */
export function parseConstraints(raw: unknown, columns: readonly string[] | null): Constraints {
  const { blocks, quiet, rest, ...others } = (raw ?? {}) as Record<string, unknown>;
  known(others, 'blocks, quiet, rest');
  if (!Array.isArray(blocks)) throw fault(blocks, 'blocks must be a list', 'write one entry a reason');
  return { blocks: blocks.map((block) => parseBlock(block, columns)), quiet: parseQuiet(quiet), rest: parseRest(rest) };
}

function parseBlock(raw: unknown, columns: readonly string[] | null): Block {
  const { actions, when, because, ...others } = (raw ?? {}) as Record<string, unknown>;
  known(others, 'actions, when, because');
  if (typeof because !== 'string' || because === '') throw fault(because, 'because must say why', 'write the rest of a sentence: the lead has unsubscribed');
  if (!Array.isArray(when) || when.length === 0) throw fault(when, 'when must be a list of tests', 'write at least one');
  return { actions: names(actions), when: when.map((test) => parseTest(test, columns)), because };
}

function parseTest(raw: unknown, columns: readonly string[] | null): FeatureTest {
  const { feature, ...test } = (raw ?? {}) as Record<string, unknown>;
  if (typeof feature !== 'string' || feature === '') throw fault(feature, 'feature must be a name', 'name one');
  if (columns !== null && !columns.includes(feature)) throw fault(feature, 'is not a declared feature', nearest(feature, columns));
  const [[operator, value] = ['', undefined], more] = Object.entries(test);
  const fits =
    more === undefined &&
    ((operator === 'is' && (value === null || typeof value === 'string' || Number.isFinite(value))) ||
      ((operator === 'above' || operator === 'below') && Number.isFinite(value)));
  if (!fits) throw fault(test, `of ${feature} is no test`, 'write above: number, below: number or is: value');
  return { feature, [operator]: value } as FeatureTest;
}

function parseQuiet(raw: unknown): QuietHours {
  const { actions, from, to, weekdays, ...others } = (raw ?? {}) as Record<string, unknown>;
  known(others, 'actions, from, to, weekdays');
  for (const hour of [from, to]) if (!(typeof hour === 'number' && hour >= 0 && hour < 24)) throw fault(hour, 'quiet hours lie from 0 to below 24', 'change the hour');
  if (!Array.isArray(weekdays) || !weekdays.every((day) => Number.isInteger(day) && day >= 0 && day <= 6))
    throw fault(weekdays, 'weekdays must be numbers from 0, Sunday, to 6', 'change them');
  return { actions: names(actions), from: from as number, to: to as number, weekdays: weekdays as number[] };
}

function parseRest(raw: unknown): Rest {
  const { actions, hours, ...others } = (raw ?? {}) as Record<string, unknown>;
  known(others, 'actions, hours');
  if (!(typeof hours === 'number' && hours >= 0 && hours <= 10_000)) throw fault(hours, 'rest must be hours, 0 or more', 'change it');
  return { actions: names(actions), hours };
}

function names(raw: unknown): string[] {
  if (!Array.isArray(raw)) throw fault(raw, 'actions must be a list of names', 'write one');
  return raw.map((name) => {
    const arm = parseArmName(name);
    if (arm.kind === 'wait') throw fault(name, 'cannot be ruled out: doing nothing is always possible', 'take it out');
    return arm.name;
  });
}

function known(others: Record<string, unknown>, fields: string): void {
  const extra = Object.keys(others)[0];
  if (extra !== undefined) throw fault(extra, 'is not a known field', `use ${fields}`);
}

const fault = (value: unknown, rule: string, remedy: string): Fault => new Fault({ kind: 'input', value: `constraints: ${quote(value)}`, rule, remedy });
