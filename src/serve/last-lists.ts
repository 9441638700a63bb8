import { openRows, type Rows } from '../audit/index.ts';
import type { LastList } from '../rank/index.ts';

/** Two lists that a user saw, as the decisions of their first places: what changed is told against the old one. */
export interface ShownLists {
  /** An hour or more before the recent one; null where there was none. */
  readonly old: ShownList | null;
  readonly recent: ShownList;
}

export interface ShownList {
  /** ms */
  readonly time: number;
  /** Ids of journalled decisions, in the order of their places. */
  readonly decisions: readonly string[];
}

/** What each user saw last: so that a list does not shuffle and tells what changed, whichever process makes the next one. */
export interface LastLists {
  /** Whom the last list ranked; null where there was none. */
  ranked(user: string): LastList | null;
  keepRanked(user: string, list: LastList): void;
  shown(user: string): ShownLists | null;
  keepShown(user: string, lists: ShownLists): void;
  /** Forgets the lists that name a subject. */
  erase(subject: string): Promise<void>;
  /** Resolves once everything is written. Idempotent. */
  close(): Promise<void>;
}

/**
 * Last lists in an LMDB file, made where there is none: a row of ranked subjects and one of shown decisions a user, ids alone. They can be
 * lost: it costs one list its stability.
 */
export function openLastLists(path: string): LastLists {
  const rows = openRows(path);
  return {
    ranked: (user) => read<LastList>(rows, `ranked ${user}`),
    keepRanked: (user, { seed, ranked }) => write(rows, `ranked ${user}`, { seed, ranked }),
    shown: (user) => read<ShownLists>(rows, `shown ${user}`),
    keepShown: (user, { old, recent }) => write(rows, `shown ${user}`, { old, recent }),
    async erase(subject) {
      const named = [...rows.all()].flatMap(({ key, value }) => (Buffer.from(value).includes(subject) ? [key] : []));
      for (const key of named) await rows.remove(key);
    },
    close: () => rows.close(),
  };
}

function read<T>(rows: Rows, key: string): T | null {
  const bytes = rows.get(key);
  return bytes === undefined ? null : (JSON.parse(Buffer.from(bytes).toString()) as T);
}

/** A page that refreshes writes nothing. */
function write(rows: Rows, key: string, value: object): void {
  const bytes = Buffer.from(JSON.stringify(value));
  const held = rows.get(key);
  if (held === undefined || !bytes.equals(held)) rows.put(key, bytes);
}
