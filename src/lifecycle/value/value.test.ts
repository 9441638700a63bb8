import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY, exp, random } from '../../base/index.ts';
import { amountOf } from '../../bundle/index.ts';
import { catalogue, type Event, type LoggedEvent, type SubjectId } from '../../events/index.ts';
import { gatherColumns, memoryLog } from '../../log/index.ts';
import { createScorer } from '../../trees/index.ts';
import { openSource } from '../replay/open-source.ts';
import { readDeals, type Deals } from './deals.ts';
import { paidOf } from './paid.ts';
import { FEWEST_PAID, trainValue, type ValueInput } from './train.ts';

const START = Date.UTC(2026, 0, 5);
const id = (text: string): SubjectId => text as SubjectId;

async function dealsOf(happenings: readonly (readonly [day: number, type: string, subject: string, data: object])[], until = START + 300 * DAY): Promise<Deals> {
  const log = memoryLog({ clock: () => START });
  const events = happenings.map(([day, type, subject, data], at) => (
    { id: `e${at}`, source: 'test', type, version: catalogue.byName.get(type)!.versions.length, subject, time: START + day * DAY, data } as unknown as Event));
  await log.append(events, { knownAt: ({ time }) => time });
  return readDeals(await openSource(log), until);
}

describe('the deals of a log', () => {
  it('are wins with the amount that they were won for, or with the last one before', async () => {
    const { won, currency } = await dealsOf([
      [0, 'opportunity.created', 'op_a', { owner: 'us_a', amount_home: 100, currency: 'EUR', conversion: 'home' }],
      [1, 'opportunity.changed', 'op_a', { amount_home: 80 }],
      [2, 'opportunity.won', 'op_a', {}],
      [0, 'opportunity.created', 'op_b', { owner: 'us_a', amount_home: 100, currency: 'USD', conversion: 'converted' }],
      [3, 'opportunity.won', 'op_b', { amount_home: 120 }],
      [4, 'opportunity.won', 'op_c', { amount: 7, currency: 'GBP', conversion: 'missing' }],
      [4, 'opportunity.lost', 'op_d', { amount_home: 5 }],
    ]);
    expect(currency).toBe('EUR');
    expect([...won].map(([subject, { amount }]) => [subject, amount]).toSorted()).toEqual([['op_a', 80], ['op_b', 120], ['op_c', null]]);
  });

  it('know nothing of what came later, and which lead became which', async () => {
    const happenings = [
      [0, 'lead.converted', 'ld_a', { opportunity: 'op_a' }],
      [0, 'lead.converted', 'ld_b', {}],
      [0, 'opportunity.created', 'op_b', { owner: 'us_a', lead: 'ld_b' }],
      [0, 'lead.converted', 'ld_c', {}],
      [5, 'opportunity.won', 'op_a', { amount_home: 9 }],
    ] as const;
    const early = await dealsOf(happenings, START + 4 * DAY);
    expect(early.won.size).toBe(0);
    expect(['ld_a', 'ld_b', 'ld_c'].map((lead) => early.converted.get(id(lead))!.opportunity)).toEqual(['op_a', 'op_b', null]);
    expect((await dealsOf(happenings)).won.size).toBe(1);
  });
});

it('deals are the same in whatever order their events are read', () => {
  const word = fc.constantFrom<readonly [string, string, object]>(
    ['opportunity.created', 'op_a', { owner: 'us_a', amount_home: 10, currency: 'EUR', conversion: 'home', lead: 'ld_a' }],
    ['opportunity.created', 'op_b', { owner: 'us_a', amount_home: 20, currency: 'USD', conversion: 'home', lead: 'ld_a' }],
    ['opportunity.changed', 'op_a', { amount_home: 30 }],
    ['opportunity.won', 'op_a', {}],
    ['opportunity.won', 'op_a', { amount_home: 40 }],
    ['lead.converted', 'ld_a', {}],
    ['lead.converted', 'ld_a', { opportunity: 'op_b' }],
  );
  const read = (events: readonly LoggedEvent[]): unknown => {
    const { won, converted, currency } = readDeals({ folder: null, segments: [], tail: events.map((event) => gatherColumns([{ event, repeat: false }])) }, START + 300 * DAY);
    return { won: [...won].toSorted(), converted: [...converted].toSorted(), currency };
  };
  const shuffled = fc.array(fc.tuple(fc.nat(2), word), { maxLength: 12 }).chain((words) => {
    const events = words.map(([day, [type, subject, data]], offset) => (
      { id: `e${offset}`, source: 'test', type, version: 1, subject, time: START, knownAt: START + day * DAY, received: START, offset, data } as unknown as LoggedEvent));
    return fc.tuple(fc.constant(events), fc.shuffledSubarray(events, { minLength: events.length }));
  });
  fc.assert(fc.property(shuffled, ([events, others]) => void expect(read(others)).toEqual(read(events))), { numRuns: 200 });
});

it('a lead paid what its opportunity was won for within 90 days; the share is of conversions that are old enough', async () => {
  const deals = await dealsOf([
    ...['a', 'b', 'c', 'd', 'e'].map((name) => [0, 'lead.converted', `ld_${name}`, { opportunity: `op_${name}` }] as const),
    [60, 'lead.converted', 'ld_f', { opportunity: 'op_f' }],
    [70, 'opportunity.won', 'op_f', { amount_home: 60 }],
    [10, 'opportunity.won', 'op_a', { amount_home: 50 }],
    [95, 'opportunity.won', 'op_b', { amount_home: 50 }],
    [20, 'opportunity.won', 'op_c', { amount: 50, conversion: 'missing' }],
  ]);
  const { amounts, share, judged } = paidOf('lead', deals, START + 100 * DAY);
  expect([...amounts].toSorted()).toEqual([['ld_a', 50], ['ld_f', 60]]);
  expect(judged).toBe(4); // c has no amount in the home currency, f is not old enough
  expect(share).toBe(1 / 4);
  expect([...paidOf('opportunity', deals, START + 100 * DAY).amounts.keys()].toSorted()).toEqual(['op_a', 'op_b', 'op_f']);
});

/** Records of companies whose size tells the amount, each sampled a few times; every second one paid. */
function input(records: number, of: Partial<ValueInput> = {}): ValueInput {
  const draw = random(3);
  const subjects: SubjectId[] = [];
  const sizes: number[] = [];
  const amounts = new Map<SubjectId, number>();
  for (let record = 0; record < records; record++) {
    const subject = id(`op_${record}`);
    const size = draw.uniform() * 4;
    if (record % 2 === 0) amounts.set(subject, exp(6 + size + 0.3 * draw.normal()));
    for (let sample = 0; sample <= record % 3; sample++) {
      subjects.push(subject);
      sizes.push(size);
    }
  }
  const values = (of2: (row: number) => number): Float64Array => Float64Array.from(subjects, (_, row) => of2(row));
  return {
    samples: {
      subjects,
      times: values((row) => START + row * DAY),
      data: {
        rows: subjects.length,
        columns: [
          { kind: 'numeric', name: 'size', values: values((row) => sizes[row]!) },
          { kind: 'numeric', name: 'amount', values: values((row) => amounts.get(subjects[row]!) ?? 1) },
          { kind: 'numeric', name: 'noise', values: values(() => draw.uniform()) },
        ],
      },
    },
    paid: { amounts, share: 0.5, judged: records },
    currency: 'EUR',
    own: 'amount',
    blind: [],
    seed: 1,
    ...of,
  };
}

describe('a value model', () => {
  it('says on average what was paid, times the share that pays, and follows what tells', () => {
    const given = input(400);
    const { value, lack } = trainValue(given);
    expect(lack).toBeNull();
    expect(value).toMatchObject({ own: 'amount', currency: 'EUR' });
    const { trees, ...how } = value.model!;
    expect(trees.features.map(({ name }) => name)).toEqual(['size', 'noise']);
    const scorer = createScorer(trees);
    const worth = (size: number): number => amountOf(how, scorer.raw([size, 0.5]));
    const truth = (size: number): number => 0.5 * exp(6 + size + 0.045);
    for (const size of [0.5, 2, 3.5]) expect(worth(size) / truth(size)).toBeGreaterThan(0.6);
    for (const size of [0.5, 2, 3.5]) expect(worth(size) / truth(size)).toBeLessThan(1.6);
    const { random: byChance } = value.metrics as { random: { said: number; mean: number } };
    expect(byChance.said / byChance.mean).toBeGreaterThan(0.9);
    expect(byChance.said / byChance.mean).toBeLessThan(1.1);
    expect(trainValue(given)).toEqual({ value, lack });
  });

  it('is not made of thin history, which is said; a record’s own amount still counts', () => {
    const few = trainValue(input(2 * FEWEST_PAID - 2));
    expect(few.lack).toMatch(/49 records with a won amount/u);
    expect(few.value).toMatchObject({ own: 'amount', model: null });
    const young = trainValue(input(400, { paid: { ...input(400).paid, share: null, judged: 0 } }));
    expect(young.lack).toMatch(/0 outcomes are old enough/u);
  });
});
