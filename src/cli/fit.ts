import { basename, join } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { Fault, writeFileAtomic } from '../base/index.ts';
import { checkBundleTarget, writeBundle } from '../bundle/index.ts';
import { prepareTable, readRawTable, type NumberLoss, type StopOn, type TableRequest } from '../lifecycle/index.ts';
import { resultOf } from './fit-result.ts';
import { interruptible } from './interrupt.ts';
import { ordinalOf, ordinalText } from './ordinal.ts';
import { step } from './progress.ts';
import { processStreams, type Streams } from './streams.ts';
import { trainApart, type Training, type TuneBudget } from './train-apart.ts';

interface FitFlags extends Omit<TableRequest, 'seed' | 'loss'> {
  loss: 'log-loss' | NumberLoss;
  out: string;
  header: boolean;
  seed: number;
  stopOn?: StopOn;
  tune?: TuneBudget;
  json?: true;
}

const EXAMPLES = `
Examples:
  $ bin/leadrank fit LEADS.csv --label Converted --out model/
  $ bin/leadrank fit LEADS.csv --label Converted --id "Prospect ID" --ignore Tags,"Lead Quality" --out model/
  $ bin/leadrank fit LEADS.csv --label Converted --tune 60s --out model/
  $ bin/leadrank fit LEADS.csv --label Converted --ordinal "Company size=1-10<11-50<51-200<201+" --out model/
  $ bin/leadrank fit deals.csv --label amount --loss tweedie --time created --out value/
  $ bin/leadrank fit deals.csv --label stage --positive Won --negative Lost --time created --out model/
`;

/** \`fit\`: trains a model on a CSV file, writes the bundle and its card, prints a summary (or JSON) on stdout. */
export function fitCommand(streams: Streams = processStreams): Command {
  return new Command('fit')
    .summary('train a model on a CSV file')
    .description('Trains a model on a CSV file with a label of two values, or of numbers, and says how far it can be trusted.')
    .argument('<DATA.csv>', 'comma, semicolon or tab; a header (but see --no-header); UTF-8')
    .requiredOption('--label <COL>', 'the column to predict: two values of any kind, or numbers with --loss')
    .requiredOption('--out <BUNDLE>', 'the folder to write; an older bundle there is replaced')
    .option('--no-header', 'the file has no header: its columns are column_1, column_2, …')
    .option('--id <COL>', 'the column that names a row; the model does not see it')
    .option('--time <COL>', 'the column that says as of when a row is: orders the hold-out, dates are aged from it')
    .option('--ignore <A,B>', 'columns that the model must not see', listOf)
    .option('--keep <A,B>', 'columns to use although they look like an id', listOf)
    .option('--ordinal <COL=A<B<C>', 'the levels of a column in order, lowest first; once a column', ordinalOf)
    .addOption(
      new Option('--loss <LOSS>', 'what to minimise: log-loss for a label of two values; for numbers rmse, or tweedie for amounts many of which are 0')
        .choices(['log-loss', 'rmse', 'tweedie'])
        .default('log-loss'),
    )
    .option('--positive <VALUE>', 'the outcome to predict (else: a known word for success, else the rarer)')
    .option('--negative <VALUE>', 'the other outcome; with --positive, rows of a third value are left out')
    .option('--segment <COL>', 'report for each value of this column whether the probabilities hold there')
    .addOption(
      new Option('--stop-on <ROWS>', 'which rows say when to stop: the latest (default with --time) or random ones').choices([
        'time',
        'random',
      ]),
    )
    .option('--seed <N>', 'fixes every random choice', wholeNumber, 0)
    .option('--tune <BUDGET>', 'search for better settings: a number of trials, or seconds like 60s', budgetOf)
    .option('--json', 'print the report as JSON')
    .addHelpText('after', EXAMPLES)
    .action((path: string, flags: FitFlags) => runFit(path, flags, streams));
}

/** Ctrl-C ends it with a word, and nothing is written. */
async function runFit(path: string, flags: FitFlags, streams: Streams): Promise<void> {
  checkBundleTarget(flags.out); // before the work, not after it
  checkFlags(flags);
  await interruptible(flags.out, (signal) => fitFile(path, flags, { ...streams, signal }));
}

/** Throws a Fault for flags that do not go together. */
function checkFlags({ stopOn, time, tune, loss }: FitFlags): void {
  if (stopOn === 'time' && time === undefined) {
    const rule = 'without a time column no row is later than another';
    throw new Fault({ kind: 'input', value: '--stop-on time', rule, remedy: 'add --time COL, or leave --stop-on out' });
  }
  if (tune !== undefined && loss !== 'log-loss') {
    const rule = 'the search judges by log-loss, which numbers do not have';
    throw new Fault({ kind: 'input', value: `--tune with --loss ${loss}`, rule, remedy: 'leave --tune out' });
  }
}

async function fitFile(
  path: string,
  flags: FitFlags,
  { signal, ...streams }: Streams & { signal: AbortSignal },
): Promise<void> {
  const count = new Intl.NumberFormat('en');
  const table = await step(
    `read ${path}`,
    ({ update }) =>
      readRawTable(path, {
        header: flags.header ? 'first' : 'none',
        onRows: (rows) => {
          signal.throwIfAborted();
          update(`${count.format(rows)} rows`);
        },
      }),
    streams.err,
  );
  const { loss, ...request } = flags;
  const prepared = prepareTable(table, loss === 'log-loss' ? request : { ...request, loss });
  const { trained, tuning } = await step(
    'train and judge',
    ({ update }) =>
      trainApart(
        { input: prepared.input, budget: flags.tune ?? null, stopOn: flags.stopOn },
        { onProgress: ({ stage, trees }) => update(`${stage}, ${trees} trees`), signal },
      ),
    streams.err,
  );
  const { content, card, summary, report } = resultOf({
    source: basename(path),
    command: commandLine(path, flags, tuning),
    table,
    prepared,
    trained,
    tuning,
  });
  writeBundle(flags.out, content);
  writeFileAtomic(join(flags.out, 'card.html'), card);
  streams.out.write(flags.json ? `${JSON.stringify(report, null, 2)}\n` : summary);
  if (!flags.json) streams.err.write(`wrote ${flags.out} (open ${join(flags.out, 'card.html')} for the whole card)\n`);
}

function commandLine(path: string, flags: FitFlags, tuning: Training['tuning']): string {
  const words = ['bin/leadrank', 'fit', basename(path)];
  const add = (flag: string, value: string | undefined): void => void (value !== undefined && words.push(flag, value));
  if (!flags.header) words.push('--no-header');
  add('--label', flags.label);
  add('--loss', flags.loss === 'log-loss' ? undefined : flags.loss);
  add('--id', flags.id);
  add('--time', flags.time);
  add('--ignore', flags.ignore?.join(','));
  add('--keep', flags.keep?.join(','));
  for (const [name, levels] of Object.entries(flags.ordinal ?? {})) add('--ordinal', ordinalText(name, levels));
  add('--positive', flags.positive);
  add('--negative', flags.negative);
  add('--segment', flags.segment);
  add('--stop-on', flags.stopOn);
  add('--tune', tuning === null ? undefined : String(tuning.trials)); // seconds would depend on the machine
  add('--seed', String(flags.seed));
  add('--out', basename(flags.out));
  return words
    .map((word) => (/^[\w./,:-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`))
    .join(' ');
}

/** `A,"B, C",D` as three names; a flag that is given again adds to the list. */
export function listOf(text: string, before: string[] = []): string[] {
  const names = [...text.matchAll(/\s*(?:"((?:[^"]|"")*)"|([^,]*))\s*(?:,|$)/g)];
  const found = names.map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain!.trim());
  return [...before, ...found.filter((name) => name !== '')];
}

function wholeNumber(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('a whole number from 0 to 999999999 is needed.');
}

/** `20` is a number of trials, `60s` a time. */
function budgetOf(text: string): TuneBudget {
  const match = /^([1-9]\d{0,5})(s?)$/.exec(text);
  if (!match) throw new InvalidArgumentError('a number of trials like 20, or of seconds like 60s, is needed.');
  return match[2] === 's' ? { trials: 1_000, seconds: Number(match[1]) } : { trials: Number(match[1]) };
}
