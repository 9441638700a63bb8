import { describe, expect, it } from 'vitest';
import { DAY } from '../src/base/index.ts';
import { createGate, isRejection, memoryIdentities, type Event, type IdentityMap } from '../src/events/index.ts';
import { LEAD_FEATURES } from '../src/features/index.ts';
import { sampleLog, trainModel, type Samples } from '../src/lifecycle/index.ts';
import { memoryLog } from '../src/log/index.ts';
import { loadWorld, world, type WorldOptions } from '../src/sandbox/index.ts';
import { oracleOf } from '../src/sandbox/world/truth.ts';

const START = Date.UTC(2026, 0, 5);
const DAYS = 182;
const AGE = 3;
const OPTIONS: WorldOptions = { seed: 1, start: START, leadsPerDay: 60 };
const SOURCES = { scopes: ['crm', 'web', 'email', 'telephony', 'marketing', 'erp', 'product'] } as const;

/** What a cell knows of each lead when it is three days old, through the gate and the fold that serve. */
async function look(options: WorldOptions): Promise<{ samples: Samples; identities: IdentityMap }> {
  const until = START + DAYS * DAY;
  const clock = (): number => until;
  const identities = memoryIdentities();
  const gate = createGate({ identities, clock });
  const log = memoryLog({ clock });
  let batch: Event[] = [];
  const flush = async (): Promise<void> => {
    await log.append(batch, { knownAt: ({ time }) => time });
    batch = [];
  };
  for (const { raw } of world(options).events(START, until)) {
    const event = gate.parse(raw, SOURCES);
    if (isRejection(event)) throw new Error(event.message);
    if (batch.push(event) === 5_000) await flush();
  }
  await flush();
  return { samples: await sampleLog({ log, features: LEAD_FEATURES, plan: { until, ages: [AGE * DAY], moments: 'at ages' }, threads: 0 }), identities };
}

describe('the default world', () => {
  it('can be told from what is observable as well as real leads can: its attainable AUC lies from .75 to .85', { timeout: 300_000 }, async () => {
    const { samples, identities } = await look(OPTIONS);
    const { data, labels, times, groups, subjects } = samples;
    const rate = labels.reduce((sum, label) => sum + label, 0) / labels.length;
    expect(rate).toBeGreaterThan(0.06);
    expect(rate).toBeLessThan(0.12);

    // From below: what a model reaches that sees nothing but what was observed.
    const { metrics } = trainModel({ data, labels, times, groups, seed: 1 }) as unknown as { metrics: { random: { auc: { value: number } } } };
    expect(metrics.random.auc.value).toBeGreaterThan(0.75);

    // From above: the true probability, given all that is hidden too.
    const oracle = oracleOf(OPTIONS);
    const known = subjects.flatMap((subject, i) => {
      if (i % 8 !== 0) return [];
      const chance = oracle.chance(identities.externalOf(subject)!, { age: AGE - 1, days: 30, courses: 60 });
      return chance === undefined ? [] : [{ score: chance, positive: labels[i] === 1 }];
    });
    const best = areaUnderCurve(known);
    expect(best).toBeGreaterThan(0.77);
    expect(best).toBeLessThan(0.86);
    // What it says is probable happens as often as it says.
    const expected = known.reduce((sum, { score }) => sum + score, 0);
    const happened = known.filter(({ positive }) => positive).length;
    expect(Math.abs(expected - happened)).toBeLessThan(4 * Math.sqrt(expected));
  });
});

describe('what a rep does', () => {
  it.each([
    ['default', 0.02, 1],
    ['no-effect', -0.012, 0.012],
    ['harmful-actions', -1, -0.002],
  ])('in the world %s: a meeting adds between %f and %f to the chance of a lead', (name, low, high) => {
    const options = { ...OPTIONS, leadsPerDay: 4, params: loadWorld(name) };
    const oracle = oracleOf(options);
    let gained = 0;
    let count = 0;
    for (const { raw } of world(options).events(START, START + 40 * DAY)) {
      if (!raw.type.startsWith('lead.created') || count === 100) continue;
      const question = { age: 2, days: 30, courses: 60 };
      const without = oracle.chance(raw.subject, question);
      const after = oracle.chance(raw.subject, { ...question, action: 'meeting' });
      if (without === undefined || after === undefined) continue;
      gained += after - without;
      count += 1;
    }
    expect(count).toBeGreaterThan(80);
    expect(gained / count).toBeGreaterThanOrEqual(low);
    expect(gained / count).toBeLessThanOrEqual(high);
  });
});

/** The chance that a positive has the higher score than a negative; ties count half. */
function areaUnderCurve(rows: readonly { score: number; positive: boolean }[]): number {
  const [positives, negatives] = [rows.filter((row) => row.positive), rows.filter((row) => !row.positive)];
  let won = 0;
  for (const { score } of positives) for (const other of negatives) won += Number(score > other.score) + Number(score === other.score) / 2;
  return won / (positives.length * negatives.length);
}
