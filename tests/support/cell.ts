import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DAY } from '../../src/base/index.ts';
import { readConfig } from '../../src/cli/config.ts';
import { openNode, type Node } from '../../src/cli/node.ts';
import { OPPORTUNITY_FEATURES } from '../../src/features/index.ts';
import { feed, newSimulation } from '../../src/cli/simulation.ts';
import { promoteBundle } from '../../src/cli/promote.ts';
import { trainInto } from '../../src/cli/train.ts';
import type { Role, Stage } from '../../src/serve/index.ts';

const DEAL_HORIZON = 30 * DAY;
export const NOW = Date.parse('2026-03-02T15:00:00Z');

export interface TestCell {
  /** Of the moment: a restart makes another. */
  readonly node: Node;
  dir: string;
  /** Moves the cell's clock, ms. */
  advance(ms: number): void;
  /** From now on each look at the clock passes so much, ms. */
  slow(step: number): void;
  /** Takes stages away, the model where none is named, and gives all back. */
  fault(reason: string | null, stages?: readonly Stage[]): void;
  /** Puts every record into an arm, and takes all out again. */
  arm(name: string | null): void;
  ask(as: { user: string; role: Role; scope?: string }, method: 'GET' | 'POST', url: string, body?: unknown): Promise<{ status: number; body: any; text: string }>;
  /** Stops the process's parts and opens the cell again, as it lies on the disk; from now on with this policy file, none where it is not given. */
  restart(policy?: object): Promise<void>;
  close(): Promise<void>;
}

/** A real cell in a temporary folder: a small simulated org of three months, folded, with a model where asked. */
export async function smallCell({ model = true, days = 92 } = {}): Promise<TestCell> {
  const dir = mkdtempSync(join(tmpdir(), 'leadrank-cell-'));
  let now = NOW;
  let fault: { reason: string; stages: readonly Stage[] } | null = null;
  let arm: string | null = null;
  let step = 0;
  const clock = (): number => (now += step);
  const config = readConfig({ data: dir });
  const open = (policy?: object): Promise<Node> =>
    openNode(policy === undefined ? config : { ...config, policy: { name: 'policy.yaml', document: policy } }, {
      clock,
      fault: (stage) => (fault?.stages.includes(stage) ? fault.reason : null),
      assigned: () => (arm === null ? null : { experiment: 'x_test', arm }),
    });
  let node = await open();
  const { log, gate, cell } = node;
  const simulation = { ...newSimulation(7, 'us', NOW - DAY / 2, days), leadsPerDay: 12 };
  await feed({ dir: config.dir, simulation, gate, log, identities: cell.identities, quarantine: cell.quarantine, clock });
  await node.caughtUp();
  if (model) {
    // Three months are too short for what is won within ninety days.
    const plans = [{}, { plan: { target: 'opportunity', horizon: DEAL_HORIZON } as const, features: OPPORTUNITY_FEATURES }];
    for (const plan of plans) {
      const { id, target } = await trainInto({ log, cell, clock, ...plan });
      await promoteBundle(log, id, null, now, target);
    }
    await node.caughtUp();
  }
  return {
    get node() {
      return node;
    },
    dir: config.dir,
    advance: (ms) => (now += ms),
    slow: (by) => (step = by),
    fault: (reason, stages = ['model']) => (fault = reason === null ? null : { reason, stages }),
    arm: (name) => (arm = name),
    async ask(as, method, url, body) {
      const headers = { authorization: `Bearer ${await node.issuer.token({ ...as, minutes: 60 * 24 * 365 * 10 })}` };
      const response = await node.app.inject({ method, url, headers, ...(body === undefined ? {} : { payload: body as object }) });
      const isJson = String(response.headers['content-type']).includes('json');
      return { status: response.statusCode, body: isJson ? response.json() : null, text: response.body };
    },
    async restart(policy) {
      await node.stop();
      node = await open(policy);
    },
    async close() {
      await node.stop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
