import { textOf } from '../base/index.ts';
import { newestFields } from '../events/index.ts';
import { NO_CHANGE, type Change } from './change-result.ts';
import type { ObjectMapping } from './mapping.ts';
import { createTelling, fieldNow, valueNow, type Said } from './said.ts';

/** What takes back that a record was made part of another. */
const UNDONE: Readonly<Record<string, string>> = { 'contact.role_set': 'contact.role_removed', 'campaign.member_added': 'campaign.member_removed' };

/**
 * What a record becomes that is none of ours: a role, a membership, a task is something that happened to the record of `id`. It must be
 * said whole; where it is not, it is to be read, or, where it is gone, all of its kind.
 */
export function happening(object: ObjectMapping, said: Said): Change {
  const { events, tell } = createTelling(said, object.kind);
  const result = { ...NO_CHANGE, events };
  const isGone = said.what === 'DELETE';
  const type = isGone ? UNDONE[object.type] : object.type;
  if (type === undefined) return result;
  const columns = [object.id, ...Object.values(object.fields).flatMap((source) => ('column' in source ? [source.column] : []))];
  if (columns.some((column) => fieldNow(said, column) === undefined)) return isGone ? { ...result, resync: true } : { ...result, fetch: [said.record] };
  const subject = textOf(fieldNow(said, object.id));
  if (subject === '') return result; // of another kind: a campaign's member is a lead or a contact
  const names = Object.keys(newestFields(type));
  const data = Object.fromEntries(names.flatMap((field) => {
    const value = valueNow(said, object, type, field);
    return value === undefined ? [] : [[field, value]];
  }));
  tell(type, { subject, data });
  return result;
}
