import { closeSync, existsSync, openSync, readSync, rmSync } from 'node:fs';
import { createCsvWriter, raggedRow, systemClock, type Datum, type TableFile } from '../base/index.ts';
import type { Cell } from '../cell/index.ts';
import { isRejection, type Event, type Sender } from '../events/index.ts';
import type { Log } from '../log/index.ts';
import type { Mapped } from '../mapping/index.ts';
import { openGate } from './gate.ts';
import { createCounts, type Counts } from './import-counts.ts';
import type { ImportNote } from './import-note.ts';

const SENDER: Sender = { scopes: ['crm', 'web', 'email', 'telephony', 'marketing', 'erp', 'product'] };
/** Rows that become durable together. */
const BATCH = 5_000;

export interface Tally {
  rows: number;
  taken: number;
  rejected: number;
  /** Of the rows: those that an earlier run, which was interrupted, has brought into the log. */
  before: number;
  /** Of the rows: records of nobody. */
  unowned: number;
  /** Rows by the value of the picklist that the mapping does not know. */
  unknownValues: Counts;
  /** Rows by the currency for which there is no rate at their time. */
  missingRates: Counts;
}

export interface ImportJob {
  readonly file: TableFile;
  /** The columns that are read. */
  readonly columns: ReadonlySet<string>;
  readonly cell: Cell;
  readonly log: Log;
  readonly toEvents: (row: readonly Datum[]) => Mapped;
  readonly note: ImportNote;
  /** Where refused rows are listed. */
  readonly rejects: string;
  readonly update: (detail: string) => void;
  readonly signal: AbortSignal;
}

/** Sends the rows through the gate into the log. A row is refused as a whole. Rejects with the signal's reason where it aborts. */
export async function importRows({ file, columns, cell, log, toEvents, note, rejects, update, signal }: ImportJob): Promise<Tally> {
  const gate = openGate(cell, systemClock);
  const tally: Tally = { rows: 0, taken: 0, rejected: 0, before: note.next, unowned: 0, unknownValues: createCounts(), missingRates: createCounts() };
  let refused: ReturnType<typeof createCsvWriter> | undefined;
  const flush = async (rows: readonly (readonly Datum[])[]): Promise<void> => {
    const isRagged = (row: readonly Datum[]): boolean => row.length !== file.header.length;
    const mapped = rows.map((row): Mapped => (isRagged(row) ? NOTHING : toEvents(row)));
    const results = cell.identities.batch(() => mapped.map(({ events }) => events.map(({ event }) => gate.parse(event, SENDER))));
    const passed: Event[] = [];
    const known = new Map<Event, number>();
    for (const [i, ofRow] of results.entries()) {
      const row = tally.rows + i;
      const fault = isRagged(rows[i]!) ? raggedFault(rows[i]!.length, file.header.length) : ofRow.find(isRejection);
      if (fault === undefined) {
        for (const [nth, event] of row < note.next ? [] : (ofRow as Event[]).entries()) {
          passed.push(event);
          known.set(event, mapped[i]!.events[nth]!.known);
        }
        tally.taken += 1;
        count(tally, mapped[i]!);
        continue;
      }
      if (refused === undefined) {
        refused = createCsvWriter(rejects);
        refused.write(REJECTS);
      }
      refused.write([row + 1, fault.code, fault.message]);
    }
    tally.rows += rows.length;
    tally.rejected = tally.rows - tally.taken;
    if (tally.rows > note.next) {
      await log.append(passed, { knownAt: (event) => known.get(event)! });
      note.save(tally.rows);
    }
    update(`${tally.rows.toLocaleString('en')}${file.count === undefined ? '' : ` of ${file.count.toLocaleString('en')}`} rows`);
    signal.throwIfAborted();
  };
  try {
    let batch: (readonly Datum[])[] = [];
    for await (const row of file.rows(columns)) {
      if (batch.push(row) < BATCH) continue;
      await flush(batch);
      batch = [];
    }
    if (batch.length > 0) await flush(batch);
    if (refused === undefined) removeRejects(rejects);
    else refused.close();
    note.remove();
  } finally {
    refused?.discard();
  }
  return tally;
}

const REJECTS = ['row', 'code', 'reason'];

/** Those of an import of the file as it was before; another file of that name stays. */
function removeRejects(path: string): void {
  if (!existsSync(path)) return;
  const head = Buffer.alloc(REJECTS.join(',').length);
  const file = openSync(path, 'r');
  readSync(file, head, 0, head.length, 0);
  closeSync(file);
  if (head.toString() === REJECTS.join(',')) rmSync(path);
}

const NOTHING: Mapped = { events: [] };

function raggedFault(width: number, header: number): { code: string; message: string } {
  const { rule, remedy } = raggedRow(width, header);
  return { code: 'malformed', message: `${rule}; ${remedy}` };
}

/** Counts what a row that was taken lacks. */
function count(tally: Tally, { unknownValue, missingRate, isUnowned }: Mapped): void {
  const { unknownValues, missingRates } = tally;
  if (isUnowned) tally.unowned += 1;
  if (unknownValue !== undefined) unknownValues.add(unknownValue);
  if (missingRate !== undefined) missingRates.add(missingRate);
}
