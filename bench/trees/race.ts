// Trains leadrank and its peers on the same table, each in a fresh process, in turn; prints medians.
// Usage: node bench/trees/race.ts [--rate 0.1] ROWS TREES REPEATS NAME… (a name of train-peers.py, or leadrank,
// leadrank-1 on one thread, leadrank-mvs on 30 % of the rows, leadrank-tenth on 10 %)
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

interface Run {
  name: string;
  seconds: number;
  cpuSeconds: number;
  maxGb: number;
  auc: number;
}

const root = resolve(import.meta.dirname, '..', '..');
const { values: flags, positionals } = parseArgs({ allowPositionals: true, options: { rate: { type: 'string', default: '0.1' } } });
const [rows, trees, repeats, ...names] = positionals as [string, string, string, ...string[]];
const table = join(root, 'build', 'bench', `train-${rows}.f32`);
if (!existsSync(table)) execFileSync(process.execPath, [join(root, 'bench/trees/generate.ts'), rows, table]);

const settings = { trees: Number(trees), depth: 6, learningRate: Number(flags.rate), l2: 3, columnSample: 1, threads: 2 };
const OWN: Record<string, object> = {
  leadrank: settings,
  'leadrank-1': { ...settings, threads: 1 },
  'leadrank-mvs': { ...settings, sampling: 'mvs', subsample: 0.3 },
  'leadrank-tenth': { ...settings, sampling: 'mvs', subsample: 0.1 },
};

function run(name: string): Run {
  const [command, args] = OWN[name]
    ? [process.execPath, ['train-leadrank.ts', table, rows, JSON.stringify(OWN[name])]]
    : [join(root, 'build/peers/bin/python'), ['train-peers.py', table, rows, name, trees, '2', flags.rate]];
  const output = execFileSync(command, args, { cwd: import.meta.dirname, encoding: 'utf8' });
  return { ...(JSON.parse(output.trim().split('\n').at(-1)!) as Run), name };
}

const runs = Array.from({ length: Number(repeats) }, () => names.map(run)).flat();
const median = (values: number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
process.stdout.write('| | wall s | CPU s | memory GB | AUC |\n|---|---|---|---|---|\n');
for (const name of names) {
  const own = runs.filter((r) => r.name === name);
  const [wall, cpu, gb, auc] = [own.map((r) => r.seconds), own.map((r) => r.cpuSeconds), own.map((r) => r.maxGb), own.map((r) => r.auc)].map(median);
  process.stdout.write(`| ${name} | ${wall!.toFixed(1)} | ${cpu!.toFixed(1)} | ${gb!.toFixed(2)} | ${auc!.toFixed(4)} |\n`);
}
