/**
 * Hillstrom's randomised e-mail test: what a learned policy would bring against the best constant arm, cross-fitted:
 * `node bench/ranking/hillstrom.ts [../shared/data/hillstrom/hillstrom.csv]`.
 */
import { DAY, openCsv } from '../../src/base/index.ts';
import { comparePolicies, type Interval } from '../../src/experiment/index.ts';
import { learnPolicy } from '../../src/lifecycle/act/learn.ts';
import { policyTable } from '../../src/lifecycle/act/policy-table.ts';
import { recommendationsAt, type Recommendations } from '../../src/lifecycle/act/recommendations.ts';
import { crossFit, foldsOf } from '../../src/lifecycle/cross-fit.ts';
import { rowOf } from '../../src/lifecycle/rows.ts';
import { parseActionPolicy, situationOf, trialPolicy } from '../../src/rank/index.ts';
import type { Column } from '../../src/trees/index.ts';

const [path = '../shared/data/hillstrom/hillstrom.csv'] = process.argv.slice(2);
/** Of the file, and as actions. */
const SEGMENTS = ['Mens E-Mail', 'Womens E-Mail', 'No E-Mail'];
const ARMS = ['email:mens', 'email:womens', 'wait'];
const NUMBERS = ['recency', 'history', 'mens', 'womens', 'newbie'];
const WORDS = ['zip_code', 'channel'];
const SEEDS = [1, 2, 3];
/** Each judges a policy that was learned, folds and all, from the others. */
const FOLDS = 5;

const file = await openCsv(path);
const rows: Record<string, string>[] = [];
for await (const cells of file.rows) rows.push(Object.fromEntries(file.header.map((name, at) => [name, cells[at]!])));

const columns = [
  ...NUMBERS.map((name): Column => ({ kind: 'numeric', name, values: Float64Array.from(rows, (row) => Number(row[name])) })),
  ...WORDS.map((name): Column => {
    const levels = [...new Set(rows.map((row) => row[name]!))];
    return { kind: 'categorical', name, levels, codes: Int32Array.from(rows, (row) => levels.indexOf(row[name]!)) };
  }),
];
const action = Int32Array.from(rows, (row) => SEGMENTS.indexOf(row['segment']!));

const boughtOf = (mens: string, womens: string) => (row: Record<string, string>): boolean => row['mens'] === mens && row['womens'] === womens;
const GROUPS = [['men’s only', boughtOf('1', '0')], ['women’s only', boughtOf('0', '1')], ['both', boughtOf('1', '1')]] as const;

function judge(outcome: string): void {
  const count = rows.length;
  const reward = Float64Array.from(rows, (row) => Number(row[outcome]));
  const decisions = { count, arms: ARMS, action, reward, propensity: new Float64Array(count * 3).fill(1 / 3), subject: Int32Array.from({ length: count }, (_, row) => row) };
  const constant = (arm: number): Float64Array => Float64Array.from({ length: count * 3 }, (_, at) => Number(at % 3 === arm));
  console.log(`${outcome}, ${count} customers in three equal arms`);
  const values = ARMS.map((name, arm) => {
    const { value } = comparePolicies('ips', { decisions, policy: constant(arm) });
    console.log(`  always ${name}: ${text(value)}`);
    return value.value;
  });
  const best = values.indexOf(Math.max(...values));
  const names = columns.map(({ name }) => name);
  const now = 30 * DAY; // a month after anything happened: the rules say the first e-mail that the policy has
  const situations = rows.map((_, row) => situationOf({ subject: `ld_${row}`, now, grade: 'C', amount: null, created: 0, lastTouch: null, lastEvent: 0, columns: names, vector: rowOf({ rows: count, columns }, row) }));
  const all: Recommendations = { data: { rows: count, columns }, decisions, rule: new Int32Array(count).fill(best), situations };
  for (const seed of SEEDS) {
    const actions = [...new Set([ARMS[best]!, ...ARMS])].map((name) => ({ name }));
    const present = parseActionPolicy({ version: 1, actions, exploration: 0, constraints: { blocks: [], quiet: { actions: [], from: 0, to: 0, weekdays: [] }, rest: { actions: [], hours: 0 } }, learned: null });
    const plan = { present, target: 'lead', horizonDays: 14, until: 0, seed } as const;
    const policy = crossFit(foldsOf(decisions.subject, FOLDS, seed + 7), { rows: count, width: ARMS.length }, (fold, others) => {
      const { effects } = learnPolicy(recommendationsAt(all, others), plan).document.learned!;
      return policyTable(Array.from(fold, (row) => situations[row]!), trialPolicy(present.document, { target: 'lead', columns: names, effects }), ARMS);
    });
    const { unseen, effects } = learnPolicy(all, plan);
    for (const estimator of ['ips', 'dr'] as const) {
      const { value, gain } = comparePolicies(estimator, { decisions, policy, present: constant(best), expected: unseen.expected });
      const other = 1 - policy.reduce((sum, share, at) => sum + (at % 3 === best ? share : 0), 0) / count;
      console.log(`  seed ${seed}, ${estimator}: learned policy ${text(value)}, above always ${ARMS[best]} ${text(gain)}; for ${(100 * other).toFixed(1)} % another arm`);
    }
    if (seed !== SEEDS[0]) continue;
    for (const { arm, mean, error, alone, offset, slope } of effects) console.log(`    ${arm} in the place of ${ARMS[best]}: ${mean.toFixed(4)} ± ${error.toFixed(4)}, alone ${alone.gain.toFixed(4)} ± ${alone.error.toFixed(4)}, ${alone.isShown ? `believed ${offset.toFixed(4)}, differences believed ${slope.toFixed(2)}` : 'not shown'}`);
  }
  for (const [name, holds] of GROUPS) {
    const of = rows.flatMap((row, at) => (holds(row) ? [at] : []));
    const means = ARMS.map((_, arm) => {
      const shown = of.filter((at) => action[at] === arm);
      return shown.reduce((sum, at) => sum + reward[at]!, 0) / shown.length;
    });
    console.log(`  bought ${name} (${of.length}): ${ARMS.map((arm, at) => `${arm} ${means[at]!.toFixed(3)}`).join(', ')}`);
  }
}

function text({ value, low, high }: Interval): string {
  return `${value.toFixed(4)} (${low.toFixed(4)} to ${high.toFixed(4)})`;
}

for (const outcome of ['visit', 'spend']) judge(outcome);
