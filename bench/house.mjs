// Lines per source file: median and 90th percentile. Usage: node bench/house.mjs
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const files = execFileSync('git', ['ls-files', 'src', 'salesforce/force-app', 'salesforce/host'], { encoding: 'utf8' })
  .split('\n')
  .filter((path) => /\.(ts|js|cls)$/.test(path));

for (const [label, wanted] of [['source', (path) => !/\.test\.|__tests__|Test\.cls$/.test(path)], ['tests', (path) => /\.test\.|__tests__|Test\.cls$/.test(path)]]) {
  const lines = files.filter(wanted).map((path) => readFileSync(path, 'utf8').split('\n').length - 1).toSorted((a, b) => a - b);
  const at = (share) => lines[Math.floor((lines.length - 1) * share)];
  process.stdout.write(`${label}: ${lines.length} files, median ${at(0.5)} lines, p90 ${at(0.9)}, largest ${at(1)}\n`);
}
