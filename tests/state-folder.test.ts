import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readConfig, type Config } from '../src/cli/config.ts';
import { openNode, type Node } from '../src/cli/node.ts';
import { feed, newSimulation } from '../src/cli/simulation.ts';
import { digest } from '../src/features/index.ts';
import { DAY } from '../src/base/index.ts';

const NOW = Date.parse('2026-03-02T15:00:00Z');
const clock = (): number => NOW;
let folder: string;
let memory: string;
let config: Config;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'leadrank-state-'));
  memory = join(folder, 'memory');
  mkdirSync(join(folder, 'config'));
  writeFileSync(join(folder, 'config', 'cell.yaml'), 'state_folder: ../memory\n');
  config = readConfig({ data: join(folder, 'data'), config: join(folder, 'config') });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function during<T>(work: (node: Node) => T | Promise<T>, of: Config = config): Promise<T> {
  const node = await openNode(of, { clock });
  try {
    return await work(node);
  } finally {
    await node.stop();
  }
}

it('a state that lies in memory is folded again when that is lost, the same, and by whatever a verb is told', async () => {
  const before = await during(async ({ log, gate, cell, caughtUp, state }) => {
    expect(cell.paths.state.startsWith(memory)).toBe(true);
    await feed({ dir: config.dir, simulation: newSimulation(7, 'us', NOW - DAY / 2, 20), gate, log, identities: cell.identities, quarantine: cell.quarantine, clock });
    await caughtUp();
    return { digest: digest(state), counts: state.counts() };
  });
  expect(before.counts.leads).toBeGreaterThan(50);
  rmSync(memory, { recursive: true });
  const told = ({ state }: Node) => ({ digest: digest(state), counts: state.counts() });
  expect(await during(told)).toEqual(before);
  expect(await during(told, readConfig({ data: join(folder, 'data') }))).toEqual(before);
  expect(existsSync(memory)).toBe(true);
});
