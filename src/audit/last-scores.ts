import { open } from 'lmdb';
import { extendTrend, type LastScore, type LastScores, type TrendPoint } from '../rank/index.ts';
import { decodeRow, encodeRow, type ScoreRow } from './score-row.ts';
import type { Ledger } from './ledger.ts';

export interface LastScoresOptions {
  /** An LMDB file; made where there is none. */
  path: string;
  /** Where the reasons of a last score are found again. */
  ledger: Pick<Ledger, 'bySubject'>;
}

/** How many of the newest decisions are searched for the last score's reasons. */
const RECALLED = 20;

/**
 * Last scores in LMDB: they must outlive the process, since they answer when a model does not load after a restart, and
 * other processes read them. They hold numbers under a random subject id and no sentence, so that what LMDB leaves
 * behind in its free pages says nothing about anyone. They can be lost: it costs the trend, so nothing waits for the
 * disk.
 */
export function openLastScores({ path, ledger }: LastScoresOptions): LastScores {
  const db = open<Uint8Array, string>({ path, encoding: 'binary', noSync: true });
  /** What the queue of writes has not reached yet; null for what is being erased. */
  const unwritten = new Map<string, Uint8Array | null>();
  let closing: Promise<void> | null = null;

  const row = (subject: string): ScoreRow | null => {
    const held = unwritten.get(subject);
    const bytes = held === undefined ? db.get(subject) : held;
    return bytes === undefined || bytes === null ? null : decodeRow(bytes);
  };
  const lastOf = (subject: string): LastScore | null => {
    const held = row(subject);
    return held === null ? null : { ...held.last, reasons: [] };
  };

  return {
    get: lastOf,
    recall(subject) {
      const last = lastOf(subject);
      if (last === null) return null;
      const said = ledger
        .bySubject(subject, RECALLED)
        .find(({ time, bundle }) => time === last.time && bundle === last.bundle);
      return { ...last, reasons: said?.reasons ?? [] };
    },
    trend: (subject): TrendPoint[] => [...(row(subject)?.trend ?? [])],
    put(subject, last) {
      const held = row(subject);
      if (held !== null && held.last.time > last.time) return;
      const trend = extendTrend(held?.trend ?? [], { time: last.time, score: last.score });
      const bytes = encodeRow({ last, trend });
      unwritten.set(subject, bytes);
      const written = (): void => void (unwritten.get(subject) === bytes && unwritten.delete(subject));
      db.put(subject, bytes).then(written, written);
    },
    async erase(subject) {
      unwritten.set(subject, null);
      await db.remove(subject); // in the queue, behind any put of the subject that still waits there
      if (unwritten.get(subject) === null) unwritten.delete(subject);
    },
    close: () => (closing ??= db.close()),
  };
}
