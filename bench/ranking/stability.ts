// How much a list of 20 moves while it is refreshed every quarter of an hour from 9 to 17: `node bench/ranking/stability.ts [USERS] [SEED]`.
// Each quarter of an hour the chance of every twentieth record is another by a few per cent, and something happens to one in two hundred.
import { DAY, HOUR, MINUTE, random, type Random } from '../../src/base/index.ts';
import { DEFAULT_POLICY, engine, type Candidate, type ListContext, type Policy } from '../../src/rank/index.ts';
import { candidateOf } from './worlds.ts';

const [users = 100, seed = 1] = process.argv.slice(2).map(Number);
const MONDAY = Date.UTC(2026, 2, 2);
const LIMIT = 20;

/** The same records a quarter of an hour later. */
function later(all: readonly Candidate[], draw: Random, now: number): Candidate[] {
  return all.map((candidate): Candidate => {
    const { assessment, facts } = candidate;
    const chance = draw.uniform() < 1 / 20 ? Math.min(0.99, assessment.probability! * (0.95 + 0.1 * draw.uniform())) : assessment.probability!;
    const news = draw.uniform() < 1 / 200;
    return { ...candidate, assessment: { ...assessment, probability: chance }, facts: news ? { ...facts, lastEvent: now } : facts };
  });
}

interface Moved {
  refreshes: number;
  unchanged: number;
  /** Pairs of records of both lists that changed their order, and all such pairs. */
  swapped: number;
  pairs: number;
}

function day(user: number, policy: Policy, moved: Moved): void {
  const draw = random(seed).fork(user);
  let all: Candidate[] = Array.from({ length: 200 }, (_, n) => candidateOf(draw, `ld_${n}`, MONDAY + 9 * HOUR));
  let last: ListContext['last'] = null;
  let before: string[] | null = null;
  for (let now = MONDAY + 9 * HOUR; now <= MONDAY + 17 * HOUR; now += 15 * MINUTE) {
    const { items, memory } = engine.arrange(all, { now, user: `us_${user}`, limit: LIMIT, last }, policy, user + Math.floor(now / DAY));
    const order = items.map(({ subject }) => subject);
    if (before !== null) count(before, order, moved);
    [before, last] = [order, memory];
    all = later(all, draw, now);
  }
}

function count(before: readonly string[], after: readonly string[], moved: Moved): void {
  const both = before.filter((subject) => after.includes(subject));
  moved.refreshes++;
  if (before.join() === after.join()) moved.unchanged++;
  both.forEach((a, at) => {
    for (const b of both.slice(at + 1)) {
      moved.pairs++;
      if (after.indexOf(a) > after.indexOf(b)) moved.swapped++;
    }
  });
}

const without = engine.parsePolicy({ ...DEFAULT_POLICY, adjustments: DEFAULT_POLICY.adjustments.filter(({ name }) => name !== 'steady') });
for (const [name, policy] of [['steady', engine.parsePolicy(DEFAULT_POLICY)], ['not steady', without]] as const) {
  const moved: Moved = { refreshes: 0, unchanged: 0, swapped: 0, pairs: 0 };
  for (let user = 0; user < users; user++) day(user, policy, moved);
  const percent = (part: number, of: number): string => `${((100 * part) / of).toFixed(2)} %`;
  process.stdout.write(`${name}: of ${moved.refreshes} refreshes ${percent(moved.unchanged, moved.refreshes)} changed nothing; of the pairs on both lists ${percent(moved.swapped, moved.pairs)} changed their order\n`);
}
