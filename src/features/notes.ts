import type { FieldValue, LoggedEvent, SubjectId } from '../events/index.ts';
import type { Table } from './store.ts';

/** A value, and since which event it holds: a later one replaces it, whatever the order in which they come. */
type Dated<T> = readonly [time: number, tie: number, value: T];

/** What few records have and a row does not hold: kept beside it, where there is something. Times in ms. */
export interface Notes {
  /** As they were told, `;` between them. */
  readonly territory?: Dated<string>;
  /** The contact whom the lead was found to be. */
  readonly person?: Dated<string>;
  readonly objection?: Dated<boolean>;
  /** When the newest promise to the record falls due, and when a promise was last kept. */
  readonly promise?: Dated<number>;
  readonly kept?: number;
  /** The same of the newest task. */
  readonly task?: Dated<number>;
  readonly done?: number;
  readonly dismissed?: Dated<string>;
  readonly accepted?: number;
  /** Reason and theme, `|` between them; either may be empty. */
  readonly disputed?: Dated<string>;
}

export const NO_NOTES: Notes = {};

export function readNotes(table: Table, subject: SubjectId): Notes {
  const bytes = table.get(subject);
  return bytes === undefined ? NO_NOTES : (JSON.parse(new TextDecoder().decode(bytes)) as Notes);
}

/** Equal notes are equal bytes. */
export function writeNotes(table: Table, subject: SubjectId, notes: Notes): void {
  const sorted = Object.fromEntries(Object.entries(notes).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  table.put(subject, new TextEncoder().encode(JSON.stringify(sorted)));
}

type Took = (notes: Notes, dated: <T>(value: T) => Dated<T>, data: LoggedEvent['data'], time: number) => Notes;

const told: Took = (notes, dated, data) => {
  let next = notes;
  if (data['territory'] !== undefined) next = newer(next, 'territory', dated(String(data['territory'] ?? '')));
  if (typeof data['no_profiling'] === 'boolean') next = newer(next, 'objection', dated(data['no_profiling']));
  return next;
};

const TAKEN: Readonly<Record<string, Took>> = {
  'lead.created': told,
  'lead.changed': told,
  'opportunity.created': told,
  'opportunity.changed': told,
  'link.lead': (notes, dated, { contact }) => (typeof contact === 'string' ? newer(notes, 'person', dated(contact)) : notes),
  'sla.started': (notes, dated, { due }) => (typeof due === 'number' ? newer(notes, 'promise', dated(due)) : notes),
  'sla.met': (notes, _, __, time) => ({ ...notes, kept: Math.max(time, notes.kept ?? -Infinity) }),
  'task.created': (notes, dated, { due }) => (typeof due === 'number' ? newer(notes, 'task', dated(due)) : notes),
  'task.completed': (notes, _, __, time) => ({ ...notes, done: Math.max(time, notes.done ?? -Infinity) }),
  'task.cancelled': (notes, _, __, time) => ({ ...notes, done: Math.max(time, notes.done ?? -Infinity) }),
  'feedback.given'(notes, dated, { action, reason, theme }, time) {
    if (action === 'dismiss') return newer(notes, 'dismissed', dated(text(reason)));
    if (action === 'dispute') return newer(notes, 'disputed', dated(`${text(reason)}|${text(theme)}`));
    return action === 'accept' ? { ...notes, accepted: Math.max(time, notes.accepted ?? -Infinity) } : notes;
  },
};

/** Whether events of a type are noted. */
export const isNoted = (type: string): boolean => Object.hasOwn(TAKEN, type);

/** The notes after an event; the same object where it changes none. */
export function note(notes: Notes, { type, time, data }: LoggedEvent, tie: number): Notes {
  return TAKEN[type]?.(notes, (value) => [time, tie, value], data, time) ?? notes;
}

/**
 * When the record must be seen to: the earlier of a promise and a task that nobody has settled. What had fallen due before the other
 * was said is over: a task that nobody ever closes does not hide what was promised since. A promise is settled by any touch.
 */
export function dueOf({ promise, kept, task, done }: Notes, lastTouch: number | null): Due | null {
  const settled = Math.max(kept ?? -Infinity, lastTouch ?? -Infinity);
  const promised = promise !== undefined && promise[0] > settled ? dueBy('promise', promise) : null;
  const planned = task !== undefined && task[0] > (done ?? -Infinity) ? dueBy('task', task) : null;
  if (promised === null || planned === null) return promised ?? planned;
  const [first, other] = planned.at < promised.at ? [planned, promised] : [promised, planned];
  return first.at < other.since ? other : first;
}

const dueBy = (kind: Due['kind'], [since, , at]: Dated<number>): Due => ({ kind, at, since });

export interface Due {
  readonly kind: 'promise' | 'task';
  /** ms */
  readonly at: number;
  /** When that was said, ms: a touch of before was not it. */
  readonly since: number;
}

/** The most territories that a record or a user is in; what is beyond is left aside. */
const MOST_TERRITORIES = 16;

/** Names out of one text, `;` between them: each once, ascending. */
export function territoriesOf(names: string | undefined): string[] {
  const found = (names ?? '').split(';').map((name) => name.trim());
  return [...new Set(found.filter((name) => name !== ''))].toSorted().slice(0, MOST_TERRITORIES);
}

const text = (value: FieldValue | undefined): string => (typeof value === 'string' ? value : '');

function newer<K extends keyof Notes>(notes: Notes, name: K, dated: Dated<unknown>): Notes {
  const before = notes[name] as Dated<string | number | boolean> | undefined;
  if (before !== undefined) {
    const order = dated[0] - before[0] || dated[1] - before[1];
    if (order < 0 || (order === 0 && (dated[2] as string) <= before[2])) return notes;
  }
  return { ...notes, [name]: dated };
}
