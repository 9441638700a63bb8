/**
 * Events through the real gate into the durable log and from there into the state: how many a second are sustained over a book of
 * leads, all in the process of the cell and with the sender in one of its own (as `import` and `feed` are), and how soon an event
 * is in the next score.
 *   node bench/features/fold.ts [LEADS] [SECONDS] [FOLDER of the state, say /dev/shm: beside the log where it is not said]
 */
import { fork } from 'node:child_process';
import { mkdirSync, rmSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openCell } from '../../src/cell/index.ts';
import { follow, type Follower } from '../../src/cli/follow.ts';
import { openGate } from '../../src/cli/gate.ts';
import { isRejection, type Event, type Gate, type Sender } from '../../src/events/index.ts';
import { DEFAULT_FEATURES, openStateOf, type State } from '../../src/features/index.ts';
import { openLog, type Log } from '../../src/log/index.ts';
import { book, BOOK_DAYS, BOOK_START, happenings, type Told } from './active.ts';
import { DAY } from '../../src/base/index.ts';

const [leads = 250_000, seconds = 30] = process.argv.slice(2, 4).map(Number);
const [place = '', role] = process.argv.slice(4);
const base = resolve(import.meta.dirname, '..', '..', 'build', 'bench', 'fold');
const NOW = BOOK_START + BOOK_DAYS * DAY;
const BATCH = 500;
/** Batches under way at once, as of a few senders. */
const SENDERS = 8;
const RATE = 1_000;
const SENDER: Sender = { scopes: ['crm', 'web', 'marketing', 'service'] as never };
const count = (n: number): string => Math.round(n).toLocaleString('en');

/** So many events the sender may be ahead of the fold. */
const AHEAD = 20_000;

if (role === undefined) {
  rmSync(base, { recursive: true, force: true });
  mkdirSync(base, { recursive: true });
}
const cell = openCell({ dir: base, region: 'us', clock: () => NOW, role: role === undefined ? 'owner' : 'guest', stateFolder: place === '' ? null : place });
const gate = openGate(cell, () => NOW + DAY);
const log = openLog({ path: cell.paths.log, clock: () => NOW });
const parts = { gate: 0, append: 0, read: 0, fold: 0 };
if (role === 'send') await send();
else await measure();
await log.close();
await cell.close();

async function measure(): Promise<void> {
  const { state } = await openStateOf({ path: cell.paths.state, features: DEFAULT_FEATURES, log });
  const follower = follow({ log: timedLog(log), state: timedState(state) });
  await measured(follower, `${count(leads)} leads come in`, Infinity, book(leads, 0));
  await measured(follower, 'events of all leads alike, sent by the cell itself', seconds, happenings(leads, 1e9, NOW, 0));
  await apart(follower, state);
  await visible(follower);
  const { maxRSS } = process.resourceUsage();
  console.log(`state ${count((statSync(join(cell.paths.state, 'data.mdb')).blocks * 512) / 2 ** 20)} MiB, peak memory ${count(maxRSS / 1024)} MiB`);
  await follower.stop();
  state.close();
  rmSync(cell.paths.state, { recursive: true, force: true });
  rmSync(base, { recursive: true, force: true });
}

/** With the sender in a process of its own. */
async function apart(follower: Follower, state: State): Promise<void> {
  Object.assign(parts, { gate: 0, append: 0, read: 0, fold: 0 });
  const child = fork(import.meta.filename, [String(leads), String(seconds), place, 'send'], { stdio: 'inherit' });
  child.on('error', () => {}); // it has ended while it was told
  const first = log.end();
  await new Promise<void>((begun) => void child.once('message', () => begun()));
  const [begin, cpu] = [performance.now(), process.cpuUsage()];
  const ticker = setInterval(() => child.connected && child.send(state.offset()), 20);
  await new Promise<void>((ended) => void child.once('exit', () => ended()));
  clearInterval(ticker);
  await follower.folded(log.end() - 1);
  const wall = (performance.now() - begin) / 1e3;
  const sent = log.end() - first;
  const { user, system } = process.cpuUsage(cpu);
  console.log(`events of all leads alike, from a process of its own: ${count(sent)} events in ${wall.toFixed(1)} s → ${count(sent / wall)}/s; processor of the cell ${((user + system) / sent).toFixed(1)} µs an event: read ${((parts.read * 1e3) / sent).toFixed(1)} µs, fold ${((parts.fold * 1e3) / sent).toFixed(1)} µs`);
}

/** The sender: as fast as the fold follows. */
async function send(): Promise<void> {
  let folded = log.end();
  process.on('message', (offset: number) => (folded = offset));
  process.send!('begun');
  const [begin, cpu] = [performance.now(), process.cpuUsage()];
  const feed = happenings(leads, 1e9, NOW, 0)[Symbol.iterator]();
  let sent = 0;
  while (performance.now() - begin < seconds * 1e3) {
    if (log.end() - folded > AHEAD) {
      await sleep(5);
      continue;
    }
    const batches = Array.from({ length: SENDERS }, () => admitted(gate, take(feed)));
    await Promise.all(batches.map((events) => append(log, events)));
    sent += SENDERS * BATCH;
  }
  const { user, system } = process.cpuUsage(cpu);
  console.log(`  the sender: processor ${((user + system) / sent).toFixed(1)} µs an event, gate ${((parts.gate * 1e3) / sent).toFixed(1)} µs`);
  process.disconnect();
}

/** Sends as fast as it is taken and folded; says how fast that was, and what took the time. */
async function measured(follower: Follower, name: string, most: number, source: Iterable<Told>): Promise<void> {
  Object.assign(parts, { gate: 0, append: 0, read: 0, fold: 0 });
  const [begin, cpu] = [performance.now(), process.cpuUsage()];
  const feed = source[Symbol.iterator]();
  let sent = 0;
  const sender = async (): Promise<void> => {
    while (performance.now() - begin < most * 1e3) {
      const batch = take(feed);
      if (batch.length === 0) return;
      const offsets = await append(log, admitted(gate, batch));
      sent += batch.length;
      await follower.folded(offsets.at(-1)! - SENDERS * BATCH); // no sender runs ahead for long
    }
  };
  await Promise.all(Array.from({ length: SENDERS }, sender));
  await follower.folded(log.end() - 1);
  const wall = (performance.now() - begin) / 1e3;
  const { user, system } = process.cpuUsage(cpu);
  const each = (ms: number): string => `${((ms * 1e3) / sent).toFixed(1)} µs`;
  console.log(`${name}: ${count(sent)} events in ${wall.toFixed(1)} s → ${count(sent / wall)}/s; processor ${((user + system) / 1e6).toFixed(1)} s, ${each((user + system) / 1e3)} an event`);
  console.log(`  of it, an event: gate ${each(parts.gate)}, encode and commit ${each(parts.append)}, read ${each(parts.read)}, fold ${each(parts.fold)}`);
}

/** At a steady rate: from the sending of an event to the score that has it. */
async function visible(follower: Follower): Promise<void> {
  const taken: number[] = [];
  const cpu = process.cpuUsage();
  const begin = performance.now();
  const feed = happenings(leads, 1e9, NOW, 0)[Symbol.iterator]();
  const waits: Promise<void>[] = [];
  const seen = async (batch: readonly Told[]): Promise<void> => {
    const at = performance.now();
    const offsets = await append(log, admitted(gate, batch));
    await follower.folded(offsets.at(-1)!);
    taken.push(performance.now() - at);
  };
  for (let sent = 0; sent < 20 * RATE; ) {
    await sleep(10);
    const due = Math.floor(((performance.now() - begin) * RATE) / 1e3);
    for (; sent < due; sent += 10) {
      waits.push(seen(take(feed, 10)));
    }
  }
  await Promise.all(waits);
  const { user, system } = process.cpuUsage(cpu);
  taken.sort((a, b) => a - b);
  const quantile = (q: number): string => taken[Math.floor((taken.length - 1) * q)]!.toFixed(1);
  console.log(`event → visible at ${count(RATE)}/s: p50 ${quantile(0.5)} ms, p99 ${quantile(0.99)} ms, most ${quantile(1)} ms; processor ${(((user + system) / 1e4) / ((performance.now() - begin) / 1e3)).toFixed(0)} % of one`);
}

function take(feed: Iterator<Told>, most = BATCH): Told[] {
  const batch: Told[] = [];
  while (batch.length < most) {
    const { done, value } = feed.next();
    if (done === true) break;
    batch.push(value);
  }
  return batch;
}

function admitted(through: Gate, batch: readonly Told[]): Event[] {
  const begin = performance.now();
  const events = cell.identities.batch(() => batch.map(({ id, source, type, kind, subject, time, data }) => {
    const event = through.parse({ specversion: '1.0', id, source, type, subject: `${kind} ${subject}`, time: new Date(time).toISOString(), data }, SENDER);
    if (isRejection(event)) throw new Error(event.message);
    return event;
  }));
  parts.gate += performance.now() - begin;
  return events;
}

async function append(to: Log, events: readonly Event[]): Promise<number[]> {
  const begin = performance.now();
  const others = parts.gate + parts.read + parts.fold;
  const offsets = await to.append(events);
  parts.append += Math.max(0, performance.now() - begin - (parts.gate + parts.read + parts.fold - others)) / SENDERS;
  return offsets;
}

function timedLog(of: Log): Log {
  return {
    ...of,
    read(offset, limit) {
      const begin = performance.now();
      const events = [...of.read(offset, limit)];
      parts.read += performance.now() - begin;
      return events;
    },
  };
}

function timedState(of: State): State {
  return {
    ...of,
    fold(events) {
      const begin = performance.now();
      of.fold(events);
      parts.fold += performance.now() - begin;
    },
  };
}
