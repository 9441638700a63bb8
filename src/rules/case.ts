import { quote } from '../base/index.ts';
import { valueType, type FeatureSpec } from '../features/index.ts';
import type { Value } from '../trees/index.ts';
import { evaluate } from './evaluate.ts';
import { ruleFault, type Path, type RuleFault } from './fault.ts';
import { nearest } from './parse-condition.ts';
import type { RuleSet } from './parse.ts';

/** A record and what the rules are to say of it. */
export interface RuleCase {
  readonly name: string;
  /** By feature; what is not named is missing. */
  readonly record: Readonly<Record<string, Value>>;
  readonly points?: number;
  /** The rules that count, in their written order. */
  readonly reasons?: readonly string[];
}

export interface CaseResult {
  readonly name: string;
  readonly passed: boolean;
  /** What came otherwise, in words. */
  readonly differences: readonly string[];
  readonly points: number;
  readonly reasons: readonly string[];
}

/** Points are told to two decimals. */
const NEAR = 0.005;

export function runCase(rules: RuleSet, { name, record, points: expected, reasons: named }: RuleCase): CaseResult {
  const columns = Object.keys(record);
  const { points, contributions } = evaluate(rules, columns, columns.map((feature) => record[feature]!));
  const reasons = contributions.map(({ rule }) => rule);
  const differences: string[] = [];
  if (expected !== undefined && !(Math.abs(points - expected) <= NEAR)) {
    const parts = contributions.map(({ rule, points: added }) => `${rule} ${rounded(added)}`);
    differences.push(`points: expected ${expected}, came ${rounded(points)} (${[`base ${rules.base}`, ...parts].join(', ')})`);
  }
  if (named !== undefined && named.join() !== reasons.join())
    differences.push(`reasons: expected ${named.join(', ') || 'none'}, came ${reasons.join(', ') || 'none'}`);
  return { name, passed: differences.length === 0, differences, points, reasons };
}

const rounded = (points: number): number => Math.round(points * 100) / 100;

/** Checks the entry `tests` of a document. Throws a RuleFault. */
export function parseCases(raw: unknown, features: readonly FeatureSpec[], rules: RuleSet): readonly RuleCase[] {
  if (raw === undefined) return [];
  if (!Array.isArray(raw)) throw fault('tests', ['tests'], quote(raw), 'must be a list', 'write one entry a case');
  return raw.map((entry: unknown, at) => parseCase(entry, at, new Map(features.map((spec) => [spec.name, spec])), rules));
}

function parseCase(entry: unknown, at: number, specs: ReadonlyMap<string, FeatureSpec>, rules: RuleSet): RuleCase {
  const path = ['tests', at];
  const { name, record, points, reasons, ...rest } = (typeof entry === 'object' ? (entry ?? {}) : {}) as Record<string, unknown>;
  if (typeof name !== 'string' || name === '') throw fault(`test ${at + 1}`, path, quote(name), 'a test needs a name', 'write what it shows');
  const where = `test ${quote(name)}`;
  const extra = Object.keys(rest)[0];
  if (extra !== undefined) throw fault(where, [...path, extra], quote(extra), 'is not a known field', 'use name, record, points, reasons');
  if (record === null || typeof record !== 'object' || Array.isArray(record)) throw fault(where, path, quote(record), 'record holds features by name', 'write {} for a record of which nothing is known');
  for (const [feature, value] of Object.entries(record)) checkValue(feature, value, specs.get(feature), where, [...path, 'record', feature], [...specs.keys()]);
  if (points === undefined && reasons === undefined) throw fault(where, path, 'nothing', 'expects nothing', 'give points or reasons');
  if (points !== undefined && !Number.isFinite(points)) throw fault(where, [...path, 'points'], quote(points), 'is no number of points', 'give one');
  const known = new Set(rules.rules.map(({ id }) => id));
  const list = reasons === undefined ? undefined : [reasons].flat();
  const stranger = list?.findIndex((id) => !known.has(id as string)) ?? -1;
  if (stranger >= 0) throw fault(where, [...path, 'reasons', stranger], quote(list![stranger]), 'is the id of no rule', 'name rules by their ids');
  return {
    name,
    record: record as Record<string, Value>,
    ...(points !== undefined && { points: points as number }),
    ...(list !== undefined && { reasons: list as string[] }),
  };
}

function checkValue(feature: string, value: unknown, spec: FeatureSpec | undefined, where: string, path: Path, names: readonly string[]): void {
  if (spec === undefined) throw fault(where, path, quote(feature), 'is not a declared feature', nearest(feature, names));
  const wanted = valueType(spec.kind) === 'numeric' ? 'number' : 'string';
  if (value === null || typeof value === wanted) return;
  throw fault(where, path, `${feature} ${quote(value)}`, `is no ${wanted === 'number' ? 'number' : 'text'}`, 'give one, or null for what is missing');
}

const fault = (where: string, path: Path, value: string, rule: string, remedy: string): RuleFault => ruleFault({ where, path, value, rule, remedy });
