import { againstLastWeek, extendTrend, type Grade, type LastScore, type LastScores, type TrendPoint } from '../rank/index.ts';
import { decodeRow, encodeRow, type ScoreRow } from './score-row.ts';
import type { Decision } from './decision.ts';
import type { Ledger } from './ledger.ts';
import { openRows } from './rows.ts';

export interface LastScoresOptions {
  /** An LMDB file; made where there is none. */
  path: string;
  /** Where the reasons of a last score are found again. */
  ledger: Pick<Ledger, 'bySubject' | 'saidAt'>;
}

/**
 * Last scores in LMDB: they must outlive the process, since they answer when a model does not load after a restart, and
 * other processes read them. They hold numbers under a random subject id and no sentence, so that what LMDB leaves
 * behind in its free pages says nothing about anyone. They can be lost: the trend is then read from the journal, once a record.
 */
export function openLastScores({ path, ledger }: LastScoresOptions): LastScores {
  const rows = openRows(path);

  const row = (subject: string): ScoreRow | null => {
    const bytes = rows.get(subject);
    return bytes === undefined ? null : decodeRow(bytes);
  };
  const lastOf = (subject: string): LastScore | null => {
    const held = row(subject);
    return held === null ? null : { ...held.last, reasons: [] };
  };

  return {
    get: lastOf,
    recall(subject, last) {
      const said = ledger.saidAt(subject, last.time).find(({ bundle }) => bundle === last.bundle);
      return { ...last, reasons: said?.reasons ?? [] };
    },
    trend: (subject): TrendPoint[] => [...(row(subject)?.trend ?? [])],
    recallTrend(subject) {
      const held = row(subject);
      if (held === null || held.recalled || againstLastWeek(held.trend) !== null) return [...(held?.trend ?? [])];
      const told = trendOf(ledger.bySubject(subject));
      const reachesBack = told.length > 0 && told[0]!.time < held.trend[0]!.time;
      const trend = reachesBack ? told : held.trend;
      rows.put(subject, encodeRow({ ...held, trend, recalled: true }));
      return [...trend];
    },
    put(subject, last) {
      const held = row(subject);
      if (held !== null && held.last.time > last.time) return;
      const trend = extendTrend(held?.trend ?? [], { time: last.time, score: last.score });
      rows.put(subject, encodeRow({ last, trend, recalled: held?.recalled ?? false }));
    },
    pointsGrade(subject) {
      const letter = rows.get(gradeKey(subject));
      return letter === undefined ? null : (String.fromCharCode(letter[0]!) as Grade);
    },
    keepPointsGrade: (subject, grade) => rows.put(gradeKey(subject), Uint8Array.of(grade.charCodeAt(0))),
    erase: async (subject) => void (await Promise.all([rows.remove(subject), rows.remove(gradeKey(subject))])),
    close: () => rows.close(),
  };
}

/** Beside the row of a record's last score, which a record that only rules ever answered does not have. */
const gradeKey = (subject: string): string => `${subject} rules`;

/** The trend that journalled decisions tell, which come newest first. */
function trendOf(decisions: readonly Decision[]): TrendPoint[] {
  return decisions
    .filter(({ level }) => level === 'L0' || level === 'L1')
    .toReversed()
    .reduce<TrendPoint[]>((trend, { time, score }) => extendTrend(trend, { time, score }), []);
}
