/**
 * The true value of learned action policies in simulated worlds, against rules, chance, what features could tell, and an oracle:
 * `node bench/ranking/actions.ts [LEADS A DAY] [WORLD:SEED …]`. Worlds: default, no-effect, harmful-actions, and `other`, whose
 * parameters are drawn anew for each seed. Some two minutes of processor a world.
 */
import { random } from '../../src/base/index.ts';
import { loadWorld } from '../../src/sandbox/index.ts';
import type { WorldParams } from '../../src/sandbox/world/params.ts';
import { actionWorld } from './action-world.ts';
import { judgeActions } from './judge-actions.ts';

const START = Date.UTC(2026, 0, 5);
const [leadsPerDay = '250', ...asked] = process.argv.slice(2);
const RUNS = asked.length > 0 ? asked : ['default:1', 'default:2', 'other:3', 'other:4', 'other:5', 'other:11', 'other:12', 'other:13', 'no-effect:6', 'harmful-actions:8'];

/** The default world with other effects, other kinds of buyers to reach, and another level. */
function otherWorld(seed: number): WorldParams {
  const draw = random(`other world ${seed}`);
  const { actions, lead, ...rest } = loadWorld('default');
  const drawn = Object.fromEntries(Object.entries(actions).map(([action, effects]) => [
    action,
    Object.fromEntries(Object.entries(effects).map(([buyer, effect]) => [buyer, effect * (0.5 + draw.uniform()) + 0.5 * draw.normal()])),
  ])) as unknown as WorldParams['actions'];
  return { ...rest, actions: drawn, lead: { ...lead, base: lead.base + 0.4 * draw.normal(), fit: lead.fit * (0.7 + 0.6 * draw.uniform()), noise: 0.2 + 0.4 * draw.uniform() } };
}

for (const run of RUNS) {
  const [name = 'default', seed = '1'] = run.split(':');
  const began = process.cpuUsage();
  const params = name === 'other' ? otherWorld(Number(seed)) : loadWorld(name);
  const made = await actionWorld({ seed: Number(seed), start: START, leadsPerDay: Number(leadsPerDay), days: 160, params, judged: 3_000, courses: 80 });
  const found = judgeActions(made, Number(seed));
  const { user, system } = process.cpuUsage(began);
  process.stdout.write(`${run}, ${Math.round((user + system) / 1e6)} s of processor\n${found}\n`);
}
