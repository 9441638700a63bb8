import type { Value } from './value.ts';

type Data = Readonly<Record<string, Value>>;

/** What a row says of a record, by since when it is known. */
export interface Split {
  /** Since the record was created. */
  readonly always: Data;
  /** Since the row was read; absent where that is nothing. */
  readonly now?: Data;
}

/**
 * Divides a record as it stands now by what could be known of it before. A field that may have changed says nothing of the past, not
 * even where the record has not changed since: which records those are was not known then.
 */
export function splitRecord(data: Data, immutable: readonly string[]): Split {
  const always: Record<string, Value> = {};
  const now: Record<string, Value> = {};
  for (const [field, value] of Object.entries(data)) (immutable.includes(field) ? always : now)[field] = value;
  return Object.keys(now).length === 0 ? { always } : { always, now };
}
