/** What a learned action policy is truly worth in a simulated world, against rules, chance, and what could be known. */
import { meanInterval, verdict, type Interval } from '../../src/experiment/index.ts';
import { learnPolicy } from '../../src/lifecycle/act/learn.ts';
import { policyTable } from '../../src/lifecycle/act/policy-table.ts';
import { parseActionPolicy, trialPolicy } from '../../src/rank/index.ts';
import { ARMS, HORIZON_DAYS, LOGGING, type ActionWorld } from './action-world.ts';
import { observableBest } from './observable.ts';

/** Learns from what was logged, and tells how that does by the truth. */
export function judgeActions(made: Pick<ActionWorld, 'logged' | 'judged' | 'chances' | 'oracle'>, seed: number): string {
  const { logged, judged } = made;
  const learned = learnPolicy(logged, { present: parseActionPolicy(LOGGING), target: 'lead', horizonDays: HORIZON_DAYS, until: 0, seed });
  const rows = Int32Array.from({ length: judged.decisions.count }, (_, row) => row);
  const policy = trialPolicy({ ...LOGGING, exploration: 0 }, { target: 'lead', columns: logged.data.columns.map(({ name }) => name), effects: learned.document.learned!.effects });
  const table = policyTable(judged.situations, policy, ARMS);
  const wanted = rows.map((row) => table.subarray(row * ARMS.length, (row + 1) * ARMS.length).indexOf(1));
  const acting = learned.objection === null ? wanted : judged.rule;
  const rules = chancesOf(made, judged.rule);
  const gain = (other: Float64Array): Interval => meanInterval(other.map((value, at) => value - rules[at]!), rows);
  const [most, known, ungated, got] = [made.oracle, observableBest(made), wanted, acting].map((best) => gain(chancesOf(made, best))) as [Interval, Interval, Interval, Interval];
  const shareOf = (whole: Interval, name: string): string => (whole.low > 0 ? `, ${((100 * got.value) / whole.value).toFixed(0)} % of ${name}` : '');
  return [
    `  ${logged.decisions.count} logged, ${judged.decisions.count} judged; rules ${points(mean(rules))}; above rules, in points: by lot ${text(gain(byLot(made)))}, oracle ${text(most)}, best by features ${text(known)}`,
    `  learned ${text(ungated)}, what acts ${text(got)}${shareOf(most, 'the oracle’s gain')}${shareOf(known, 'the best by features')}`,
    `  gate: ${verdict(learned.evaluation)}`,
    `  actions: ${ARMS.map((arm, place) => `${arm} ${share(wanted, place)} (oracle ${share(made.oracle, place)}, rules ${share(judged.rule, place)})`).join(', ')}`,
    ...learned.effects.map(({ arm, mean: of, error, alone, offset, slope, effective }) => `    ${arm}: ${points(of)} ± ${points(error)}, alone ${points(alone.gain)} ± ${points(alone.error)}, ${alone.isShown ? `believed ${points(offset)}, slope ${slope.toFixed(2)}` : 'not shown'}, n_eff ${Math.round(effective)}`),
  ].join('\n');
}

/** The true chance of each judged lead under the actions chosen. */
function chancesOf({ chances }: Pick<ActionWorld, 'chances'>, best: Int32Array): Float64Array {
  return Float64Array.from(best, (arm, row) => chances[row * ARMS.length + arm]!);
}

function byLot({ chances, judged }: Pick<ActionWorld, 'chances' | 'judged'>): Float64Array {
  return Float64Array.from({ length: judged.decisions.count }, (_, row) => {
    const possible = chances.subarray(row * ARMS.length, (row + 1) * ARMS.length).filter((chance) => !Number.isNaN(chance));
    return mean(possible);
  });
}

const points = (value: number): string => (100 * value).toFixed(2);
const text = ({ value, low, high }: Interval): string => `${points(value)} (${points(low)} to ${points(high)})`;
const mean = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
const share = (best: Int32Array, place: number): string => `${Math.round((100 * best.filter((arm) => arm === place).length) / best.length)} %`;
