import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { mix32 } from '../../src/base/index.ts';
import { newestVersion, type FieldValue, type LoggedEvent } from '../../src/events/index.ts';
import { openHistory, SEGMENT_EVENTS, type Gathered } from '../../src/log/index.ts';
import { openNewest } from '../../src/log/lmdb/generation.ts';
import { book, type Told } from './active.ts';

const PREFIX = { user: 'us_', account: 'ac_', lead: 'ld_' } as const;

/** A subject as the gate makes them: 20 characters in no order. */
export function subjectOf(kind: Told['kind'], number: number): string {
  const part = (seed: number, length: number): string => mix32(mix32(number) ^ seed).toString(36).padStart(7, '0').slice(-length);
  return PREFIX[kind] + part(1, 7) + part(2, 7) + part(3, 6);
}

/** What was told, as the log holds it. */
export function loggedOf({ id, source, type, kind, subject, time, data }: Told, offset: number): LoggedEvent {
  return { id, source, type, version: newestVersion(type), subject: subjectOf(kind, subject), time, data: referring(data), offset, received: time, knownAt: time } as unknown as LoggedEvent;
}

function referring(data: Told['data']): Record<string, FieldValue> {
  const out: Record<string, FieldValue> = {};
  for (const [field, value] of Object.entries(data)) {
    const [, kind, number] = typeof value === 'string' ? (/^(user|account) (\d+)$/u.exec(value) ?? []) : [];
    out[field] = kind === undefined ? value : subjectOf(kind as Told['kind'], Number(number));
  }
  return out;
}

/** Writes the log of a book of leads to a folder, all of it history, once. Returns how many events it has. */
export function activeLog(folder: string, leads: number): number {
  const path = join(folder, 'history');
  const mark = join(folder, 'written');
  if (existsSync(mark)) return openHistory(path).end();
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const history = openHistory(path);
  let rows: Gathered[] = [];
  let offset = 0;
  for (const told of book(leads)) {
    if (rows.push({ event: loggedOf(told, offset++), repeat: false }) < SEGMENT_EVENTS) continue;
    history.add(rows, offset);
    rows = [];
  }
  if (rows.length > 0) history.add(rows, offset);
  const { root, meta } = openNewest(folder);
  root.transactionSync(() => {
    meta.putSync('start', offset);
    meta.putSync('next', offset);
  });
  void root.close();
  writeFileSync(mark, '');
  return offset;
}
