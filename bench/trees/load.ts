// Times, in this fresh process, from a model's bytes to a scorer whose SHAP tables are ready: milliseconds by the clock
// and of the processor, as JSON. Called by score.ts. Usage: node bench/trees/load.ts MODEL
import { readFileSync } from 'node:fs';
import { load } from '../../src/trees/index.ts';
import { spent } from './timing.ts';

const bytes = readFileSync(process.argv[2]!);
const found = spent(() => {
  const scorer = load(bytes);
  scorer.contributions(scorer.features.map(() => null)); // the first explanation builds the tables
});
process.stdout.write(JSON.stringify(found));
