import type { SubjectId } from '../events/index.ts';
import { NO_NOTES, readNotes, writeNotes, type Notes } from './notes.ts';
import type { Table } from './store.ts';

/** The notes that a fold changes, within one transaction. */
export interface NotesInHand {
  get(subject: SubjectId): Notes;
  /** As they were when the transaction began. */
  stored(subject: SubjectId): Notes;
  isChanged(subject: SubjectId): boolean;
  set(subject: SubjectId, notes: Notes): void;
  remove(subject: SubjectId): void;
  /** Writes what was changed. */
  save(): void;
  /** Forgets what was not written. */
  drop(): void;
}

export function createNotesInHand(table: Table): NotesInHand {
  const changed = new Map<SubjectId, Notes | null>();
  const stored = (subject: SubjectId): Notes => readNotes(table, subject);
  const get = (subject: SubjectId): Notes => {
    const own = changed.get(subject);
    return own === undefined ? stored(subject) : (own ?? NO_NOTES);
  };
  return {
    get,
    stored,
    isChanged: (subject) => changed.has(subject),
    set: (subject, notes) => void changed.set(subject, notes),
    remove: (subject) => void changed.set(subject, null),
    save() {
      for (const [subject, notes] of [...changed].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
        if (notes === null) table.remove(subject);
        else writeNotes(table, subject, notes);
      }
      changed.clear();
    },
    drop: () => changed.clear(),
  };
}
