import { deserialize, serialize } from 'node:v8';
import type { LoggedEvent, SubjectId } from '../../events/index.ts';
import type { Containers } from '../containers.ts';
import type { Folds } from '../folds.ts';
import { HEADER_BYTES } from '../header.ts';
import type { Entity } from '../spec.ts';

/** What counts in a row that is folded in the order of the log: an event of its own, or what a member did, gave or took. */
export type Message =
  | { readonly says: 'event'; readonly event: LoggedEvent }
  | { readonly says: 'fold'; readonly container: Entity; readonly to: SubjectId; readonly member: Entity; readonly code: number; readonly time: number; readonly tie: number; readonly fields: Float64Array }
  | { readonly says: 'give' | 'take'; readonly container: Entity; readonly to: SubjectId; readonly member: Entity; readonly row: Uint8Array }
  /** An opportunity has a row, by an event of its own. */
  | { readonly says: 'touch'; readonly to: SubjectId };

export const packMessage = (message: Message): Uint8Array => serialize(message);
export const unpackMessage = (bytes: Uint8Array): Message => deserialize(bytes) as Message;

/** In the order of the log, then as they were sent. */
export const messageKey = (offset: number, nth: number): string => `${String(offset).padStart(16, '0')}.${String(nth).padStart(12, '0')}`;
export const offsetIn = (key: string): number => Number(key.slice(0, 16));

/** Does what a message says of members. */
export function hearMessage(message: Exclude<Message, { says: 'event' }>, here: Containers, folds: Folds): void {
  if (message.says === 'fold') {
    const { container, to, member, code, time, tie, fields } = message;
    here.fold(container, to, member, code, time, tie, fields);
  } else if (message.says === 'touch') {
    here.move('opportunity', message.to, 'lead', emptyRow(folds, 'lead'), 'give');
  } else {
    const { container, to, member, row, says } = message;
    here.move(container, to, member, new DataView(row.buffer, row.byteOffset, row.byteLength), says);
  }
}

function emptyRow(folds: Folds, entity: Entity): DataView {
  const fold = folds.of(entity);
  const row = new DataView(new ArrayBuffer(HEADER_BYTES + fold.bytes));
  fold.init(row, HEADER_BYTES);
  return row;
}
