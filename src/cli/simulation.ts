import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DAY, Fault, inputFault, quote, writeFileAtomic, type Clock } from '../base/index.ts';
import type { CellIdentities, Quarantine } from '../cell/index.ts';
import { isRejection, type Event, type Gate, type Sender } from '../events/index.ts';
import type { Log } from '../log/index.ts';
import { world, type Delivery, type Org, type World, type WorldParams } from '../sandbox/index.ts';
import type { Region } from './config.ts';

const FILE = 'simulation.json';
const HISTORY_DAYS = 182;
const BATCH = 5_000;
const SENDER: Sender = { scopes: ['crm', 'web', 'email', 'telephony', 'marketing', 'erp', 'product'] };

/** What makes a simulated org: the same parameters, the same org. `until` is how far it has been told, ms. */
export interface Simulation {
  seed: number;
  start: number;
  until: number;
  region: Region;
  leadsPerDay?: number;
  reps?: number;
  /** What the world is like, as it was read at the start; without it the default world. */
  params?: WorldParams;
}

/** The simulation that feeds a cell; undefined where real sources do. */
export function findSimulation(dir: string): Simulation | undefined {
  const path = join(dir, FILE);
  if (!existsSync(path)) return undefined;
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Simulation;
  } catch (cause) {
    throw new Fault({ kind: 'corrupt', value: path, rule: 'is not JSON', remedy: 'run `bin/leadrank reset` and start again', cause });
  }
}

/** A new simulation whose history begins six months before `now`, or `days` before. */
export function newSimulation(seed: number, region: Region, now: number, days = HISTORY_DAYS): Simulation {
  const start = Math.floor(now / DAY) * DAY - days * DAY;
  return { seed, start, until: start, region };
}

const [FEWEST, MOST] = [100, 100_000_000];
/** As many reps as the org has unless it is larger, and how many leads of six months each of them gets. */
const [REPS, LEADS_A_REP] = [24, 228];

/** How large an org is to which about so many leads come in six months; as it is by itself where nothing is said. Throws a Fault. */
export function sizeOf(leads: string | undefined): Pick<Simulation, 'leadsPerDay' | 'reps'> {
  if (leads === undefined) return {};
  const wanted = Number(leads);
  if (!(Number.isInteger(wanted) && wanted >= FEWEST && wanted <= MOST)) {
    throw inputFault(quote(leads), `--leads is a whole number from ${FEWEST} to ${MOST}`, 'give one in that range');
  }
  return { leadsPerDay: wanted / HISTORY_DAYS, reps: Math.max(REPS, Math.round(wanted / LEADS_A_REP)) };
}

/** The seed of an org. Throws a Fault where it is no whole number. */
export function seedOf(seed: string): number {
  const value = Number(seed);
  if (!Number.isSafeInteger(value) || value < 0) throw inputFault(quote(seed), '--seed is a whole number from 0 on', 'give one');
  return value;
}

const worlds = new WeakMap<Simulation, World>();

/** The world of a simulation. It is kept as long as the simulation is: a world that is told on remembers where it stands. */
export function worldOf(simulation: Simulation): World {
  const known = worlds.get(simulation);
  if (known !== undefined) return known;
  const { until: _until, ...options } = simulation;
  const made = world(options);
  worlds.set(simulation, made);
  return made;
}

/** The people of the org that feeds a cell; undefined where that is a real one. */
export function orgOf(dir: string): Org | undefined {
  const simulation = findSimulation(dir);
  return simulation && worldOf(simulation).org;
}

/** What the simulated org's sources deliver since it was last heard, up to a time, ms. */
export function* tell(simulation: Simulation, until: number): Iterable<Delivery & { sender: Sender }> {
  for (const delivery of worldOf(simulation).deliveries(simulation.until, until)) yield { ...delivery, sender: SENDER };
}

export interface FeedOptions {
  dir: string;
  simulation: Simulation;
  gate: Gate;
  log: Log;
  identities: Pick<CellIdentities, 'batch'>;
  quarantine: Pick<Quarantine, 'hold'>;
  clock: Clock;
  onProgress?: (events: number, until: number) => void;
}

/**
 * Tells a cell through the gate what happened in its simulated org up to now; what the gate refuses waits in quarantine. How
 * far it got is noted after each batch is durable: a crash in between repeats some events, and the fold drops them.
 */
export async function feed({ dir, simulation, gate, log, identities, quarantine, clock, onProgress }: FeedOptions): Promise<number> {
  const until = clock();
  const note = (time: number): void => {
    simulation.until = time;
    writeFileAtomic(join(dir, FILE), `${JSON.stringify(simulation)}\n`);
  };
  let fed = 0;
  if (!existsSync(join(dir, FILE))) note(simulation.until); // from here on the cell knows what feeds it
  for (const batch of batches(tell(simulation, until), BATCH)) {
    const arrived = new Map<Event, number>();
    identities.batch(() => {
      for (const { at, raw, sender } of batch) {
        const result = gate.parse(raw, sender);
        if (isRejection(result)) quarantine.hold(raw, result, sender);
        else arrived.set(result, at);
      }
    });
    await log.append([...arrived.keys()], { knownAt: (event) => arrived.get(event)! });
    fed += arrived.size;
    note(batch.at(-1)!.at);
    onProgress?.(fed, simulation.until);
  }
  simulation.until = until;
  if (fed > 0) note(until);
  return fed;
}

function* batches<T>(items: Iterable<T>, size: number): Iterable<T[]> {
  let batch: T[] = [];
  for (const item of items) {
    if (batch.push(item) < size) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
