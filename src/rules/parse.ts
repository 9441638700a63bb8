import { canonicalJson, contentId, quote } from '../base/index.ts';
import { parseChances, type Chances } from './chances.ts';
import type { Condition } from './condition.ts';
import type { Decay } from './decay.ts';
import { ruleFault, type Path, type RuleFault } from './fault.ts';
import { nearest, parseConditions } from './parse-condition.ts';

/** A points rule set as it is written down: what RevOps edits, versions and publishes. */
export interface RulesDocument {
  readonly version: number;
  /** Points that every record begins with. */
  readonly base: number;
  /** The most that one theme may add or take, in points. A theme without a cap is unbounded. */
  readonly caps: Readonly<Record<string, number>>;
  /** Which share of records with so many points had the outcome; left out: what `chanceOf` assumes. */
  readonly chances?: Chances;
  readonly rules: readonly Rule[];
}

export interface Rule {
  readonly id: string;
  readonly theme: string;
  /** Added when every condition holds; negative points speak against the record. */
  readonly points: number;
  readonly when: readonly Condition[];
  /** How the points fall with an age; without it they do not. */
  readonly decay?: Decay;
  /** The reason in words; `{n}` is the value of the first feature that the conditions name. */
  readonly sentence: string;
}

/** A checked rule set. `hash` is the content address under which an auditor finds it again. */
export interface RuleSet extends RulesDocument {
  readonly hash: string;
}

const MOST_RULES = 500;
const MOST_POINTS = 1_000;
const MOST_DAYS = 3_650;

/**
 * Checks a parsed document against the features that a vector has and freezes it. `hash` is 32 hex digits of the
 * SHA-256 over its canonical JSON. Throws a RuleFault that names the place, the value, the rule and the remedy.
 */
export function parseRules(document: unknown, columns: readonly string[]): RuleSet {
  const raw = fields(document, 'rules', [], ['version', 'base', 'caps', 'chances', 'rules']);
  const version = raw['version'];
  if (!Number.isSafeInteger(version) || (version as number) < 1)
    throw fault('rules', ['version'], quote(version), 'version must be a whole number from 1', 'count it up with each change');
  const checked: RulesDocument = {
    version: version as number,
    base: points(raw['base'], 'base', ['base']),
    caps: parseCaps(raw['caps'] ?? {}),
    ...(raw['chances'] !== undefined && { chances: parseChances(raw['chances']) }),
    rules: parseList(raw['rules'], columns),
  };
  return deepFreeze({ ...checked, hash: contentId(canonicalJson(checked)) });
}

/** The document of a checked set: what is stored under its hash. */
export function rulesDocument({ version, base, caps, chances, rules }: RulesDocument): RulesDocument {
  return { version, base, caps, ...(chances !== undefined && { chances }), rules };
}

function parseList(raw: unknown, columns: readonly string[]): Rule[] {
  if (!Array.isArray(raw)) throw fault('rules', ['rules'], quote(raw), 'rules must be a list', 'write one entry a rule');
  if (raw.length > MOST_RULES) throw fault('rules', ['rules'], `${raw.length} rules`, `there are at most ${MOST_RULES}`, 'join some of them');
  const rules = raw.map((entry, at) => parseRule(entry, at, columns));
  const seen = new Set<string>();
  for (const [at, { id }] of rules.entries()) {
    if (seen.has(id)) throw fault('rules', ['rules', at, 'id'], quote(id), 'is the id of two rules', 'rename one of them');
    seen.add(id);
  }
  return rules;
}

function parseRule(entry: unknown, at: number, columns: readonly string[]): Rule {
  const path = ['rules', at];
  const raw = fields(entry, `rule ${at + 1}`, path, ['id', 'theme', 'points', 'when', 'decay', 'sentence']);
  const id = text(raw['id'], `rule ${at + 1}`, [...path, 'id']);
  const where = `rule ${id}`;
  if (raw['when'] === undefined) throw fault(where, path, 'nothing', 'a rule needs a condition', 'name one under when');
  return {
    id,
    theme: text(raw['theme'], where, [...path, 'theme']),
    points: points(raw['points'], where, [...path, 'points']),
    when: parseConditions(raw['when'], { where, path: [...path, 'when'], columns }),
    ...(raw['decay'] !== undefined && { decay: parseDecay(raw['decay'], where, [...path, 'decay'], columns) }),
    sentence: text(raw['sentence'], where, [...path, 'sentence']),
  };
}

function parseDecay(value: unknown, where: string, path: Path, columns: readonly string[]): Decay {
  const { since, half_life: half, over } = fields(value, where, path, ['since', 'half_life', 'over']);
  if (typeof since !== 'string' || !columns.includes(since))
    throw fault(where, [...path, 'since'], quote(since), 'is not a declared feature', nearest(String(since), columns));
  if ((half === undefined) === (over === undefined))
    throw fault(where, path, quote(value), 'decay has a half_life or an over, in days', 'give exactly one of them');
  if (over !== undefined) return { since, over: days(over, where, [...path, 'over']) };
  return { since, half_life: days(half, where, [...path, 'half_life']) };
}

/** What points are divided by: never zero. */
function days(value: unknown, where: string, path: Path): number {
  if (typeof value === 'number' && value > 0.001 && value <= MOST_DAYS) return value;
  throw fault(where, path, quote(value), `is no number of days from 0.001 to ${MOST_DAYS}: points are divided by it`, 'give one in that range');
}

function parseCaps(raw: unknown): Record<string, number> {
  const entries = Object.entries(fields(raw, 'caps', ['caps'], null));
  for (const [theme, cap] of entries)
    if (points(cap, `cap of ${theme}`, ['caps', theme]) < 0)
      throw fault(`cap of ${theme}`, ['caps', theme], quote(cap), 'a cap must not be negative', 'write the points as a size');
  return Object.fromEntries(entries) as Record<string, number>;
}

function fields(value: unknown, where: string, path: Path, known: readonly string[] | null): Record<string, unknown> {
  if (value === null || typeof value !== 'object' || Array.isArray(value))
    throw fault(where, path, quote(value), 'must be a set of named fields', 'see the default rule set');
  const extra = Object.keys(value).find((key) => known !== null && !known.includes(key));
  if (extra !== undefined) throw fault(where, [...path, extra], quote(extra), 'is not a known field', `use ${known!.join(', ')}`);
  return value as Record<string, unknown>;
}

function text(value: unknown, where: string, path: Path): string {
  if (typeof value === 'string' && value.length > 0 && value.length <= 200) return value;
  throw fault(where, path, quote(value), `${path.at(-1)} must be a text of 1 to 200 characters`, `write its ${path.at(-1)}`);
}

function points(value: unknown, where: string, path: Path): number {
  if (typeof value === 'number' && value >= -MOST_POINTS && value <= MOST_POINTS) return value;
  throw fault(where, path, value === undefined ? 'nothing' : quote(value), `points must be a number from -${MOST_POINTS} to ${MOST_POINTS}`, 'change the points');
}

const fault = (where: string, path: Path, value: string, rule: string, remedy: string): RuleFault => ruleFault({ where, path, value, rule, remedy });

/** Freezes plain data, however deep. */
export function deepFreeze<T>(value: T): T {
  if (value !== null && typeof value === 'object' && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(deepFreeze);
  }
  return value;
}
