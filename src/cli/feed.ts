import { Command } from 'commander';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Fault, inputFault, makeFolder, quote, systemClock } from '../base/index.ts';
import { lockCell, openCell } from '../cell/index.ts';
import { alarmsOf, loadFeeds, openBucket, openFeedStore, type Feeds, type FeedStore } from '../feeds/index.ts';
import { openLmdbLog } from '../log/index.ts';
import { loadMapping, type Mapping } from '../mapping/index.ts';
import { bucketCredentials, readConfig, type Config } from './config.ts';
import { bucketInbox } from './feed-bucket.ts';
import { folderInbox } from './feed-folder.ts';
import type { Inbox } from './feed-inbox.ts';
import { feedRound, type Outcome } from './feed-round.ts';
import { feedFolder } from './feed-watch.ts';
import { withCellFlags, type CellFlags } from './flags.ts';
import { openGate } from './gate.ts';
import { rowsRefused } from './words.ts';

interface Flags extends CellFlags {
  dir: string;
  once?: boolean;
  every: string;
  json?: boolean;
}

const DAILY = ['erp.daily', 'marketing.daily', 'usage.daily'];

const EXAMPLES = `
Examples:
  $ bin/leadrank feed --dir /srv/feeds
  $ bin/leadrank feed --dir /srv/feeds --once --json
`;

export function feedCommand(): Command {
  return withCellFlags(new Command('feed'))
    .summary('take daily files of ERP and marketing from a folder or a bucket')
    .description(
      'Picks up the daily files that the feeds.yaml of a folder declares, from that folder or from the bucket that it names, beside a running cell or without one, until Ctrl-C. A file is taken ' +
        'once its marker, FILE.done, states how many rows it has; delivered again with other rows, it restates its day. Nothing is taken twice.',
    )
    .requiredOption('--dir <folder>', 'the folder with feeds.yaml, and with the files where they are in no bucket')
    .option('--once', 'look once; ends with 1 where a file is late, missing or refused')
    .option('--every <seconds>', 'how often to look', '60')
    .option('--json', 'print each file that was taken or refused as a line of JSON')
    .addHelpText('after', EXAMPLES)
    .action(runFeed);
}

async function runFeed({ dir, once, every, json, ...flags }: Flags): Promise<void> {
  const config = readConfig(flags);
  const folder = resolve(dir);
  const pause = secondsOf(every);
  const declared = loadFeeds(join(folder, 'feeds.yaml'));
  const mapping = loadMapping(resolve(folder, declared.mapping));
  checkObjects(declared, mapping);
  const credentials = declared.bucket === null ? null : bucketCredentials();
  await makeCell(config);
  const own = feedFolder(config.dir);
  makeFolder(own, { mode: 0o700 });
  const lock = lockCell(own);
  const interrupt = new AbortController();
  const abort = (): void => interrupt.abort();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, abort);
  try {
    const { signal } = interrupt;
    const inbox = declared.bucket === null || credentials === null
      ? folderInbox(folder)
      : bucketInbox({ bucket: openBucket({ place: declared.bucket, credentials, clock: systemClock, signal }), place: declared.bucket, folder: join(own, '.copies'), clock: systemClock });
    await keepTaking({ config, inbox, declared, mapping, store: openFeedStore(own), once: once === true, pause, json: json === true, signal });
  } finally {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, abort);
    lock.release();
  }
}

interface Loader {
  config: Config;
  inbox: Inbox;
  declared: Feeds;
  mapping: Mapping;
  store: FeedStore;
  once: boolean;
  /** Between two looks, ms. */
  pause: number;
  json: boolean;
  signal: AbortSignal;
}

async function keepTaking({ config, inbox, declared: { feeds }, mapping, store, once, pause, json, signal }: Loader): Promise<void> {
  const cell = openCell({ ...config, clock: systemClock, role: 'guest' });
  const log = openLmdbLog({ path: cell.paths.log, clock: systemClock });
  const into = { cell, log, gate: openGate(cell, systemClock), clock: systemClock, ...mapping };
  const refused = new Map<string, string>();
  let told: readonly string[] = [];
  try {
    for (;;) {
      try {
        for (const outcome of await feedRound({ inbox, feeds, store, into, refused, signal })) process.stdout.write(json ? `${JSON.stringify(outcome)}\n` : format(outcome));
      } catch (error) {
        if (signal.aborted) return;
        if (once || !(error instanceof Fault) || error.kind === 'corrupt') throw error;
        process.stderr.write(`leadrank: ${error.message}\n`);
      }
      const alarms = feeds.flatMap(({ name }) => {
        const status = store.status(name);
        return status === undefined ? [] : alarmsOf(name, status, systemClock()).map(({ line }) => line);
      });
      for (const line of alarms) if (!told.includes(line)) process.stderr.write(`${line}\n`);
      told = alarms;
      if (once && alarms.length > 0) process.exitCode = 1;
      if (once || signal.aborted) return;
      await sleep(pause, undefined, { signal }).catch(() => {});
      if (signal.aborted) return;
    }
  } finally {
    await log.close();
    await cell.close();
  }
}

/** A loader lives beside the cell's process, as a guest; where there is no cell yet, it makes one. */
async function makeCell(config: Config): Promise<void> {
  if (!existsSync(join(config.dir, 'cell.json'))) await openCell({ ...config, clock: systemClock }).close();
}

function checkObjects({ feeds }: Feeds, { objects }: Mapping): void {
  for (const { name, object } of feeds) {
    const mapped = Object.hasOwn(objects, object) ? objects[object] : undefined;
    const place = `feeds.${name}.object: ${quote(object)}`;
    if (mapped === undefined) throw inputFault(place, 'is not in the mapping', `use one of ${Object.keys(objects).join(', ')}`);
    if (!DAILY.includes(mapped.type)) throw inputFault(place, `is ${mapped.type}, no row of a daily file`, `map it to ${DAILY.join(', ')}, or use import`);
  }
}

function secondsOf(text: string): number {
  const seconds = Number(text);
  if (seconds >= 1 && seconds <= 86_400) return seconds * 1000;
  throw inputFault(`--every ${quote(text)}`, 'is no number of seconds from 1 to 86400', 'give one, such as 60');
}

function format({ file, state, revision, rows, rejected, reason }: Outcome): string {
  const count = (n: number): string => n.toLocaleString('en');
  switch (state) {
    case 'refused':
      return `${file}: refused: ${reason}\n`;
    case 'unchanged':
      return `${file}: holds what was taken before\n`;
    case 'changed':
      return `${file}: ${reason}; the next look takes what is there\n`;
    case 'waiting':
      return `${file}: counts from a moment that is still ahead, as it restates its day within a minute or a clock runs ahead; it is taken then\n`;
    case 'interrupted':
      return `${file}: interrupted; the next look goes on\n`;
    case 'taken':
      return `${file}: ${count(rows - rejected)} of ${count(rows)} rows taken${revision > 1 ? `, revision ${revision} of its day` : ''}${rejected > 0 ? `; ${rowsRefused(rejected)}` : ''}\n`;
  }
}
