/**
 * The true value of learned action policies in simulated worlds, against rules, chance and an oracle:
 * `node bench/ranking/actions.ts [LEADS A DAY] [WORLD:SEED …]`. Worlds: default, no-effect, harmful-actions, and `other`, whose
 * parameters are drawn anew for each seed.
 */
import { random } from '../../src/base/index.ts';
import { meanInterval, verdict } from '../../src/experiment/index.ts';
import { documented, learnPolicy } from '../../src/lifecycle/act/learn.ts';
import { policyTable } from '../../src/lifecycle/act/policy-table.ts';
import { parseActionPolicy, trialPolicy } from '../../src/rank/index.ts';
import { loadWorld } from '../../src/sandbox/index.ts';
import type { WorldParams } from '../../src/sandbox/world/params.ts';
import { ARMS, actionWorld, HORIZON_DAYS, LOGGING, type ActionWorld } from './action-world.ts';

const START = Date.UTC(2026, 0, 5);
const [leadsPerDay = '250', ...asked] = process.argv.slice(2);
const RUNS = asked.length > 0 ? asked : ['default:1', 'default:2', 'other:3', 'other:4', 'other:5', 'no-effect:6', 'harmful-actions:8'];

async function measure(run: string): Promise<void> {
  const [name = 'default', seed = '1'] = run.split(':');
  const began = process.cpuUsage();
  const params = name === 'other' ? otherWorld(Number(seed)) : loadWorld(name);
  const made = await actionWorld({ seed: Number(seed), start: START, leadsPerDay: Number(leadsPerDay), days: 160, params, judged: 3_000, courses: 80 });
  const { logged, judged } = made;
  const learned = learnPolicy(logged, { present: parseActionPolicy(LOGGING), target: 'lead', horizonDays: HORIZON_DAYS, until: START, seed: Number(seed), folds: 2 });
  const rows = Int32Array.from({ length: judged.decisions.count }, (_, row) => row);
  const policy = trialPolicy({ ...LOGGING, exploration: 0 }, { target: 'lead', columns: logged.data.columns.map(({ name: column }) => column), effects: documented(learned.effects) });
  const table = policyTable(judged.situations, policy, ARMS);
  const wanted = rows.map((row) => table.subarray(row * ARMS.length, (row + 1) * ARMS.length).indexOf(1));
  const acting = learned.objection === null ? wanted : judged.rule;
  const rules = chancesOf(made, judged.rule);
  const gain = (other: Float64Array): ReturnType<typeof meanInterval> => meanInterval(other.map((value, at) => value - rules[at]!), rows);
  const percent = ({ value, low, high }: ReturnType<typeof meanInterval>): string => `${points(value)} (${points(low)} to ${points(high)})`;
  const [most, got, ungated] = [made.oracle, acting, wanted].map((best) => gain(chancesOf(made, best)));
  const { user, system } = process.cpuUsage(began);
  console.log(`${run}: ${logged.decisions.count} logged, ${judged.decisions.count} judged, ${Math.round((user + system) / 1e6)} s of processor`);
  console.log(`  rules ${points(mean(rules))}; above rules, in points: by lot ${percent(gain(byLot(made)))}, oracle ${percent(most!)}`);
  console.log(`  learned ${percent(ungated!)}, what acts ${percent(got!)}${most!.value > 0 ? `: ${(100 * got!.value / most!.value).toFixed(0)} % of the oracle's gain` : ''}`);
  console.log(`  gate: ${verdict(learned.evaluation)}`);
  console.log(`  actions: ${ARMS.map((arm, place) => `${arm} ${share(wanted, place)} (oracle ${share(made.oracle, place)}, rules ${share(judged.rule, place)})`).join(', ')}`);
  for (const { arm, mean: of, error, offset, slope, effective } of learned.effects) {
    console.log(`    ${arm}: ${points(of)} ± ${points(error)}, believed ${points(offset)}, slope ${slope.toFixed(2)}, n_eff ${Math.round(effective)}`);
  }
}

/** The true chance of each judged lead under the actions chosen. */
function chancesOf({ chances }: ActionWorld, best: Int32Array): Float64Array {
  return Float64Array.from(best, (arm, row) => chances[row * ARMS.length + arm]!);
}

function byLot({ chances, judged }: ActionWorld): Float64Array {
  return Float64Array.from({ length: judged.decisions.count }, (_, row) => {
    const possible = chances.subarray(row * ARMS.length, (row + 1) * ARMS.length).filter((chance) => !Number.isNaN(chance));
    return mean(possible);
  });
}

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

const points = (value: number): string => (100 * value).toFixed(2);
const mean = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
const share = (best: Int32Array, place: number): string => `${Math.round((100 * best.filter((arm) => arm === place).length) / best.length)} %`;

for (const run of RUNS) await measure(run);
