import { Command } from 'commander';
import { resolve } from 'node:path';
import { openTable, quote, systemClock, type TableFile } from '../base/index.ts';
import { openCell } from '../cell/index.ts';
import { openLmdbLog } from '../log/index.ts';
import { findAddress } from './address.ts';
import { readConfig } from './config.ts';
import { withCellFlags, type CellFlags } from './flags.ts';
import { columnsRead, createRowMapper, type ObjectMapping } from '../mapping/index.ts';
import type { Counts } from './import-counts.ts';
import { checkFlags, mappingOf, type MappingFlags } from './import-mapping.ts';
import { openNote } from './import-note.ts';
import { formatPreview, previewFile } from './import-preview.ts';
import { importRows, type Tally } from './import-rows.ts';
import { interruptible } from './interrupt.ts';
import { checkLeftOpen } from './left-open.ts';
import { featureNotes } from './own-features.ts';
import { step } from './progress.ts';
import { counted, rowsRefused } from './words.ts';

interface Flags extends CellFlags, MappingFlags {
  preview?: boolean;
  rejects?: string;
  json?: boolean;
}

const EXAMPLES = `
Examples:
  $ bin/leadrank import LEADS.csv --id Id --owner OwnerId --created CreatedDate --immutable lead_source,country
  $ bin/leadrank import LEADS.csv --id "Prospect ID" --owner-id me --map industry=Specialization
  $ bin/leadrank import OPPORTUNITIES.parquet --mapping mapping.yaml --object Opportunity --preview
`;

export function importCommand(): Command {
  return withCellFlags(new Command('import'))
    .summary('bring the records of a CSV or Parquet file into a cell')
    .description(
      'Sends the rows through the gate into the log, beside a running cell or without one. Rows are leads whose columns are paired with ' +
        'fields by name, or what a mapping file says. Personal fields are never stored. After an interruption it goes on where it was; running it again within a week changes nothing twice.',
    )
    .argument('<FILE>', 'a CSV or a Parquet file with one record a row')
    .option('--mapping <file>', 'a YAML file that says which columns become which fields, and what counts as won')
    .option('--object <name>', 'which object of the mapping the file holds, where it maps several')
    .option('--preview', 'only count what the mapping makes of each value of the picklist; nothing is imported')
    .option('--id <column>', 'the column of the record id')
    .option('--owner <column>', "the column of the owner's user id")
    .option('--owner-id <user>', 'the owner of every lead, where the file names none')
    .option('--created <column>', 'the column of the creation date (without it: now)')
    .option('--immutable <fields>', 'fields that never change, e.g. lead_source,country: they are known from the creation on, the others from the import')
    .option('--modified <column>', 'with --immutable: the column of the last change, so that a later export of the same records counts')
    .option('--map <field=column>', 'pairs a field with a column of another name; may be repeated', (pair: string, all: string[]) => [...all, pair], [])
    .option('--rejects <file>', 'where refused rows are listed with reasons (default: FILE.rejects.csv)')
    .option('--json', 'print what was done as JSON')
    .addHelpText('after', EXAMPLES)
    .action(runImport);
}

async function runImport(path: string, { json, ...flags }: Flags): Promise<void> {
  const config = readConfig(flags);
  checkFlags(flags);
  const file = await openTable(path, { ragged: 'passed' });
  const { object, rates } = await closing(file, () => mappingOf(file.header, flags));
  const toEvents = await closing(file, () => createRowMapper({ object, rates, header: file.header, now: systemClock() }));
  if (flags.preview === true) {
    const notes = await closing(file, () => (flags.mapping === undefined ? [] : featureNotes(flags.mapping)));
    const { counts, ragged } = await closing(file, () => previewFile(file, object));
    process.stdout.write(json ? `${JSON.stringify(counts, null, 2)}\n` : formatPreview(counts, object));
    for (const note of notes) process.stderr.write(`${note}\n`);
    if (ragged > 0) process.stderr.write(`${counted(ragged, 'row')} ${ragged === 1 ? 'has' : 'have'} more or fewer fields than the header: the import refuses what is so\n`);
    return;
  }
  const role = findAddress(config.dir) === undefined ? 'owner' : 'guest';
  const onLeftOpen = checkLeftOpen({ onMended: ({ message }, what) => process.stderr.write(`${what}: ${message}\n`) });
  const cell = openCell({ ...config, clock: systemClock, role, onLeftOpen });
  const log = openLmdbLog({ path: cell.paths.log, clock: systemClock });
  const rejects = flags.rejects ?? `${path}.rejects.csv`;
  try {
    const note = openNote(config.dir, resolve(path), object);
    const columns = columnsRead(object);
    const tally = await step(`Importing ${path}`, ({ update }) =>
      interruptible(path, (signal) => importRows({ file, columns, cell, log, toEvents, note, rejects, update, signal }), KEPT),
    );
    report(tally, object, rejects, json === true);
  } finally {
    file.close();
    await log.close();
    await cell.close();
  }
}

/** What an interruption leaves. */
const KEPT = 'interrupted; what was read is in the log, the next run goes on from there';

/** Runs the work on an open file, which is freed where it fails. */
async function closing<T>(file: TableFile, work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    file.close();
    throw error;
  }
}

function report(tally: Tally, { name, type, fields, outcome, immutable }: ObjectMapping, rejects: string, json: boolean): void {
  const columns = Object.entries(fields).flatMap(([field, source]) => ('column' in source ? [[field, source.column] as const] : []));
  if (json) {
    const mapping = Object.fromEntries(columns);
    const [unknownValues, missingRates] = [tally.unknownValues, tally.missingRates].map((counts) => Object.fromEntries(counts.read()));
    process.stdout.write(`${JSON.stringify({ ...tally, unknownValues, missingRates, mapping, rejects: tally.rejected > 0 ? rejects : null }, null, 2)}\n`);
    return;
  }
  const pairs = columns.filter(([field]) => field !== 'owner').map(([field, column]) => `${field} ← ${quote(column)}`);
  const later = Object.keys(fields).filter((field) => !immutable?.includes(field));
  const lines = [
    `${tally.taken.toLocaleString('en')} of ${tally.rows.toLocaleString('en')} ${name === 'Lead' ? 'leads' : `rows of ${name}`} are in the log`,
    ...(tally.before > 0 ? [`${tally.before.toLocaleString('en')} of these rows were there before an interruption`] : []),
    `fields: ${pairs.length === 0 ? 'none was found by name; pair them with --map' : pairs.join(', ')}`,
    ...(type.endsWith('.created') && later.length > 0 ? [`known from the import on, so that no model learns from their past: ${immutable === undefined ? 'all' : later.join(', ')}; which fields never change (immutable) is said with the first import, of a new cell`] : []),
    ...(tally.unowned > 0 ? [`${tally.unowned.toLocaleString('en')} of them have no owner: they stand in the pool of their territory, and on no list of one's own`] : []),
    ...some(tally.unknownValues, (value, rows) => `${rows} rows with ${outcome!.column} ${quote(value)}: the mapping does not say what it counts as; nothing was made of it`),
    ...some(tally.missingRates, (currency, rows) => `${rows} amounts in ${/^[A-Z]{3}$/u.test(currency) ? currency : quote(currency)}: no rate for their time, so they stay unconverted; add it to rates`),
    ...(tally.rejected > 0 ? [`${rowsRefused(tally.rejected)}: see ${rejects}`] : []),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}

/** Lines that are read. */
const SAID = 20;

/** A line for each of the most frequent words, and one for the rest. */
function some(counts: Counts, line: (word: string, rows: number) => string): string[] {
  const all = counts.read();
  const rest = all.slice(SAID);
  const rows = rest.reduce((sum, [, count]) => sum + count, counts.others());
  return [...all.slice(0, SAID).map(([word, count]) => line(word, count)), ...(rows === 0 ? [] : [`and ${rows} more of ${counts.others() > 0 ? 'more than ' : ''}${rest.length} other values; is it the right column?`])];
}
