import { Command, Option } from 'commander';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Fault, systemClock } from '../base/index.ts';
import { loadWorld, pageRoutes, worldNames, type Callout } from '../sandbox/index.ts';
import { STAGES, type Stage } from '../serve/index.ts';
import { findAddress, removeAddress, writeAddress } from './address.ts';
import { readConfig, type Config, type ConfigFlags } from './config.ts';
import { trainFirst } from './first-models.ts';
import { withCellFlags } from './flags.ts';
import { listen } from './listen.ts';
import { openNode, ROOT, type Node } from './node.ts';
import { orgPoints } from './org-points.ts';
import { step } from './progress.ts';
import { feed, findSimulation, newSimulation, seedOf, sizeOf, worldOf, type Simulation } from './simulation.ts';

interface Flags extends ConfigFlags {
  simulate?: boolean;
  seed: string;
  leads?: string;
  world?: string;
  fault: (Stage | 'service')[];
  arm?: string;
}

/** What --fault says of each stage. */
const TAKEN: Readonly<Record<Stage, string>> = {
  features: 'the features were taken away by --fault',
  freshness: 'every source counts as late by --fault',
  model: 'the model was taken away by --fault',
  'last-score': 'the last score was taken away by --fault',
  deadline: 'the deadline has passed by --fault',
  'action-policy': 'the action policy was taken away by --fault',
  value: 'the value was taken away by --fault',
};

const FEED_EVERY = 5_000;
const count = (n: number): string => n.toLocaleString('en');

export function upCommand(): Command {
  return withCellFlags(new Command('up'))
    .summary('start a cell: ingest, fold, serve, and the page')
    .description('Starts a cell. It folds its log, answers the API, and goes on until Ctrl-C.')
    .option('--port <n>', 'where to listen; the next free one is taken where it is occupied (default: of cell.yaml, or 7320)')
    .option('--simulate', 'feed an empty cell from a simulated org, train a first model, and serve the page')
    .option('--seed <n>', 'seed of the simulated org', '1')
    .option('--leads <n>', 'about how many leads come in in the six months of the simulated org (default: 5500)')
    .option('--world <name|file>', `what the simulated world is like: ${worldNames().join(', ')}, or a parameter file`)
    .addOption(new Option('--fault <stage...>', 'for tests: take stages away').choices([...STAGES, 'service']).default([]).hideHelp())
    .addOption(new Option('--arm <name>', 'for tests: put every record into an arm').choices(['control']).hideHelp())
    .action(up);
}

async function up({ simulate, seed, leads, fault, arm, world, ...flags }: Flags): Promise<void> {
  const config = readConfig(flags);
  const params = loadWorld(world ?? 'default');
  const size = sizeOf(leads);
  const start = newSimulation(seedOf(seed), config.region, systemClock());
  const running = findAddress(config.dir);
  if (running !== undefined) {
    const rule = `this cell runs already, in process ${running.pid}`;
    throw new Fault({ kind: 'conflict', value: running.url, rule, remedy: 'open that address, or stop it first' });
  }
  const node = await step(`Opening the cell in ${config.dir}`, ({ update }) =>
    openNode(config, {
      fault: (stage) => (fault.includes(stage) ? TAKEN[stage] : null),
      ...(arm !== undefined && { assigned: () => ({ experiment: null, arm }) }),
      onCheck: () => update('looking at its files, since the process before did not close it'),
      onFold: (offset, end) => update(`folded ${count(offset)} of ${count(end)} events`),
    }),
  );
  // Until it answers, a signal ends the process at once: whatever was acknowledged is on the disk, the next start goes on.
  const interrupt = new AbortController();
  try {
    const simulation = await prepare(node, config, simulate === true ? { ...start, ...size, params } : undefined);
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => interrupt.abort());
    if (simulation) await servePage(node, simulation, { reachable: !fault.includes('service') });
    else if (simulate) process.stderr.write('  this cell holds events of other sources: no org is simulated, and the local page is not served\n');
    const url = await listen(node.app, config);
    writeAddress(config.dir, { pid: process.pid, url });
    node.keepDuties();
    const counts = node.state.counts();
    process.stderr.write(`  ${count(counts.events)} events, ${count(counts.leads)} leads, ${count(counts.open)} open\n`);
    process.stdout.write(simulation ? `\nThe page: ${url}/\nThe API:  ${url}/openapi.json\nCtrl-C stops.\n` : `${url}\n`);
    await Promise.race([
      node.follower.done,
      simulation ? keepFeeding(node, config, simulation, interrupt.signal) : untilAborted(interrupt.signal),
    ]);
  } finally {
    removeAddress(config.dir);
    await step('Stopping', () => node.stop());
  }
}

/** Brings a cell to where it can answer: a simulated one up to now and with a model, any one folded to the end of its log. */
async function prepare(node: Node, config: Config, fresh: Simulation | undefined): Promise<Simulation | undefined> {
  const { cell, log, gate, state } = node;
  const found = findSimulation(config.dir);
  const simulation = found ?? (log.end() === 0 ? fresh : undefined);
  if (simulation) {
    await step(found ? 'Catching up with the simulated org' : 'Simulating six months of a sales team', ({ update }) =>
      feed({
        dir: config.dir,
        simulation,
        gate,
        log,
        identities: cell.identities,
        quarantine: cell.quarantine,
        clock: systemClock,
        onProgress: (events, until) => update(`${count(events)} events, ${new Date(until).toISOString().slice(0, 10)}`),
      }),
    );
  }
  await step('Folding the log', ({ update }) => {
    const ticker = setInterval(() => update(`${count(state.offset())} of ${count(log.end())} events`), 100);
    return node.caughtUp().finally(() => clearInterval(ticker));
  });
  if (simulation) await trainFirst(node, config);
  return simulation;
}

/** `reachable`: false for tests, where the org is to be on its own. */
async function servePage(node: Node, simulation: Simulation, { reachable }: { reachable: boolean }): Promise<void> {
  const { app, issuer } = node;
  const dist = join(ROOT, 'salesforce', 'host', 'dist');
  if (!existsSync(dist)) {
    throw new Fault({ kind: 'missing', value: dist, rule: 'the page is not built', remedy: 'run `node scripts/setup.mjs`' });
  }
  const { org } = worldOf(simulation);
  const roles = new Map(org.users().map(({ id, role }) => [id, role]));
  const callout: Callout = async (user, { method, url, body }) => {
    if (!reachable) return { status: 503, body: {} };
    const headers = { authorization: `Bearer ${await issuer.token({ user, role: roles.get(user) ?? 'rep' })}` };
    const response = await app.inject({ method, url, headers, ...(body ? { payload: body } : {}) });
    return { status: response.statusCode, body: response.json() };
  };
  await app.register(pageRoutes, { org, callout, points: orgPoints(node, systemClock), dist });
}

/** The simulated org goes on living while the cell runs. */
async function keepFeeding({ cell: { identities, quarantine }, gate, log }: Node, { dir }: Config, simulation: Simulation, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await sleep(FEED_EVERY, undefined, { signal }).catch(() => {});
    if (!signal.aborted) await feed({ dir, simulation, gate, log, identities, quarantine, clock: systemClock });
  }
}

function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
