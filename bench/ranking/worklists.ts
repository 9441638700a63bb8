// Generated worklists, and whether any of them violates what a list promises: `node bench/ranking/worklists.ts [LISTS] [SEED]`, 1,000,000 and 1.
// Then what arranging 400 candidates takes. Half of the lists are whole, so that pins can be told; each is arranged twice.
import { random } from '../../src/base/index.ts';
import { engine } from '../../src/rank/index.ts';
import { lookAt } from './violations.ts';
import { policiesOf, worklistOf } from './worlds.ts';

const [lists = 1_000_000, seed = 1] = process.argv.slice(2).map(Number);
const draw = random(seed);
const policies = policiesOf(draw, 200);
const found = new Map<string, number>();
const begun = process.cpuUsage();
for (let n = 0; n < lists; n++) {
  const worklist = worklistOf(draw, policies, draw.below(24));
  const whole = n % 2 === 0 ? { ...worklist, context: { ...worklist.context, limit: 100 } } : worklist;
  for (const violation of lookAt(whole)) found.set(violation, (found.get(violation) ?? 0) + 1);
  if (n % 50_000 === 49_999 && process.stderr.isTTY) process.stderr.write(`\r${n + 1} lists`);
}
const spent = process.cpuUsage(begun);
const seconds = (spent.user + spent.system) / 1e6;
process.stdout.write(`${lists.toLocaleString('en')} worklists, seed ${seed}: ${found.size === 0 ? 'none violates anything' : JSON.stringify([...found])}; ${seconds.toFixed(0)} s of processor\n`);
if (found.size > 0) process.exitCode = 1;

for (const size of [100, 400]) {
  const [wall, processor]: [number[], number[]] = [[], []];
  const worklists = Array.from({ length: 50 }, () => worklistOf(draw, policies, size));
  for (let n = 0; n < 2_200; n++) {
    const { candidates, context, policy, seed: lot } = worklists[n % worklists.length]!;
    const last = (n / worklists.length) % 2 < 1 ? engine.arrange(candidates, context, policy, lot).memory : null;
    const [from, used] = [process.hrtime.bigint(), process.cpuUsage()];
    engine.arrange(candidates, { ...context, limit: 20, last }, policy, lot);
    const { user, system } = process.cpuUsage(used);
    if (n < 200) continue;
    wall.push(Number(process.hrtime.bigint() - from) / 1e6);
    processor.push((user + system) / 1e3);
  }
  const at = (times: number[], share: number): string => times.toSorted((a, b) => a - b)[Math.floor(share * times.length)]!.toFixed(2);
  const told = (times: number[]): string => `p50 ${at(times, 0.5)} ms, p99 ${at(times, 0.99)} ms`;
  process.stdout.write(`arranging ${size} candidates for a list of 20: by the clock ${told(wall)}; processor ${told(processor)}\n`);
}
