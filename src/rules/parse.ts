import { canonicalJson, contentId, quote } from '../base/index.ts';
import { parseCondition, ruleFault, type Condition } from './condition.ts';

/** A points rule set as it is written down: what RevOps edits, versions and publishes. */
export interface RulesDocument {
  readonly version: number;
  /** Points that every record begins with. */
  readonly base: number;
  /** The most that one theme may add or take, in points. A theme without a cap is unbounded. */
  readonly caps: Readonly<Record<string, number>>;
  readonly rules: readonly Rule[];
}

export interface Rule {
  readonly id: string;
  readonly theme: string;
  /** Added when every condition holds; negative points speak against the record. */
  readonly points: number;
  readonly when: readonly Condition[];
  /** The reason in words; `{n}` is the value of the first condition's feature. */
  readonly sentence: string;
}

/** A checked rule set. `hash` is the content address under which an auditor finds it again. */
export interface RuleSet extends RulesDocument {
  readonly hash: string;
}

/**
 * Checks a parsed document against the features that a vector has and freezes it. `hash` is 32 hex digits of the
 * SHA-256 over its canonical JSON. Throws a Fault that names the rule, the value and the remedy.
 */
export function parseRules(document: unknown, columns: readonly string[]): RuleSet {
  const raw = fields(document, 'rules', ['version', 'base', 'caps', 'rules']);
  const version = raw['version'];
  if (!Number.isSafeInteger(version) || (version as number) < 1)
    throw ruleFault('rules', quote(version), 'version must be a whole number from 1', 'count it up with each change');
  const checked: RulesDocument = {
    version: version as number,
    base: points(raw['base'], 'base'),
    caps: parseCaps(raw['caps'] ?? {}),
    rules: parseList(raw['rules'], columns),
  };
  return deepFreeze({ ...checked, hash: contentId(canonicalJson(checked)) });
}

/** The document of a checked set: what is stored under its hash. */
export function rulesDocument({ version, base, caps, rules }: RuleSet): RulesDocument {
  return { version, base, caps, rules };
}

function parseList(raw: unknown, columns: readonly string[]): Rule[] {
  if (!Array.isArray(raw)) throw ruleFault('rules', quote(raw), 'rules must be a list', 'write one entry a rule');
  const rules = raw.map((entry, at) => parseRule(entry, at, columns));
  const seen = new Set<string>();
  for (const { id } of rules) {
    if (seen.has(id)) throw ruleFault('rules', quote(id), 'is the id of two rules', 'rename one of them');
    seen.add(id);
  }
  return rules;
}

function parseRule(entry: unknown, at: number, columns: readonly string[]): Rule {
  const raw = fields(entry, `rule ${at + 1}`, ['id', 'theme', 'points', 'when', 'sentence']);
  const id = text(raw['id'], `rule ${at + 1}`, 'id');
  const where = `rule ${id}`;
  const when = Array.isArray(raw['when']) ? raw['when'] : [raw['when']];
  if (when.length === 0) throw ruleFault(where, '[]', 'a rule needs a condition', 'name at least one under when');
  return {
    id,
    theme: text(raw['theme'], where, 'theme'),
    points: points(raw['points'], where),
    when: when.map((condition) => parseCondition(condition, where, columns)),
    sentence: text(raw['sentence'], where, 'sentence'),
  };
}

function parseCaps(raw: unknown): Record<string, number> {
  const entries = Object.entries(fields(raw, 'caps', null));
  for (const [theme, cap] of entries)
    if (points(cap, `cap of ${theme}`) < 0)
      throw ruleFault(`cap of ${theme}`, quote(cap), 'a cap must not be negative', 'write the points as a size');
  return Object.fromEntries(entries) as Record<string, number>;
}

function fields(value: unknown, where: string, known: readonly string[] | null): Record<string, unknown> {
  if (value === null || typeof value !== 'object' || Array.isArray(value))
    throw ruleFault(where, quote(value), 'must be a set of named fields', 'see the default rule set');
  const extra = Object.keys(value).find((key) => known !== null && !known.includes(key));
  if (extra !== undefined) throw ruleFault(where, quote(extra), 'is not a known field', `use ${known!.join(', ')}`);
  return value as Record<string, unknown>;
}

function text(value: unknown, where: string, field: string): string {
  if (typeof value === 'string' && value.length > 0 && value.length <= 200) return value;
  throw ruleFault(where, quote(value), `${field} must be a text of 1 to 200 characters`, `write its ${field}`);
}

function points(value: unknown, where: string): number {
  if (typeof value === 'number' && value >= -1000 && value <= 1000) return value;
  throw ruleFault(where, quote(value), 'points must be a number from -1000 to 1000', 'change the points');
}

function deepFreeze<T>(value: T): T {
  if (value !== null && typeof value === 'object' && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(deepFreeze);
  }
  return value;
}
