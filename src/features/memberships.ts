import type { SubjectId } from '../events/index.ts';
import type { Membership } from './header.ts';
import type { Entity } from './spec.ts';
import type { Table } from './store.ts';

/** Of what a record is part and can be taken out again: the opportunities of a contact's roles, campaigns. */
const REVOCABLE: Readonly<Partial<Record<Entity, readonly Entity[]>>> = { lead: ['campaign'], contact: ['campaign', 'opportunity'] };
export const isRevocable = (entity: Entity, link: Entity): boolean => REVOCABLE[entity]?.includes(link) ?? false;

/** Of so many others is known whether a record is part of them: the newest. */
const MOST = 8;

/**
 * Keeps what a row cannot hold: its link is to the newest of the records that it is part of, and here stand the others and those
 * that it left. Nothing is kept of a record that was only ever part of one. Words in any order leave the same.
 */
export interface Memberships {
  /** Takes in a word, where the row holds `held`. Returns what the row should hold from now on. */
  enter(subject: SubjectId, link: Entity, word: Membership, held: Membership | null): Membership | null;
  forget(subject: SubjectId): void;
}

export function createMemberships(table: Table): Memberships {
  const key = (subject: SubjectId, link: Entity): string => `${subject} ${link}`;
  const read = (name: string): Membership[] | undefined => {
    const bytes = table.get(name);
    return bytes === undefined ? undefined : (JSON.parse(new TextDecoder().decode(bytes)) as Membership[]);
  };
  return {
    enter(subject, link, word, held) {
      const name = key(subject, link);
      const kept = read(name);
      if (kept === undefined && held === null && word.how === 'in') return word; // the first, mostly
      const known = kept ?? (held === null ? [] : [held]);
      const same = known.find(({ to }) => to === word.to);
      if (same !== undefined && newestFirst(same, word) <= 0) return newestIn(known);
      const words = [...known.filter((other) => other !== same), word].toSorted(newestFirst).slice(0, MOST);
      if (words.length > 1 || word.how === 'out') table.put(name, new TextEncoder().encode(JSON.stringify(words)));
      return newestIn(words);
    },
    forget(subject) {
      for (const link of ['campaign', 'opportunity'] as const) table.remove(key(subject, link));
    },
  };
}

const newestIn = (words: readonly Membership[]): Membership | null => words.find(({ how }) => how === 'in') ?? null;

/** Of two words of one moment the one on the greater id counts, and to be out of it more than to be in. */
function newestFirst(a: Membership, b: Membership): number {
  return b.time - a.time || b.tie - a.tie || (a.to === b.to ? Number(a.how === 'in') - Number(b.how === 'in') : a.to < b.to ? 1 : -1);
}
