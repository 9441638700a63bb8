import { quote } from '../../base/index.ts';
import type { FeatureSpec } from '../../features/index.ts';
import { ruleFault, type Path, type RuleFault } from '../fault.ts';
import { nearest } from '../parse-condition.ts';
import type { RuleSet } from '../parse.ts';

/** What the org's fields are, as a formula must know. */
export const FIELD_TYPES = ['picklist', 'text', 'email', 'number', 'percent', 'checkbox', 'date', 'datetime'] as const;
export type FieldType = (typeof FIELD_TYPES)[number];

/** A field of the record in Salesforce. */
export interface OrgField {
  /** Its API name, e.g. `Budget_Band__c`. */
  readonly field: string;
  readonly type: FieldType;
}

/** The entry `formula` of a rules file. */
export interface FormulaSettings {
  /** By feature: the field that holds its value, on the word of who writes it. */
  readonly fields: Readonly<Record<string, OrgField>>;
  /** The ids of rules that stay out of the formula. */
  readonly leaveOut: readonly string[];
}

const API_NAME = /^[A-Za-z]\w*(\.[A-Za-z]\w*)?$/u;
export const isApiName = (name: string): boolean => API_NAME.test(name) && name.length <= 80;

export function parseSettings(raw: unknown, features: readonly FeatureSpec[], rules: RuleSet): FormulaSettings {
  const { fields = {}, leave_out: leaveOut = [], ...rest } = entries(raw, ['formula']);
  const extra = Object.keys(rest)[0];
  if (extra !== undefined) throw fault(['formula', extra], quote(extra), 'is not a known field', 'use fields, leave_out');
  if (!Array.isArray(leaveOut)) throw fault(['formula', 'leave_out'], quote(leaveOut), 'is no list', 'name rules by their ids');
  const stranger = leaveOut.findIndex((id) => !rules.rules.some((rule) => rule.id === id));
  if (stranger >= 0) throw fault(['formula', 'leave_out', stranger], quote(leaveOut[stranger]), 'is the id of no rule', 'name rules by their ids');
  const names = features.map(({ name }) => name);
  const parsed = Object.entries(entries(fields, ['formula', 'fields'])).map(([feature, value]) => [feature, parseField(feature, value, names)] as const);
  return { fields: Object.fromEntries(parsed), leaveOut: leaveOut as string[] };
}

function parseField(feature: string, raw: unknown, names: readonly string[]): OrgField {
  const path = ['formula', 'fields', feature];
  if (!names.includes(feature)) throw fault(path, quote(feature), 'is not a declared feature', nearest(feature, names));
  const { field, type } = entries(raw, path);
  if (typeof field !== 'string' || !isApiName(field)) throw fault([...path, 'field'], quote(field), 'is no API name of a field', 'give one like Budget_Band__c');
  if (!FIELD_TYPES.includes(type as FieldType)) throw fault([...path, 'type'], quote(type), 'is no type of a field', `use one of ${FIELD_TYPES.join(', ')}`);
  return { field, type: type as FieldType };
}

function entries(value: unknown, path: Path): Record<string, unknown> {
  if (value === undefined || value === null) return {};
  if (typeof value === 'object' && !Array.isArray(value)) return value as Record<string, unknown>;
  throw fault(path, quote(value), 'holds named entries', 'correct it there');
}

const fault = (path: Path, value: string, rule: string, remedy: string): RuleFault => ruleFault({ where: path.slice(0, 3).join('.'), path, value, rule, remedy });
