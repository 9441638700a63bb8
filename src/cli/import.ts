import { Command } from 'commander';
import { createCsvWriter, openCsv, quote, systemClock, type CsvFile } from '../base/index.ts';
import { openCell, type Cell } from '../cell/index.ts';
import { isRejection, type Event, type Sender } from '../events/index.ts';
import { openLmdbLog, type Log } from '../log/index.ts';
import { findAddress } from './address.ts';
import { readConfig } from './config.ts';
import { withCellFlags, type CellFlags } from './flags.ts';
import { openGate } from './gate.ts';
import { createRowMapper, type Mapped, type ObjectMapping } from '../mapping/index.ts';
import { checkFlags, mappingOf, type MappingFlags } from './import-mapping.ts';
import { formatPreview, previewFile } from './import-preview.ts';
import { step } from './progress.ts';

interface Flags extends CellFlags, MappingFlags {
  preview?: boolean;
  rejects?: string;
  json?: boolean;
}

const SENDER: Sender = { scopes: ['crm', 'web', 'email', 'telephony', 'marketing', 'erp', 'product'] };
const BATCH = 1_000;

const EXAMPLES = `
Examples:
  $ bin/leadrank import LEADS.csv --id Id --owner OwnerId --created CreatedDate
  $ bin/leadrank import LEADS.csv --id "Prospect ID" --owner-id me --map industry=Specialization
  $ bin/leadrank import OPPORTUNITIES.csv --mapping mapping.yaml --object Opportunity --preview
`;

export function importCommand(): Command {
  return withCellFlags(new Command('import'))
    .summary('bring the records of a CSV file into a cell')
    .description(
      'Sends the rows through the gate into the log, beside a running cell or without one. Rows are leads whose columns are paired with ' +
        'fields by name, or what a mapping file says. Personal fields are never stored. Running it again, or after an interruption, changes nothing twice.',
    )
    .argument('<FILE.csv>', 'a CSV file with one record a row')
    .option('--mapping <file>', 'a YAML file that says which columns become which fields, and what counts as won')
    .option('--object <name>', 'which object of the mapping the file holds, where it maps several')
    .option('--preview', 'only count what the mapping makes of each value of the picklist; nothing is imported')
    .option('--id <column>', 'the column of the record id')
    .option('--owner <column>', "the column of the owner's user id")
    .option('--owner-id <user>', 'the owner of every lead, where the file names none')
    .option('--created <column>', 'the column of the creation date (without it: now)')
    .option('--map <field=column>', 'pairs a field with a column of another name; may be repeated', (pair: string, all: string[]) => [...all, pair], [])
    .option('--rejects <file>', 'where refused rows are listed with reasons (default: LEADS.csv.rejects.csv)')
    .option('--json', 'print what was done as JSON')
    .addHelpText('after', EXAMPLES)
    .action(runImport);
}

interface Tally {
  rows: number;
  taken: number;
  rejected: number;
  /** Rows by the value of the picklist that the mapping does not know. */
  unknownValues: Record<string, number>;
  /** Rows by the currency for which there is no rate at their time. */
  missingRates: Record<string, number>;
}

async function runImport(path: string, { json, ...flags }: Flags): Promise<void> {
  const config = readConfig(flags);
  checkFlags(flags);
  const file = await openCsv(path);
  const { object, rates } = await closing(file, () => mappingOf(file.header, flags));
  const toEvents = await closing(file, () => createRowMapper({ object, rates, header: file.header, now: systemClock() }));
  if (flags.preview === true) {
    const counts = await closing(file, () => previewFile(file, object));
    process.stdout.write(json ? `${JSON.stringify(counts, null, 2)}\n` : formatPreview(counts, object));
    return;
  }
  const role = findAddress(config.dir) === undefined ? 'owner' : 'guest';
  const cell = openCell({ ...config, clock: systemClock, role });
  const log = openLmdbLog({ path: cell.paths.log, clock: systemClock });
  const rejects = flags.rejects ?? `${path}.rejects.csv`;
  try {
    const tally = await step(`Importing ${path}`, ({ update }) => importRows({ file, cell, log, toEvents, rejects, update }));
    report(tally, object, rejects, json === true);
  } finally {
    file.close();
    await log.close();
    await cell.close();
  }
}

/** Runs the work on an open file, which is freed where it fails. */
async function closing<T>(file: CsvFile, work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    file.close();
    throw error;
  }
}

interface Job {
  file: CsvFile;
  cell: Cell;
  log: Log;
  toEvents: (row: readonly string[]) => Mapped;
  rejects: string;
  update: (detail: string) => void;
}

async function importRows({ file, cell, log, toEvents, rejects, update }: Job): Promise<Tally> {
  const gate = openGate(cell, systemClock);
  const tally: Tally = { rows: 0, taken: 0, rejected: 0, unknownValues: {}, missingRates: {} };
  let refused: ReturnType<typeof createCsvWriter> | undefined;
  const flush = async (rows: readonly (readonly string[])[]): Promise<void> => {
    const mapped = rows.map(toEvents);
    const results = cell.identities.batch(() => mapped.map(({ events }) => events.map((raw) => gate.parse(raw, SENDER))));
    const passed: Event[] = [];
    for (const [i, ofRow] of results.entries()) {
      const fault = ofRow.find(isRejection);
      if (fault === undefined) {
        passed.push(...(ofRow as Event[]));
        tally.taken += 1;
        note(tally, mapped[i]!);
        continue;
      }
      if (refused === undefined) {
        refused = createCsvWriter(rejects);
        refused.write(['row', 'code', 'reason']);
      }
      refused.write([tally.rows + i + 1, fault.code, fault.message]);
    }
    await log.append(passed);
    tally.rows += rows.length;
    tally.rejected = tally.rows - tally.taken;
    update(`${tally.rows.toLocaleString('en')} rows`);
  };
  try {
    let batch: string[][] = [];
    for await (const row of file.rows) {
      if (batch.push(row) < BATCH) continue;
      await flush(batch);
      batch = [];
    }
    if (batch.length > 0) await flush(batch);
    refused?.close();
  } finally {
    refused?.discard();
  }
  return tally;
}

/** Counts what the mapping did not know of a row that was taken. */
function note({ unknownValues, missingRates }: Tally, { unknownValue, missingRate }: Mapped): void {
  if (unknownValue !== undefined) unknownValues[unknownValue] = (unknownValues[unknownValue] ?? 0) + 1;
  if (missingRate !== undefined) missingRates[missingRate] = (missingRates[missingRate] ?? 0) + 1;
}

function report(tally: Tally, { name, fields, outcome }: ObjectMapping, rejects: string, json: boolean): void {
  const columns = Object.entries(fields).flatMap(([field, source]) => ('column' in source ? [[field, source.column] as const] : []));
  if (json) {
    const mapping = Object.fromEntries(columns);
    process.stdout.write(`${JSON.stringify({ ...tally, mapping, rejects: tally.rejected > 0 ? rejects : null }, null, 2)}\n`);
    return;
  }
  const pairs = columns.filter(([field]) => field !== 'owner').map(([field, column]) => `${field} ← ${quote(column)}`);
  const lines = [
    `${tally.taken.toLocaleString('en')} of ${tally.rows.toLocaleString('en')} ${name === 'Lead' ? 'leads' : `rows of ${name}`} are in the log`,
    `fields: ${pairs.length === 0 ? 'none was found by name; pair them with --map' : pairs.join(', ')}`,
    ...Object.entries(tally.unknownValues).map(([value, rows]) => `${rows} rows with ${outcome!.column} ${quote(value)}: the mapping does not say what it counts as; nothing was made of it`),
    ...Object.entries(tally.missingRates).map(([currency, rows]) => `${rows} amounts in ${currency}: no rate for their time, so they stay unconverted; add it to rates`),
    ...(tally.rejected > 0 ? [`${tally.rejected} rows were refused: see ${rejects}`] : []),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}
