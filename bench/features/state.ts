/**
 * The state of a book of active leads: built from history, its size, and its growth under updates while others read.
 *   node bench/features/state.ts [LEADS] [UPDATES]
 * The history is written once and kept: `… LEADS 0 write` does that alone.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync, rmSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { DAY, random } from '../../src/base/index.ts';
import { DEFAULT_FEATURES, openStateOf, readStateAt } from '../../src/features/index.ts';
import type { SubjectId } from '../../src/events/index.ts';
import { openLog } from '../../src/log/index.ts';
import { BOOK_DAYS, BOOK_START, happenings } from './active.ts';
import { activeLog, loggedOf, subjectOf } from './active-log.ts';

const [leadsText = '250000', updatesText = '3600000', role] = process.argv.slice(2);
const [leads, updates] = [Number(leadsText), Number(updatesText)];
const base = resolve(import.meta.dirname, '..', '..', 'build', 'bench', `active-${leads}`);
const path = join(base, 'state');
const READERS = 2;
const BATCH = 5_000;
const NOW = BOOK_START + BOOK_DAYS * DAY;
const count = (n: number): string => Math.round(n).toLocaleString('en');
const mb = (bytes: number): string => `${count(bytes / 2 ** 20)} MiB`;

/** What the file takes of the disk, bytes; it has holes. */
const size = (): number => statSync(join(path, 'data.mdb')).blocks * 512;

if (role === 'read') await read();
else if (role === 'write') write();
else await measure();

function write(): void {
  const written = clocked();
  console.log(`${count(activeLog(join(base, 'log'), leads))} events of history: written in ${written()}`);
}

async function measure(): Promise<void> {
  const events = activeLog(join(base, 'log'), leads);
  rmSync(path, { recursive: true, force: true });
  const log = openLog({ path: join(base, 'log'), clock: () => NOW });
  const built = clocked();
  const memory = watched();
  const { state } = await openStateOf({ path, features: DEFAULT_FEATURES, log, onProgress: (done, all) => process.stderr.write(`\r${Math.floor((100 * done) / all)} % `) });
  console.log(`built from history: ${count(events)} events, ${count(leads)} leads: ${built()} → ${count(events / built.seconds())} events/s, at most ${mb(memory())} of memory without mapped files`);
  console.log(`the file: ${mb(size())}, ${count(size() / leads)} bytes a lead with all that it holds`);

  const readers = Array.from({ length: READERS }, () => spawn(process.execPath, ['--disable-warning=ExperimentalWarning', import.meta.filename, leadsText, updatesText, 'read'], { stdio: ['pipe', 'pipe', 'inherit'] }));
  const answers = readers.map(told);
  const updated = clocked();
  let greatest = 0;
  let batch = [];
  let offset = log.end();
  for (const one of happenings(leads, updates, NOW, 1)) {
    batch.push(loggedOf(one, offset++));
    if (batch.length < BATCH) continue;
    state.fold(batch);
    greatest = Math.max(greatest, size());
    batch = [];
    await new Promise(setImmediate);
  }
  console.log(`${count(updates)} updates under ${READERS} readers: ${updated()} → ${count(updates / updated.seconds())}/s; the file is ${mb(size())}, at most ${mb(greatest)}`);
  for (const reader of readers) reader.stdin!.end();
  for (const answer of await Promise.all(answers)) console.log(`a reader: ${answer}`);
  state.close();
  await log.close();
}

/** Reads records in short read transactions until its input ends. */
async function read(): Promise<void> {
  const state = readStateAt(path);
  const draw = random(process.pid);
  const ended = new AbortController();
  process.stdin.on('end', () => ended.abort()).resume();
  const taken: number[] = [];
  while (!ended.signal.aborted) {
    for (let i = 0; i < 200; i++) {
      const begin = process.hrtime.bigint();
      state.record(subjectOf('lead', draw.below(leads)) as SubjectId)?.vector(NOW);
      taken.push(Number(process.hrtime.bigint() - begin) / 1e3);
    }
    await new Promise((done) => setTimeout(done, 20)); // the transaction ends with the turn
  }
  taken.sort((a, b) => a - b);
  console.log(`${count(taken.length)} records with their vectors, p50 ${taken[taken.length >> 1]!.toFixed(1)} µs, p99 ${taken[Math.floor(taken.length * 0.99)]!.toFixed(1)} µs`);
  process.exit();
}

/** The most anonymous memory of this process from now on, bytes. */
function watched(): () => number {
  let most = 0;
  const look = (): void => {
    const [, kib = '0'] = /^RssAnon:\s+(\d+)/mu.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
    most = Math.max(most, Number(kib) * 1_024);
  };
  const timer = setInterval(look, 250);
  return () => {
    clearInterval(timer);
    look();
    return most;
  };
}

/** Wall and processor time since now, in words. */
function clocked(): (() => string) & { seconds(): number } {
  const [begin, cpu] = [performance.now(), process.cpuUsage()];
  const seconds = (): number => (performance.now() - begin) / 1e3;
  const say = (): string => {
    const { user, system } = process.cpuUsage(cpu);
    return `${seconds().toFixed(1)} s (processor ${((user + system) / 1e6).toFixed(1)} s)`;
  };
  return Object.assign(say, { seconds });
}

function told(child: ChildProcess): Promise<string> {
  let text = '';
  child.stdout!.on('data', (chunk: Buffer) => (text += chunk.toString()));
  return new Promise((done) => child.once('close', () => done(text.trim())));
}
