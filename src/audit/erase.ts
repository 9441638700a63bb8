import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Fault, quote, randomId, writeFileAtomic, type Clock } from '../base/index.ts';
import type { SuppressionList } from '../cell/index.ts';
import {
  CELL_SUBJECT,
  kindOf,
  serviceEvent,
  type IdentityMap,
  type LoggedEvent,
  type SubjectId,
  type SubjectKind,
} from '../events/index.ts';
import type { State } from '../features/index.ts';
import { eventsOf, type Log } from '../log/index.ts';
import type { LastScores } from '../rank/index.ts';
import type { Ledger } from './ledger.ts';
import type { ErasureReceipt, Receipts, SignedReceipt } from './receipt.ts';

/** Everything of a cell that can hold something of a subject. */
export interface ErasureParts {
  /** Folder of the receipts; an erasure that is under way leaves its note here. */
  dir: string;
  clock: Clock;
  receipts: Receipts;
  log: Log;
  identities: IdentityMap;
  /** Where an outside id is kept out from then on. */
  suppressed: Pick<SuppressionList, 'keyOf' | 'add'>;
  quarantine: { erase(kind: SubjectKind, externalId: string): number | Promise<number> };
  state: Pick<State, 'retract' | 'joinedWith'>;
  lastScores: Pick<LastScores, 'erase'>;
  ledger: Pick<Ledger, 'placesOf' | 'blank'>;
}

export interface Eraser {
  /**
   * Removes a subject from everything that holds it and returns the receipt; the receipt of before where it is gone
   * already. Throws a Fault for what is no erasable subject.
   */
  erase(subject: SubjectId): Promise<SignedReceipt>;
  /** How many erasures a crash interrupted, or a restore asks for again. */
  waiting(): number;
  /** Completes them. Call it when a cell opens, before its state does: what LMDB deletes stays in its free pages. */
  resume(): Promise<SignedReceipt[]>;
}

type Note = Omit<ErasureReceipt, 'completed'>;

/**
 * Erasure, step by step. A note on disk comes first and goes last, every step can be taken twice, and the link to the
 * outside id goes before the events, so that nothing new is appended to a subject whose past is being removed. Before that the
 * outside id is put on the suppression list, so that no import brings it back.
 */
export function createEraser(parts: ErasureParts): Eraser {
  const { dir, clock, receipts, log, identities, suppressed, quarantine, state, lastScores, ledger } = parts;

  const notePath = (receipt: string): string => join(dir, `${receipt}.pending`);
  const write = (note: Note): Note => {
    writeFileAtomic(notePath(note.receipt), JSON.stringify(note));
    return note;
  };

  const cutLink = async (note: Note): Promise<Note> => {
    const subject = note.subject as SubjectId;
    const external = identities.externalOf(subject);
    if (external === undefined) {
      if (note.suppression !== undefined) suppressed.add(note.suppression, note.receipt);
      return note;
    }
    const kind = erasable(subject);
    const quarantined = note.quarantined + (await quarantine.erase(kind, external));
    const suppression = suppressed.keyOf(kind, external);
    const noted = write({ ...note, quarantined, identity: true, suppression });
    suppressed.add(suppression, note.receipt);
    identities.erase(subject);
    return noted;
  };

  /** All that the log still holds of those that a subject shares rows with, to fold these anew without it. */
  const eventsOfJoined = async (subject: SubjectId): Promise<Iterable<LoggedEvent> | undefined> => {
    const joined = state.joinedWith(subject);
    if (joined.length === 0) return undefined;
    const wanted = new Set<string>([...joined, CELL_SUBJECT]);
    const { events, end } = await eventsOf(log, wanted);
    return {
      *[Symbol.iterator]() {
        yield* events;
        for (const event of log.read(end)) if (wanted.has(event.subject)) yield event; // what came meanwhile
      },
    };
  };

  const removeEvents = async (note: Note): Promise<Note> => {
    const subject = note.subject as SubjectId;
    const events = await log.erase(subject);
    const noted = write({ ...note, events: note.events + events });
    state.retract(subject, { epoch: log.epoch(), events: await eventsOfJoined(subject) });
    await lastScores.erase(subject);
    return noted;
  };

  /** The places are noted before they are blanked: afterwards nothing tells whose they were. */
  const blankDecisions = (note: Note): Note => {
    ledger.blank(note.places);
    let noted = note;
    for (let found = ledger.placesOf(note.subject); found.length > 0; found = ledger.placesOf(note.subject)) {
      noted = write({
        ...noted,
        decisions: [...noted.decisions, ...found.map(({ id }) => id)],
        places: [...noted.places, ...found.map(({ segment, at }) => ({ segment, at }))],
      });
      ledger.blank(found);
    }
    return noted;
  };

  const complete = async (note: Note): Promise<SignedReceipt> => {
    const bare = blankDecisions(await removeEvents(await cutLink(note)));
    const time = clock();
    // One id for the event however often this step is taken: the fold drops the second.
    const data = { receipt: bare.receipt, subject: bare.subject };
    const id = bare.receipt;
    await log.append([serviceEvent({ id, type: 'control.subject.erased', subject: CELL_SUBJECT, time, data })]);
    const signed = receipts.write({ ...bare, completed: time });
    rmSync(notePath(bare.receipt), { force: true });
    return signed;
  };

  const pending = (): Note[] =>
    (existsSync(dir) ? readdirSync(dir) : [])
      .filter((file) => /^er_[0-9a-z]{20}\.pending$/.test(file))
      .map((file) => JSON.parse(readFileSync(join(dir, file), 'utf8')) as Note);

  return {
    async erase(subject) {
      erasable(subject);
      const done = receipts.ofSubject(subject);
      if (done !== undefined) return done;
      const note = pending().find((it) => it.subject === subject) ?? write(blankNote(subject, clock()));
      return complete(note);
    },
    waiting: () => pending().length,
    async resume() {
      const completed: SignedReceipt[] = [];
      for (const note of pending()) {
        const done = receipts.find(note.receipt);
        if (done !== undefined) rmSync(notePath(note.receipt), { force: true });
        completed.push(done ?? (await complete(note)));
      }
      return completed;
    },
  };
}

function blankNote(subject: SubjectId, requested: number): Note {
  const receipt = randomId('er_');
  return { receipt, subject, requested, identity: false, events: 0, quarantined: 0, decisions: [], places: [] };
}

function erasable(subject: SubjectId): SubjectKind {
  const kind = kindOf(subject);
  if (kind !== undefined && kind !== 'cell') return kind;
  throw new Fault({
    kind: 'input',
    value: quote(subject),
    rule: 'is no subject that can be erased',
    remedy: 'give an id like ld_…',
  });
}
