import { Command } from 'commander';
import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { styleText } from 'node:util';
import { marksIn, openReceipts, verifyJournals, type VerifyOptions } from '../audit/index.ts';
import { Fault, systemClock } from '../base/index.ts';
import { readBundle } from '../bundle/index.ts';
import { cellPaths, freeDisk, isLeftOpen, openCell, statePlace, type CellPaths } from '../cell/index.ts';
import { buildAt, growthAt, hasState, readSnapshot, readStateAt, TARGETS, type State, type TargetName } from '../features/index.ts';
import { openLog } from '../log/index.ts';
import { findAddress } from './address.ts';
import { DEFAULT_COMPACTION, dueSegments } from './compaction.ts';
import { readConfig, type Config } from './config.ts';
import { configFiles } from './doctor-files.ts';
import { levelLine, levelsOf } from './doctor-levels.ts';
import { feedAlarms } from './feed-watch.ts';
import { withCellFlags, type CellFlags } from './flags.ts';
import { growthDoneText, growthFailureText } from './growth.ts';
import { ROOT } from './node.ts';
import { damagedAmong, damageFault, mappedFiles } from './pages.ts';

interface Check {
  name: string;
  status: 'ok' | 'warning' | 'error';
  detail: string;
  remedy?: string;
}

type Examine = (config: Config) => Check | Check[] | Promise<Check[]>;

const GIB = 2 ** 30;

export function doctorCommand(): Command {
  return withCellFlags(new Command('doctor'))
    .summary('check the installation and the data folder')
    .description('Checks the runtime, what was built, the disk and the cell; says what is wrong and how to mend it. Ends with 1 where something is.')
    .option('--pages', 'look at every page of the log, the identities and the state, also of a cell that was closed as it should')
    .option('--json', 'print the checks as JSON')
    .action(async ({ json, pages: isAsked, ...flags }: CellFlags & { json?: boolean; pages?: boolean }) => {
      const config = readConfig(flags);
      const checks: Check[] = pages(config, isAsked === true ? 'always' : 'left open');
      // What is damaged may end the process that opens it.
      const examinations = checks.some(({ status }) => status === 'error') ? OF_NO_STORE : [...OF_NO_STORE, ...OF_STORES];
      for (const examine of examinations) checks.push(...(await attempt(examine, config)));
      process.stdout.write(json ? `${JSON.stringify(checks, null, 2)}\n` : checks.map(format).join(''));
      process.exitCode = checks.some(({ status }) => status === 'error') ? 1 : 0;
    });
}

const OF_NO_STORE: readonly Examine[] = [runtime, built, disk, written];
const OF_STORES: readonly Examine[] = [cell, levels, feeds];

async function attempt(examine: Examine, config: Config): Promise<Check[]> {
  try {
    return [await examine(config)].flat();
  } catch (error) {
    return [checkOf(examine.name, error)];
  }
}

/** What a Fault says of what was examined; anything else is thrown on. */
function checkOf(name: string, error: unknown): Check {
  if (!(error instanceof Fault)) throw error;
  return { name, status: 'error', detail: `${error.value}: ${error.rule}`, remedy: error.remedy };
}

function runtime(): Check {
  const wanted = 24;
  const version = process.versions.node;
  const ok = Number(version.split('.')[0]) >= wanted;
  const detail = `Node ${version} on ${process.platform}-${process.arch}`;
  return { name: 'runtime', status: ok ? 'ok' : 'error', detail, ...(ok ? {} : { remedy: 'start through bin/leadrank, which brings its own' }) };
}

function built(): Check[] {
  const remedy = 'run `node scripts/setup.mjs`';
  const parts = { 'decision engine': ['build', 'engine.mjs'], page: ['salesforce', 'host', 'dist', 'index.html'] };
  return Object.entries(parts).map(([name, path]): Check =>
    existsSync(join(ROOT, ...path)) ? { name, status: 'ok', detail: 'built' } : { name, status: 'error', detail: `${path.join('/')} is not there`, remedy },
  );
}

function disk({ dir }: Config): Check[] {
  const data = room(dir, 'where the data lies', 'free space, or name another place with --data');
  const place = existsSync(dir) ? statePlace(dir) : dir;
  return dirname(place) === dir || place === dir ? [data] : [data, room(place, `for the state, in ${dirname(place)}`, 'make room there, or name another `state_folder`')];
}

function room(path: string, what: string, remedy: string): Check {
  const { free } = freeDisk(existing(path));
  const detail = `${(free / GIB).toFixed(1)} GiB free ${what}`;
  if (free >= GIB) return { name: 'disk', status: 'ok', detail };
  return { name: 'disk', status: free < GIB / 8 ? 'error' : 'warning', detail, remedy };
}

/** The folder, or the nearest one above it that is there. */
function existing(dir: string): string {
  return existsSync(dir) ? dir : existing(dirname(dir));
}

/** What people wrote is read as the cell reads it when it starts, which it does not with a file that is wrong. */
function written(config: Config): Check[] {
  return configFiles(config).map(({ name: path, read }): Check => {
    const name = basename(path);
    try {
      return { name, status: 'ok', detail: read() };
    } catch (error) {
      return checkOf(name, error);
    }
  });
}

/** Looks at the files that LMDB maps into memory, page by page. */
function pages({ dir }: Config, when: 'always' | 'left open'): Check[] {
  if (when === 'left open' && !isLeftOpen(dir)) return [];
  const files = mappedFiles(cellPaths(dir));
  const damaged = damagedAmong(files);
  if (damaged.length > 0) return damaged.map((damage) => checkOf('pages', damageFault(damage)));
  return [{ name: 'pages', status: 'ok', detail: `every page in use of ${files.map(({ path }) => basename(path)).join(', ') || 'no file'} is sound` }];
}

async function cell(config: Config): Promise<Check[]> {
  const { dir } = config;
  if (!existsSync(join(dir, 'cell.json'))) return [{ name: 'cell', status: 'ok', detail: `none in ${dir} yet; \`npm start\` makes one` }];
  const running = findAddress(dir);
  const detail = running ? `process ${running.pid} answers at ${running.url}` : `${dir}, not running`;
  const { paths, keys } = openCell({ ...config, clock: systemClock, role: 'guest' });
  const { covers } = openReceipts({ dir: paths.receipts, key: keys.signing });
  return [{ name: 'cell', status: 'ok', detail }, await journal(paths, covers), ...state(paths), snapshot(paths), history(paths, config)];
}

async function journal({ journal: dir, log: path }: CellPaths, erasedBy: NonNullable<VerifyOptions['erasedBy']>): Promise<Check> {
  const log = openLog({ path, clock: systemClock });
  const marks = await marksIn(log).finally(() => log.close());
  const { ok, records, erased, firstBad } = verifyJournals(dir, { erasedBy, marks });
  if (ok) return { name: 'journal', status: 'ok', detail: `${records} decisions, ${erased} erased; the chain holds` };
  const { segment, record, flaw } = firstBad!;
  return { name: 'journal', status: 'error', detail: `${segment}, record ${record}: ${flaw}`, remedy: 'restore the segment from a backup' };
}

/** As after an erasure, or where events came before a process did. */
const UNFOLDED: Check = { name: 'state', status: 'warning', detail: 'none yet: it is folded from the log when the cell starts', remedy: 'run `bin/leadrank up`' };

/** As in a new cell. */
const EMPTY: Check = { name: 'state', status: 'warning', detail: 'nothing is folded yet: the log holds no events', remedy: 'bring some in: `bin/leadrank import`, `bin/leadrank feed`, or over the API' };

/** What `read` tells of the state, which is closed again; undefined where nothing was folded into it yet. Throws a Fault where it cannot be read. */
function ofFolded<T>(path: string, read: (state: State) => T): T | undefined {
  let projection: State | undefined;
  try {
    projection = readStateAt(path);
    return read(projection);
  } catch (error) {
    if (error instanceof Fault && error.kind === 'missing') return undefined;
    throw error;
  } finally {
    projection?.close();
  }
}

function state({ state: path, bundles }: CellPaths): Check[] {
  const build = buildAt(path);
  const building: Check[] = build === undefined ? [] : [{ name: 'state', status: 'ok', detail: `${build.done} of ${build.all} parts of the history are folded into a new one; it goes on while the cell runs` }];
  if (!hasState(path)) return build === undefined ? [UNFOLDED] : building;
  const found = ofFolded(path, (projection) => ({ ...projection.counts(), champions: TARGETS.map((target) => [target, projection.champion(target)] as const) }));
  if (found === undefined) return [...building, EMPTY];
  const { leads, open, events, champions } = found;
  const counted: Check = { name: 'state', status: 'ok', detail: `${events} events folded, ${leads} leads, ${open} open` };
  return [...building, counted, ...growth(path), ...champions.map(([target, champion]) => model(bundles, target, champion))];
}

/** When features of a stored model were folded, or that a model waits for some which could not be. */
function growth(path: string): Check[] {
  const { failure, done } = growthAt(path);
  if (failure === null) return done === null ? [] : [{ name: 'state', status: 'ok', detail: growthDoneText(done) }];
  const remedy = `mend what it names; the running cell tries again at ${new Date(failure.again).toISOString()}, and every start does`;
  return [{ name: 'state', status: 'error', detail: growthFailureText(failure), remedy }];
}

function model(bundles: string, target: TargetName, champion: string | null): Check {
  const name = { lead: 'leads', opportunity: 'opportunities' }[target];
  if (champion === null) {
    const remedy = 'run `bin/leadrank train` when a few months of history are in';
    return { name, status: 'warning', detail: 'no model is promoted: the rules decide', remedy };
  }
  const { metrics, value } = readBundle(join(bundles, champion));
  const worth = value?.model ? 'with a model of the amount' : value ? 'the amount as it stands in the record' : 'without a model of the amount';
  return { name, status: 'ok', detail: `model ${champion}, trained on ${Number(metrics['rows'])} samples, ${worth}` };
}

function snapshot({ snapshots }: CellPaths): Check {
  const newest = readSnapshot(snapshots);
  const detail = newest ? `up to event ${newest.offset.toLocaleString('en')}, ${new Date(newest.taken).toISOString()}` : 'none: the state would be folded from the whole log';
  return { name: 'snapshot', status: 'ok', detail };
}

/** More than this many segments in waiting: whoever moves them does not keep up, or does not run. */
const MOST_DUE = 4;

function history({ log: path }: CellPaths, { duties: { compaction } }: Config): Check {
  const log = openLog({ path, clock: systemClock });
  try {
    const count = (n: number): string => n.toLocaleString('en');
    const due = dueSegments(log, compaction ?? DEFAULT_COMPACTION, systemClock());
    const detail = `${count(log.history.end())} events in ${log.history.segments().length} segments, ${count(log.end() - log.history.end())} in the tail; ${due} segments due${compaction === null ? '; compaction is off' : ''}`;
    if (due <= MOST_DUE) return { name: 'history', status: 'ok', detail };
    return { name: 'history', status: 'warning', detail, remedy: 'start the cell, which moves them, or run `bin/leadrank compact`' };
  } finally {
    void log.close();
  }
}

function levels(config: Config): Check[] {
  if (!existsSync(join(config.dir, 'cell.json'))) return [];
  const { paths } = openCell({ ...config, clock: systemClock, role: 'guest' });
  if (!hasState(paths.state) || ofFolded(paths.state, () => true) === undefined) return []; // said beside the state
  return levelsOf(config, paths, systemClock()).map((found): Check => {
    const [name, detail] = ['level', levelLine(found)];
    if (found.isWaiting) return { name, detail, status: 'warning', remedy: 'let the cell run until they are folded, or start it with `bin/leadrank up`' };
    if (found.level === 'L1') return { name, detail, status: 'warning', remedy: 'see why those sources bring nothing; docs/how-to/levels.md' };
    if (found.level === 'L2') return { name, detail, status: 'error', remedy: 'promote another model, or restore the bundle from a backup' };
    return { name, detail, status: 'ok' }; // that there is no model is said beside the state
  });
}

const FEED_REMEDIES = {
  outstanding: 'ask the sender for the file; a day that never comes belongs under skip in feeds.yaml',
  refused: 'put the file or its marker right and deliver it again, or take it away',
};

function feeds({ dir }: Config): Check[] {
  const { feeds: count, alarms } = feedAlarms(dir, systemClock());
  if (count === 0) return [];
  if (alarms.length === 0) return [{ name: 'feeds', status: 'ok', detail: `${count} feeds, no file late, missing or refused` }];
  return alarms.map(({ what, line: detail }) => ({ name: 'feeds', status: 'warning', detail, remedy: FEED_REMEDIES[what] }));
}

function format({ name, status, detail, remedy }: Check): string {
  const mark = { ok: styleText('green', '✓'), warning: styleText('yellow', '!'), error: styleText('red', '✗') }[status];
  return `${mark} ${name.padEnd(16)} ${detail}\n${remedy === undefined ? '' : `  ${' '.repeat(16)} → ${remedy}\n`}`;
}
