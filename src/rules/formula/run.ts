import { DAY, Fault } from '../../base/index.ts';
import type { FieldType } from './settings.ts';
import type { Formula } from './syntax.ts';

/** What a record's field holds: a date as its midnight in UTC, a time as ms, a percentage as 50 for 50 %. Null is blank. */
export type FieldValue = string | number | boolean | null;

export interface FormulaRecord {
  readonly types: Readonly<Record<string, FieldType>>;
  readonly values: Readonly<Record<string, FieldValue>>;
  /** ms. */
  readonly now: number;
  /** What a comparison with a blank is: blank as in SQL, or false. A formula that asks first comes out alike. */
  readonly blankCompares?: 'blank' | 'false';
}

type Result = { readonly type: 'number' | 'text' | 'boolean' | 'picklist' | 'date' | 'datetime'; readonly value: FieldValue };

/**
 * Evaluates a formula of Salesforce on one record, blank fields being blanks. Types are as strict as the org's compiler: a
 * picklist is compared by ISPICKVAL or CASE alone, ISBLANK takes none. Throws a Fault for a formula that the org would
 * refuse, and for a division by zero.
 */
export function runFormula(formula: Formula, record: FormulaRecord): FieldValue {
  const { type, value } = evaluate(formula, record);
  if (type === 'picklist') throw refused('the formula', 'ends in a picklist');
  return value;
}

function evaluate(formula: Formula, record: FormulaRecord): Result {
  switch (formula.kind) {
    case 'number':
      return number(formula.value);
    case 'text':
      return text(formula.value);
    case 'field':
      return fieldOf(formula.name, record);
    case 'call':
      return call(formula.name, formula.args, record);
  }
}

const number = (value: FieldValue): Result => ({ type: 'number', value });
const text = (value: FieldValue): Result => ({ type: 'text', value: value === '' ? null : value });
const truth = (value: FieldValue): Result => ({ type: 'boolean', value });

function fieldOf(name: string, { types, values }: FormulaRecord): Result {
  const type = types[name];
  if (type === undefined) throw refused(name, 'is no field of the object');
  const value = values[name] ?? null;
  if (type === 'percent') return number(value === null ? null : (value as number) / 100);
  if (type === 'checkbox') return truth(value === true);
  if (type === 'text' || type === 'email') return text(value);
  return { type, value };
}

type Call = (args: readonly Formula[], record: FormulaRecord, name: string) => Result;

function call(name: string, args: readonly Formula[], record: FormulaRecord): Result {
  const run = FUNCTIONS[name];
  if (run === undefined) throw refused(name, 'is no function that rules use');
  return run(args, record, name);
}

const compared: Call = (args, record, name) => {
  const [a, b] = two(args, record, name);
  if (a.type !== b.type || a.type === 'picklist' || a.type === 'boolean') throw refused(name, `cannot compare ${a.type} with ${b.type}`);
  if (a.value === null || b.value === null) return truth(record.blankCompares === 'false' ? false : null);
  if (a.type === 'text' && name !== '=' && name !== '<>') throw refused(name, 'orders texts');
  return truth(COMPARISONS[name]!(a.value, b.value));
};

const COMPARISONS: Readonly<Record<string, (a: NonNullable<FieldValue>, b: NonNullable<FieldValue>) => boolean>> = {
  '=': (a, b) => a === b,
  '<>': (a, b) => a !== b,
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
};

const arithmetic =
  (work: (a: number, b: number) => number): Call =>
  (args, record, name) => {
    const [a, b] = two(args, record, name);
    if (name === '-' && a.type === b.type && (a.type === 'datetime' || a.type === 'date')) return number(blankOr(a, b, (x, y) => (x - y) / DAY));
    if (a.type !== 'number' || b.type !== 'number') throw refused(name, `cannot reckon with ${a.type} and ${b.type}`);
    return number(blankOr(a, b, work));
  };

function blankOr(a: Result, b: Result, work: (a: number, b: number) => number): number | null {
  return a.value === null || b.value === null ? null : work(a.value as number, b.value as number);
}

/** `decided` is what one argument settles alone; a blank leaves it open. */
const logic =
  (settles: boolean): Call =>
  (args, record, name) => {
    if (args.length === 0) throw refused(name, 'has no argument');
    const values = new Set(args.map((arg) => typed(arg, 'boolean', record, name)));
    if (values.has(settles)) return truth(settles);
    return truth(values.has(null) ? null : !settles);
  };

const most =
  (pick: (...values: number[]) => number): Call =>
  (args, record, name) => {
    const values = args.map((arg) => typed(arg, 'number', record, name));
    return number(values.includes(null) ? null : pick(...(values as number[])));
  };

const FUNCTIONS: Readonly<Record<string, Call>> = {
  TRUE: () => truth(true),
  FALSE: () => truth(false),
  '=': compared,
  '<>': compared,
  '<': compared,
  '<=': compared,
  '>': compared,
  '>=': compared,
  '+': arithmetic((a, b) => a + b),
  '-': arithmetic((a, b) => a - b),
  '*': arithmetic((a, b) => a * b),
  '/': arithmetic((a, b) => {
    if (b !== 0) return a / b;
    throw refused(`${a} / 0`, 'divides by zero');
  }),
  AND: logic(false),
  OR: logic(true),
  NOT(args, record, name) {
    const value = typed(one(args, name), 'boolean', record, name);
    return truth(value === null ? null : !value);
  },
  IF(args, record, name) {
    if (args.length !== 3) throw refused(name, 'takes three arguments');
    // The org checks both branches, whichever is taken.
    const [then, otherwise] = [evaluate(args[1]!, record), evaluate(args[2]!, record)];
    if (then.type !== otherwise.type) throw refused(name, `gives ${then.type} or ${otherwise.type}`);
    return typed(args[0]!, 'boolean', record, name) === true ? then : otherwise;
  },
  ISBLANK(args, record, name) {
    const { type, value } = evaluate(one(args, name), record);
    if (type === 'picklist' || type === 'boolean') throw refused(name, `takes no ${type}`);
    return truth(value === null);
  },
  ISPICKVAL(args, record, name) {
    const [field, word] = two(args, record, name);
    if (field.type !== 'picklist' || args[1]!.kind !== 'text') throw refused(name, 'takes a picklist and a text in quotes');
    return truth((field.value ?? '') === (word.value ?? ''));
  },
  CASE(args, record, name) {
    if (args.length < 4 || args.length % 2 === 1) throw refused(name, 'takes a value, pairs, and what else it is');
    const values = args.map((arg) => evaluate(arg, record));
    const [subject, ...rest] = values;
    const fallback = rest.pop()!;
    let found = fallback;
    for (let i = rest.length - 2; i >= 0; i -= 2) {
      const [word, result] = [rest[i]!, rest[i + 1]!];
      if (word.type !== (subject!.type === 'picklist' ? 'text' : subject!.type)) throw refused(name, `compares ${subject!.type} with ${word.type}`);
      if (result.type !== fallback.type) throw refused(name, `gives ${result.type} or ${fallback.type}`);
      if (subject!.value !== null && subject!.value === word.value) found = result;
    }
    return found;
  },
  LOWER(args, record, name) {
    const value = typed(one(args, name), 'text', record, name) as string | null;
    return text(value === null ? null : value.toLowerCase());
  },
  /** The first place, from 1; 0 where it is not there. */
  FIND(args, record, name) {
    const [sought, whole] = two(args, record, name);
    if (sought.type !== 'text' || whole.type !== 'text') throw refused(name, 'takes two texts');
    return number(whole.value === null || sought.value === null ? 0 : (whole.value as string).indexOf(sought.value as string) + 1);
  },
  MID(args, record, name) {
    if (args.length !== 3) throw refused(name, 'takes a text, a place and a length');
    const whole = typed(args[0]!, 'text', record, name) as string | null;
    const [from, length] = [args[1]!, args[2]!].map((arg) => typed(arg, 'number', record, name) as number | null);
    if (whole === null || from === null || length === null) return text(null);
    const at = Math.max(0, from! - 1);
    return text(whole.slice(at, at + Math.max(0, length!)));
  },
  MIN: most(Math.min),
  MAX: most(Math.max),
  ROUND(args, record, name) {
    const [value, digits] = two(args, record, name);
    if (value.type !== 'number' || digits.type !== 'number') throw refused(name, 'takes two numbers');
    const scale = 10 ** (digits.value as number);
    return number(value.value === null ? null : (Math.sign(value.value as number) * Math.round(Math.abs(value.value as number) * scale)) / scale);
  },
  NOW: (_args, { now }) => ({ type: 'datetime', value: now }),
  TODAY: (_args, { now }) => ({ type: 'date', value: Math.floor(now / DAY) * DAY }),
  DATETIMEVALUE(args, record, name) {
    const { type, value } = evaluate(one(args, name), record);
    if (type !== 'date') throw refused(name, `takes a date, not ${type}`);
    return { type: 'datetime', value };
  },
  DATEVALUE(args, record, name) {
    const value = typed(one(args, name), 'datetime', record, name);
    return { type: 'date', value: value === null ? null : Math.floor((value as number) / DAY) * DAY };
  },
};

function typed(arg: Formula, type: Result['type'], record: FormulaRecord, name: string): FieldValue {
  const result = evaluate(arg, record);
  if (result.type !== type) throw refused(name, `takes ${type}, not ${result.type}`);
  return result.value;
}

function one(args: readonly Formula[], name: string): Formula {
  if (args.length !== 1) throw refused(name, 'takes one argument');
  return args[0]!;
}

function two(args: readonly Formula[], record: FormulaRecord, name: string): [Result, Result] {
  if (args.length !== 2) throw refused(name, 'takes two arguments');
  return [evaluate(args[0]!, record), evaluate(args[1]!, record)];
}

const refused = (value: string, rule: string): Fault => new Fault({ kind: 'input', value, rule, remedy: 'correct the formula' });
