import { DAY } from '../base/index.ts';
import type { LoggedEvent, SubjectId } from '../events/index.ts';
import type { Index, Store, Table } from './store.ts';

/** What happened to recommendations within a week. */
export interface Uses {
  readonly shown: number;
  readonly accepted: number;
  readonly done: number;
  readonly dismissed: number;
  readonly snoozed: number;
  readonly disputed: number;
}

/** The name of a count. */
export type Use = keyof Uses;

/** In the order of the stored counts. */
export const USES = ['shown', 'accepted', 'done', 'dismissed', 'snoozed', 'disputed'] as const satisfies readonly Use[];

const BY_ACTION: Readonly<Record<string, Use>> = {
  accept: 'accepted', done: 'done', dismiss: 'dismissed', snooze: 'snoozed', dispute: 'disputed',
};

/** A reason that a user disputes. */
export interface Dispute {
  readonly subject: SubjectId;
  /** ms */
  readonly time: number;
  readonly decision: string;
  readonly reason: string | null;
  readonly theme: string | null;
  readonly feature: string | null;
}

/** Weeks that are counted, the newest included. */
export const WEEKS = 26;
/** Everybody's counts together. */
export const EVERYBODY = '*';

/** The Monday, 00:00 UTC, of the week of a moment; both ms. */
export const weekOf = (time: number): number => (Math.floor((time / DAY + 3) / 7) * 7 - 3) * DAY;

/** Counts what is shown and answered: by user, so that teams can be summed as they stand when it is read, and over all. */
export function foldUse({ adoption }: Pick<Store, 'adoption'>, { type, data, time }: LoggedEvent): void {
  const use = type === 'impression.shown' ? 'shown' : type === 'feedback.given' ? BY_ACTION[String(data['action'])] : undefined;
  if (use === undefined) return;
  for (const row of new Set([EVERYBODY, String(data['user'] ?? EVERYBODY)])) count(adoption, row, weekOf(time), use);
}

/** Keeps a dispute of a reason, under the record that its subject is by now. */
export function foldDispute({ disputes }: Pick<Store, 'disputes'>, event: LoggedEvent, subject: SubjectId): void {
  if (event.type === 'feedback.given' && event.data['action'] === 'dispute') disputes.add(subject, disputeText(event));
}

/** Counts by the Monday of the week. */
export function readUses(adoption: Table, row: string): Map<number, Uses> {
  return new Map(read(adoption, row).map(([week, ...counts]) => [week!, Object.fromEntries(USES.map((use, i) => [use, counts[i]!])) as unknown as Uses]));
}

/** All disputes since a moment, the newest first. */
export function readDisputes(disputes: Index, since: number): Dispute[] {
  const all = disputes.keys().flatMap((subject) => disputes.members(subject).map((member) => disputeOf(subject as SubjectId, member)));
  return all.filter(({ time }) => time >= since).toSorted((a, b) => b.time - a.time || (a.decision < b.decision ? -1 : 1));
}

/** Joins counts of one row that were made apart, bytes as they are kept. */
export function joinUses(parts: readonly Uint8Array[]): Uint8Array {
  const weeks = new Map<number, Row>();
  for (const [week, ...counts] of parts.flatMap(parse)) {
    const held = weeks.get(week!);
    if (held === undefined) weeks.set(week!, [week!, ...counts]);
    else for (const [i, more] of counts.entries()) held[1 + i]! += more;
  }
  return print([...weeks.values()]);
}

type Row = number[];

function count(adoption: Table, key: string, week: number, use: Use): void {
  const rows = read(adoption, key);
  let row = rows.find(([of]) => of === week);
  if (row === undefined) rows.push((row = [week, ...USES.map(() => 0)]));
  row[1 + USES.indexOf(use)]! += 1;
  adoption.put(key, print(rows));
}

function read(adoption: Table, key: string): Row[] {
  const bytes = adoption.get(key);
  return bytes === undefined ? [] : parse(bytes);
}

const parse = (bytes: Uint8Array): Row[] => JSON.parse(new TextDecoder().decode(bytes)) as Row[];

/** The newest weeks, in their order. */
function print(rows: readonly Row[]): Uint8Array {
  const newest = Math.max(...rows.map(([of]) => of!));
  const kept = rows.filter(([of]) => of! > newest - WEEKS * 7 * DAY).toSorted((a, b) => a[0]! - b[0]!);
  return new TextEncoder().encode(JSON.stringify(kept));
}

const disputeText = ({ time, data }: LoggedEvent): string =>
  [String(time).padStart(15, '0'), ...['decision', 'reason', 'theme', 'feature_name'].map((name) => encodeURIComponent(String(data[name] ?? '')))].join('|');

function disputeOf(subject: SubjectId, member: string): Dispute {
  const [time, decision, ...told] = member.split('|');
  const [reason, theme, feature] = told.map((part) => (part === '' ? null : decodeURIComponent(part)));
  return { subject, time: Number(time), decision: decodeURIComponent(decision!), reason: reason!, theme: theme!, feature: feature! };
}
