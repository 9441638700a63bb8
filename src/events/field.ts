import { coarseners } from './coarsen.ts';
import type { FieldValue } from './event.ts';
import { looksPersonal } from './personal.ts';
import { MAX_STRING, type FieldSchema } from './schema.ts';
import { shown } from './shown.ts';
import { parseTime } from './time.ts';

/** A field after its check: kept, withheld as personal where it should not be, or refused. */
export type FieldCheck =
  { readonly value: FieldValue } | { readonly withheld: true } | { readonly refused: FieldRefusal };

export interface FieldRefusal {
  /** What was found, as `shown` says it. */
  readonly found: string;
  readonly rule: string;
  readonly remedy: string;
}

const ID = /^[\w.:-]+$/u;
const DATE = /^\d{4}-\d\d-\d\d$/u;

/** Checks one value against its schema. References come out as they came in: the caller maps them. */
export function checkField(schema: FieldSchema, raw: unknown): FieldCheck {
  if (raw === null || raw === undefined) return { value: null };
  switch (schema.type) {
    case 'number':
      return checkNumber(schema, raw);
    case 'boolean':
      return typeof raw === 'boolean' ? { value: raw } : refuse(schema, raw, 'is not a boolean', 'send true or false');
    case 'time':
      return checkTime(schema, raw);
    case 'date':
      return checkDate(schema, raw);
    case 'string':
    case 'category':
    case 'reference':
      return checkText(schema, raw);
  }
}

function checkNumber(schema: FieldSchema, raw: unknown): FieldCheck {
  if (typeof raw !== 'number' || !Number.isFinite(raw))
    return refuse(schema, raw, 'is not a finite number', 'send digits alone, in JSON without quotes');
  const { min = -Infinity, max = Infinity } = schema;
  return raw >= min && raw <= max
    ? { value: raw }
    : refuse(schema, raw, `is outside ${min} to ${max}`, 'check the unit of the source');
}

function checkTime(schema: FieldSchema, raw: unknown): FieldCheck {
  const time = typeof raw === 'string' ? parseTime(raw) : undefined;
  return time === undefined
    ? refuse(schema, raw, 'is not an ISO 8601 time with a zone', 'send one like 2026-03-02T08:30:00Z')
    : { value: time };
}

function checkDate(schema: FieldSchema, raw: unknown): FieldCheck {
  const day = typeof raw === 'string' && DATE.test(raw) ? parseTime(`${raw}T00:00Z`) : undefined;
  return day === undefined
    ? refuse(schema, raw, 'is not a calendar day', 'send one like 2026-03-02')
    : { value: day };
}

function checkText(schema: FieldSchema, raw: unknown): FieldCheck {
  if (typeof raw !== 'string') return refuse(schema, raw, 'is not a string', 'send a JSON string');
  const text = raw.trim().toWellFormed();
  const { maxLength = MAX_STRING } = schema;
  if (text.length > maxLength) {
    return refuse(schema, raw, `is longer than ${maxLength} characters`, 'shorten it at the source');
  }
  if (text === '') return { value: null };
  if (schema.privacy === 'coarsen') return { value: coarseners[schema.coarsener!](text) };
  if (schema.privacy !== 'plain') return { value: text };
  if (schema.values !== undefined && !schema.values.includes(text)) {
    if (schema.otherwise !== undefined) return { value: schema.otherwise };
    return refuse(schema, raw, `is none of ${schema.values.join(', ')}`, 'send one of them');
  }
  if (schema.type === 'string' && !ID.test(text)) {
    return refuse(schema, raw, 'is not an id', 'use letters, digits, _ . : - only');
  }
  return looksPersonal(text) ? { withheld: true } : { value: text };
}

const refuse = (schema: FieldSchema, raw: unknown, rule: string, remedy: string): FieldCheck => ({ refused: { found: shown(raw, schema.privacy), rule, remedy } });
