import { Command, InvalidArgumentError } from 'commander';
import { createCsvWriter, Fault, openCsv, quote, within, type CsvFile, type CsvWriter } from '../base/index.ts';
import { predictionOf, readBundle, type Bundle, type TableSpec } from '../bundle/index.ts';
import { createRowScorer, namesByPosition, parseAnyDate, type RowScorer } from '../lifecycle/index.ts';
import { interruptible } from './interrupt.ts';
import { step } from './progress.ts';
import { processStreams, type Streams } from './streams.ts';

interface PredictFlags {
  out: string;
  reasons: number;
  contributions?: true;
  raw?: true;
  asOf?: number;
  header?: boolean;
  json?: true;
}

const EXAMPLES = `
Examples:
  $ bin/leadrank predict model/ NEW.csv --out scored.csv
  $ bin/leadrank predict model/ NEW.csv --out scored.csv --reasons 5 --contributions --raw
  $ bin/leadrank predict model/ NEW.tsv --no-header --out scored.csv
`;

/**
 * \`predict\`: scores a CSV file of any length row by row, in constant memory; the file appears whole or not at all.
 */
export function predictCommand(streams: Streams = processStreams): Command {
  return new Command('predict')
    .summary('score a CSV file with a bundle')
    .description('Scores every row of a CSV file: id, probability, score from 0 to 100, and the reasons.')
    .argument('<BUNDLE>', 'the folder that fit wrote')
    .argument('<DATA.csv>', 'a file with the columns that the model was trained on; others are ignored')
    .requiredOption('--out <SCORED.csv>', 'the file to write')
    .option('--reasons <K>', 'how many reasons a row, strongest first, as exact SHAP in log-odds', wholeNumber, 3)
    .option('--contributions', 'add a column per model input and `bias`; together they sum to raw')
    .option('--raw', 'add the column `raw`: log-odds before calibration; of a model of numbers what its trees sum to')
    .option('--as-of <DATE>', 'the day that ages of dates count to, e.g. 2024-01-31 (else: as in training)', dateOf)
    .option('--header', 'the first row names the columns (default, unless the model was trained on a file without a header)')
    .option('--no-header', 'there is no such row: columns have the places that they had in training')
    .option('--json', 'print what was done as JSON')
    .addHelpText('after', EXAMPLES)
    .action((bundle: string, data: string, flags: PredictFlags) => runPredict(bundle, data, flags, streams));
}

async function runPredict(dir: string, path: string, flags: PredictFlags, streams: Streams): Promise<void> {
  const bundle = within(dir, () => readBundle(dir));
  const spec = tableSpecOf(bundle, dir);
  const file = await openRows(path, spec, flags.header);
  const scorer = createRowScorer(bundle, spec, file.header, flags.asOf);
  const writer = createCsvWriter(flags.out);
  let rows = 0;
  try {
    rows = await interruptible(flags.out, (signal) => {
      const job = { file, scorer, writer, flags, signal, target: bundle.target };
      return step(`score ${path}`, ({ update }) => scoreAll(job, update), streams.err);
    });
    writer.close();
  } finally {
    writer.discard();
    file.close();
  }
  tell(streams, { rows, spec, file, scorer, flags, bundle });
}

/** A file without a header goes by the places of the columns, with the label column or without it. */
async function openRows(path: string, spec: TableSpec, said: boolean | undefined): Promise<CsvFile> {
  if (said ?? spec.file?.header !== 'none') return openCsv(path);
  const file = await openCsv(path, { header: 'none' });
  try {
    return { ...file, header: namesByPosition(spec, file.header.length) };
  } catch (error) {
    file.close();
    throw error;
  }
}

interface Job {
  file: CsvFile;
  scorer: RowScorer;
  writer: CsvWriter;
  flags: PredictFlags;
  signal: AbortSignal;
  /** A model of a number has a column `prediction` beside a blank probability. */
  target: Bundle['target'];
}

async function scoreAll(
  { file, scorer, writer, flags, signal, target }: Job,
  update: (detail: string) => void,
): Promise<number> {
  const count = new Intl.NumberFormat('en');
  const isNumber = target.kind === 'number';
  const idPlace = scorer.id === null ? -1 : file.header.indexOf(scorer.id);
  writer.write(headings(scorer, flags, isNumber));
  let rows = 0;
  for await (const cells of file.rows) {
    if (rows % 1_000 === 0) {
      signal.throwIfAborted();
      update(`${count.format(rows)} rows`);
    }
    rows++;
    const scored = scorer.score(cells, { reasons: flags.reasons });
    const line: (string | number | null)[] = [idPlace < 0 ? rows : cells[idPlace]!, scored.probability, scored.score];
    if (isNumber) line.push(predictionOf(target, scored.raw));
    if (flags.raw) line.push(scored.raw);
    for (let k = 0; k < flags.reasons; k++) line.push(scored.reasons[k] ?? null);
    if (flags.contributions) line.push(...scored.contributions);
    writer.write(line);
  }
  return rows;
}

const FIXED = ['id', 'probability', 'score', 'prediction', 'raw', 'bias'];

function headings({ inputs }: RowScorer, { reasons, raw, contributions }: PredictFlags, isNumber: boolean): string[] {
  const names = ['id', 'probability', 'score', ...(isNumber ? ['prediction'] : []), ...(raw ? ['raw'] : [])];
  for (let k = 1; k <= reasons; k++) names.push(`reason_${k}`);
  if (!contributions) return names;
  const taken = new Set([...FIXED, ...names]);
  return [...names, ...inputs.map((input) => (taken.has(input) ? `contribution_${input}` : input)), 'bias'];
}

interface Done {
  rows: number;
  spec: TableSpec;
  file: CsvFile;
  scorer: RowScorer;
  flags: PredictFlags;
  bundle: Bundle;
}

function tell({ out, err }: Streams, { rows, spec, file, scorer, flags, bundle }: Done): void {
  const known = new Set([...spec.columns.map((column) => column.name), spec.id, spec.time?.name]);
  const placed = spec.positions && new Set(spec.positions);
  const ignored = file.header.filter((name, at) => (placed ? !placed.has(at) : !known.has(name)));
  const unreadable = Object.fromEntries(scorer.unreadable);
  if (flags.json) {
    out.write(`${JSON.stringify({ bundle: bundle.id, rows, out: flags.out, ignored, unreadable })}\n`);
    return;
  }
  if (ignored.length > 0) {
    const shown = ignored.slice(0, 5).map((name) => quote(name, 40));
    err.write(`ignored, as the model does not use them: ${shown.join(', ')}${ignored.length > 5 ? ', …' : ''}\n`);
  }
  for (const [column, cells] of scorer.unreadable) {
    err.write(`${quote(column, 40)}: ${cells} cells could not be read and count as missing\n`);
  }
  err.write(`scored ${rows} rows with bundle ${bundle.id}: wrote ${flags.out}\n`);
}

function tableSpecOf(bundle: Bundle, dir: string): TableSpec {
  if (bundle.spec.kind === 'table') return bundle.spec.table;
  const rule = 'its inputs are features of the event log, not columns of a table';
  throw new Fault({ kind: 'input', value: dir, rule, remedy: 'name a bundle that fit wrote' });
}

function wholeNumber(text: string): number {
  if (/^\d{1,3}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('a whole number from 0 to 999 is needed.');
}

function dateOf(text: string): number {
  const at = parseAnyDate(text);
  if (at !== null) return at;
  throw new InvalidArgumentError('a date like 2024-01-31 is needed.');
}
