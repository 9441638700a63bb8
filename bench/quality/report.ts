// Judges every learner's probabilities on every table by one code and prints the tables of docs/reference/quality.md.
// Usage: node bench/quality/report.ts SHARED_DATA BUILD [FIRST_SEED LAST_SEED]
import { existsSync } from 'node:fs';
import { logit } from '../../src/base/index.ts';
import { evaluate } from '../../src/lifecycle/index.ts';
import { foldOf, outputOf, readNumbers, readTable, SOURCES } from './tables.ts';

const [shared = '../shared/data', build = 'build/quality', first = '0', last = '9'] = process.argv.slice(2);
const PEERS = ['lightgbm', 'xgboost', 'catboost', 'histgb'];
const GROUPS = [
  { title: 'At defaults', learners: ['leadrank', ...PEERS] },
  { title: 'Lightly tuned', learners: ['leadrank-tuned', ...PEERS.map((name) => `${name}-tuned`)] },
  { title: 'leadrank in other ways', learners: ['leadrank-random-stop', 'leadrank-product'] },
];
const MEASURES = ['auc', 'logLoss', 'calibrationError'] as const;
const TITLES = { auc: 'AUC', logLoss: 'log-loss', calibrationError: 'calibration error (tenths of the rows)' };
type Figures = Record<(typeof MEASURES)[number], number>;

function judge(probability: Float64Array, labels: Float64Array): Figures {
  const clipped = probability.map((p) => Math.min(1 - 1e-15, Math.max(1e-15, p)));
  const { auc, logLoss, calibrationError } = evaluate(clipped.map(logit), clipped, labels, 0.5);
  return { auc: auc.value, logLoss, calibrationError };
}

/** Mean and standard error over seeds. */
function summary(values: readonly number[]): string {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
  return `${mean.toFixed(4)} ± ${Math.sqrt(variance / values.length).toFixed(4)}`;
}

const found = new Map<string, Map<number, Figures>>(); // by seed
for (const source of SOURCES) {
  const table = await readTable(source, shared, build);
  for (let seed = Number(first); seed <= Number(last); seed++) {
    const { test } = foldOf(table, seed, source.inTime === true);
    const labels = Float64Array.from(test, (row) => table.labels[row]!);
    for (const learner of GROUPS.flatMap(({ learners }) => learners)) {
      const path = outputOf(build, { table: source.name, seed, learner });
      if (!existsSync(path)) continue;
      const key = `${source.name} ${learner}`;
      found.set(key, (found.get(key) ?? new Map<number, Figures>()).set(seed, judge(readNumbers(path), labels)));
    }
  }
}

const seeds = Number(last) - Number(first) + 1;
for (const measure of MEASURES) {
  for (const { title, learners: all } of GROUPS) {
    const learners = all.filter((learner) => SOURCES.some(({ name }) => found.has(`${name} ${learner}`)));
    if (learners.length === 0) continue;
    process.stdout.write(`\n**${title}: ${TITLES[measure]}**\n\n| table | ${learners.join(' | ')} |\n`);
    process.stdout.write(`|---|${learners.map(() => '---|').join('')}\n`);
    for (const { name } of SOURCES) {
      const cells = learners.map((learner) => {
        const figures = [...(found.get(`${name} ${learner}`)?.values() ?? [])];
        if (figures.length === 0) return '–';
        return summary(figures.map((figure) => figure[measure])) + (figures.length < seeds ? ` (${figures.length})` : '');
      });
      process.stdout.write(`| ${name} | ${cells.join(' | ')} |\n`);
    }
  }
}

for (const { title, suffix } of [
  { title: 'At defaults', suffix: '' },
  { title: 'Lightly tuned', suffix: '-tuned' },
]) {
  process.stdout.write(`\n**${title}: leadrank less each peer, on the seeds that both have: AUC · log-loss**\n\n`);
  process.stdout.write(`| table | ${PEERS.join(' | ')} |\n|---|${PEERS.map(() => '---|').join('')}\n`);
  for (const { name } of SOURCES) {
    const ours = found.get(`${name} leadrank${suffix}`) ?? new Map<number, Figures>();
    const cells = PEERS.map((peer) => {
      const pairs = [...(found.get(`${name} ${peer}${suffix}`) ?? [])].filter(([seed]) => ours.has(seed));
      if (pairs.length < 2) return '–';
      const less = (measure: keyof Figures): string =>
        summary(pairs.map(([seed, figures]) => ours.get(seed)![measure] - figures[measure]));
      return `${less('auc')} · ${less('logLoss')}` + (pairs.length < seeds ? ` (${pairs.length})` : '');
    });
    process.stdout.write(`| ${name} | ${cells.join(' | ')} |\n`);
  }
}
