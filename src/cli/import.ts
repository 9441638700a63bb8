import { Command } from 'commander';
import { createCsvWriter, Fault, openCsv, quote, systemClock, type CsvFile } from '../base/index.ts';
import { openCell, type Cell } from '../cell/index.ts';
import { isRejection, type Event, type Sender } from '../events/index.ts';
import { parseAnyDate } from '../lifecycle/index.ts';
import { openLmdbLog, type Log } from '../log/index.ts';
import { findAddress } from './address.ts';
import { readConfig } from './config.ts';
import { withCellFlags, type CellFlags } from './flags.ts';
import { openGate } from './gate.ts';
import { mapColumns, requireColumn, valueOf, type Mapping } from './import-mapping.ts';
import { step } from './progress.ts';

interface Flags extends CellFlags {
  id: string;
  owner?: string;
  ownerId?: string;
  created?: string;
  map: string[];
  rejects?: string;
  json?: boolean;
}

const SENDER: Sender = { scopes: ['crm'] };
const BATCH = 1_000;

const EXAMPLES = `
Examples:
  $ bin/leadrank import LEADS.csv --id Id --owner OwnerId --created CreatedDate
  $ bin/leadrank import LEADS.csv --id "Prospect ID" --owner-id me --map industry=Specialization
`;

export function importCommand(): Command {
  return withCellFlags(new Command('import'))
    .summary('bring the leads of a CSV file into a cell')
    .description(
      'Sends one lead a row through the gate into the log, beside a running cell or without one. Columns are paired with fields by name; ' +
        'personal fields are never stored. Running it again, or after an interruption, changes nothing twice.',
    )
    .argument('<LEADS.csv>', 'a CSV file with one lead a row')
    .requiredOption('--id <column>', 'the column of the record id')
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
}

async function runImport(path: string, { json, ...flags }: Flags): Promise<void> {
  const config = readConfig(flags);
  if ((flags.owner === undefined) === (flags.ownerId === undefined)) {
    const rule = 'every lead has an owner';
    throw new Fault({ kind: 'input', value: '--owner', rule, remedy: 'name the column with --owner, or one user for all with --owner-id' });
  }
  const file = await openCsv(path);
  const role = findAddress(config.dir) === undefined ? 'owner' : 'guest';
  const cell = openCell({ ...config, clock: systemClock, role });
  const log = openLmdbLog({ path: cell.paths.log, clock: systemClock });
  const rejects = flags.rejects ?? `${path}.rejects.csv`;
  try {
    const mapping = mapColumns(file.header, flags.map);
    const reader = createRowReader(file.header, mapping, flags);
    const tally = await step(`Importing ${path}`, ({ update }) => importRows({ file, cell, log, reader, rejects, update }));
    report(tally, mapping, rejects, json === true);
  } finally {
    file.close();
    await log.close();
    await cell.close();
  }
}

type RowReader = (row: readonly string[]) => unknown;

/** Makes a CloudEvent of a row; what is wrong with it is for the gate to say. */
function createRowReader(header: readonly string[], mapping: Mapping, { id, owner, ownerId, created }: Flags): RowReader {
  const at = (column: string | undefined): number => (column === undefined ? -1 : header.indexOf(requireColumn(header, column)));
  const [idAt, ownerAt, createdAt] = [at(id), at(owner), at(created)];
  const fields = [...mapping].map(([field, column]) => ({ field, at: header.indexOf(column) }));
  const now = new Date(systemClock()).toISOString();
  return (row) => {
    const record = row[idAt]!.trim();
    const values = fields.map(({ field, at: place }) => [field, valueOf(field, row[place]!)] as const);
    const date = createdAt < 0 ? undefined : parseAnyDate(row[createdAt]!);
    return {
      specversion: '1.0',
      id: `import-lead-${record}`,
      source: 'import',
      type: 'lead.created.v2',
      subject: record,
      time: date === undefined ? now : date === null ? row[createdAt] : new Date(date).toISOString(),
      data: { owner: ownerAt < 0 ? ownerId : row[ownerAt]!.trim(), ...Object.fromEntries(values.filter(([, value]) => value !== undefined)) },
    };
  };
}

interface Job {
  file: CsvFile;
  cell: Cell;
  log: Log;
  reader: RowReader;
  rejects: string;
  update: (detail: string) => void;
}

async function importRows({ file, cell, log, reader, rejects, update }: Job): Promise<Tally> {
  const gate = openGate(cell, systemClock);
  const tally: Tally = { rows: 0, taken: 0, rejected: 0 };
  let refused: ReturnType<typeof createCsvWriter> | undefined;
  const flush = async (rows: readonly (readonly string[])[]): Promise<void> => {
    const results = cell.identities.batch(() => rows.map((row) => gate.parse(reader(row), SENDER)));
    const passed: Event[] = [];
    for (const [i, result] of results.entries()) {
      if (!isRejection(result)) {
        passed.push(result);
        continue;
      }
      if (refused === undefined) {
        refused = createCsvWriter(rejects);
        refused.write(['row', 'code', 'reason']);
      }
      refused.write([tally.rows + i + 1, result.code, result.message]);
    }
    await log.append(passed);
    tally.rows += rows.length;
    tally.taken += passed.length;
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

function report(tally: Tally, mapping: Mapping, rejects: string, json: boolean): void {
  if (json) {
    process.stdout.write(`${JSON.stringify({ ...tally, mapping: Object.fromEntries(mapping), rejects: tally.rejected > 0 ? rejects : null }, null, 2)}\n`);
    return;
  }
  const pairs = [...mapping].map(([field, column]) => `${field} ← ${quote(column)}`);
  process.stdout.write(`${tally.taken.toLocaleString('en')} of ${tally.rows.toLocaleString('en')} leads are in the log\n`);
  process.stdout.write(`fields: ${pairs.length === 0 ? 'none was found by name; pair them with --map' : pairs.join(', ')}\n`);
  if (tally.rejected > 0) process.stdout.write(`${tally.rejected} rows were refused: see ${rejects}\n`);
}
