/** Do 95 % intervals of off-policy estimates hold the truth? `node bench/ranking/off-policy.ts [WORLDS] [SUBJECTS]`. */
import { binomialTest } from '../../src/experiment/index.ts';
import { covers, simulatedWorld } from '../../src/experiment/simulated.fixture.ts';

const [worlds = '400', subjects = '2500'] = process.argv.slice(2);
const ESTIMATORS = ['ips', 'snips', 'dr'] as const;
const held = Object.fromEntries(ESTIMATORS.map((name) => [name, { value: 0, gain: 0 }])) as Record<(typeof ESTIMATORS)[number], { value: number; gain: number }>;
for (let seed = 1; seed <= Number(worlds); seed++) {
  const world = simulatedWorld(1_000 + seed, { subjects: Number(subjects), population: 20_000 });
  for (const name of ESTIMATORS) {
    const { value, gain } = covers(world, name);
    held[name].value += Number(value);
    held[name].gain += Number(gain);
  }
}
const { user, system } = process.cpuUsage();
console.log(`${worlds} worlds of ${subjects} subjects, ${((user + system) / 1e6).toFixed(0)} s of processor`);
for (const name of ESTIMATORS) {
  for (const what of ['value', 'gain'] as const) {
    const n = held[name][what];
    console.log(`  ${name}, ${what}: ${n} hold the truth (${((100 * n) / Number(worlds)).toFixed(1)} %), p = ${binomialTest(n, Number(worlds), 0.95).toFixed(3)}`);
  }
}
