// Trains leadrank on the folds that export.ts wrote and writes its probabilities of the test rows.
// Usage: node bench/quality/ours.ts SHARED_DATA BUILD LEARNER FIRST_SEED LAST_SEED [TABLE…]
// LEARNER: leadrank (fit without options; where rows are in time, with their times) · leadrank-random-stop (without times)
// · leadrank-tuned (as the peers) · leadrank-product (as `bin/leadrank fit`, with --time where rows are in time)
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { random, sigmoid } from '../../src/base/index.ts';
import { trainModel } from '../../src/lifecycle/index.ts';
import { calibrate, createScorer, fit, type Dataset, type FitOptions } from '../../src/trees/index.ts';
import { foldOf, outputOf, readTable, slug, SOURCES, takeRows } from './tables.ts';

const [shared = '../shared/data', build = 'build/quality', learner = 'leadrank', first = '0', last = '9', ...only] =
  process.argv.slice(2);

/** What every peer is tuned by as well: a rate, an eighth of the rows to stop by, three sizes of tree, a refit. */
const TUNED = { rate: 0.05, rounds: 2000, patience: 50, depths: [4, 6, 8] };

interface Training {
  data: Dataset;
  labels: Float64Array;
  seed: number;
  /** The rows' places in time, where they have any. */
  times?: Float64Array;
}

const LEARNERS: Record<string, (training: Training, test: Dataset) => Float64Array> = {
  leadrank: ({ data, labels, ...options }, test) => createScorer(fit(data, labels, options)).rawBatch(test).map(sigmoid),
  'leadrank-random-stop': ({ data, labels, seed }, test) =>
    createScorer(fit(data, labels, { seed })).rawBatch(test).map(sigmoid),
  'leadrank-tuned': (training, test) => createScorer(tuned(training)).rawBatch(test).map(sigmoid),
  'leadrank-product'(training, test) {
    const { model, calibration } = trainModel(training);
    return createScorer(model)
      .rawBatch(test)
      .map((raw) => calibrate(calibration, raw));
  },
};

function tuned({ data, labels, seed }: Training): ReturnType<typeof fit> {
  const source = random(`stop ${seed}`);
  const isJudge = Array.from(labels, () => source.uniform() < 1 / 8);
  const [judge, rest] = [true, false].map((side) => Int32Array.from(labels.keys()).filter((row) => isJudge[row] === side));
  const validation = { data: takeRows(data, judge!), labels: take(labels, judge!) };
  let best: FitOptions = {};
  let bestLoss = Infinity;
  for (const depth of TUNED.depths) {
    const options = { seed, depth, learningRate: TUNED.rate };
    let [trees, loss] = [1, Infinity];
    fit(takeRows(data, rest!), take(labels, rest!), {
      ...options,
      trees: TUNED.rounds,
      patience: TUNED.patience,
      validation,
      onProgress: (tree, value) => value < loss && ([trees, loss] = [tree, value]),
    });
    if (loss < bestLoss) [best, bestLoss] = [{ ...options, trees }, loss];
  }
  return fit(data, labels, best);
}

function take(values: Float64Array, rows: Int32Array): Float64Array {
  return Float64Array.from(rows, (row) => values[row]!);
}

mkdirSync(join(build, 'out'), { recursive: true });
for (const source of SOURCES.filter(({ name }) => only.length === 0 || only.includes(slug(name)))) {
  const table = await readTable(source, shared, build);
  for (let seed = Number(first); seed <= Number(last); seed++) {
    const path = outputOf(build, { table: source.name, seed, learner });
    if (existsSync(path)) continue;
    const { train, test } = foldOf(table, seed, source.inTime === true);
    const training = {
      data: takeRows(table.data, train),
      labels: take(table.labels, train),
      seed,
      ...(source.inTime && { times: Float64Array.from(train) }),
    };
    const began = performance.now();
    writeFileSync(path, LEARNERS[learner]!(training, takeRows(table.data, test)));
    process.stdout.write(`${slug(source.name)} ${seed} ${learner} ${((performance.now() - began) / 1000).toFixed(1)} s\n`);
  }
}
