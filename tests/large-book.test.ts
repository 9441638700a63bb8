import { expect, test } from 'vitest';
import { bookIn } from '../src/audit/made-from.ts';
import { DAY, random } from '../src/base/index.ts';
import type { SubjectId } from '../src/events/index.ts';
import { type LeadRecord, type State } from '../src/features/index.ts';
import { assessmentFixture } from '../src/rank/arrange/candidates.fixture.ts';
import { idFixture, NOW } from '../src/rank/candidates/book.fixture.ts';
import { DEFAULT_POLICY, engine, readerOf } from '../src/rank/index.ts';
import { createBooks } from '../src/serve/books.ts';
import { decideFixture, foldedFixture, type Told } from '../src/serve/decide.fixture.ts';
import type { Decide } from '../src/serve/index.ts';
import { createSelecting } from '../src/serve/selecting.ts';

const owner = 'us_00000000000000000000' as SubjectId;
const SIZE = 700;

/** A book of leads of which every third was on the site lately. */
function stateOf(): State {
  const draw = random(1);
  const told = Array.from({ length: SIZE }, () => idFixture(draw)).flatMap((subject, n) => {
    const created = { type: 'lead.created', subject, time: NOW - 30 * DAY, data: { owner } };
    return n % 3 === 0 ? [created, { type: 'web.visited', subject, time: NOW - (n % 5) * DAY, data: { page: 'home' } }] : [created];
  });
  return foldedFixture(told);
}

test('a list of a large book is selected again from what the journal keeps of it, byte for byte', async () => {
  const state = stateOf();
  const policy = engine.parsePolicy(DEFAULT_POLICY);
  const judge = (record: LeadRecord) => ({ assessment: assessmentFixture(record.subject, { probability: Number.parseInt(record.subject.slice(3, 7), 36) / 36 ** 4 }), fields: {} });
  const books = createBooks({ clock: () => NOW, state, worth: (subject) => ({ urgency: Number.parseInt(subject.slice(3, 7), 36), value: null, raw: 0, score: 0 }) });
  const options = { user: owner, now: NOW, seed: 5 };
  const select = createSelecting({ state, code: engine, policy, books });
  expect(select(options, judge).from.books).toEqual({ [owner]: null }); // nobody has looked yet
  await books.survey(owner);
  const selected = select(options, judge);
  expect(selected.considered).toBeLessThanOrEqual(policy.candidates.most);
  expect(selected.from.books[owner]).toMatchObject({ size: SIZE, best: { length: 120 } });
  const best = state.owned(owner).toSorted().at(-1)!; // the greatest by the first characters of its id
  expect(selected.candidates.map(({ assessment }) => assessment.subject)).toContain(best);

  const journalled = JSON.parse(JSON.stringify(selected.from)) as typeof selected.from;
  const again = engine.select(readerOf(state, bookIn(journalled)), options, policy, judge);
  expect(again.candidates.map(({ assessment, sources, drawn }) => [assessment.subject, sources, drawn]))
    .toEqual(selected.candidates.map(({ assessment, sources, drawn }) => [assessment.subject, sources, drawn]));
  await books.stop();
});

const SOURCES = ['Test', 'Referral', 'Fair', 'Web'] as const;

/** Leads of as many of each source; those of a test were on the site most, and those of a fair have been called in vain. */
function sourcesState(each: number): { state: State; of(source: (typeof SOURCES)[number]): string[] } {
  const draw = random(2);
  const bySource = Object.fromEntries(SOURCES.map((source) => [source, Array.from({ length: each }, () => idFixture(draw))])) as Record<(typeof SOURCES)[number], string[]>;
  const told = SOURCES.flatMap((source) => bySource[source].flatMap((subject): Told[] => {
    const visits = { Test: 4, Referral: 0, Fair: 3, Web: 1 }[source];
    const calls = source === 'Fair' ? 9 : 0;
    return [
      { type: 'lead.created', subject, time: NOW - 20 * DAY, data: { owner, lead_source: source } },
      ...Array.from({ length: visits }, (_, n) => ({ type: 'web.visited', subject, time: NOW - (5 + n) * DAY, data: { page: 'pricing' } })),
      ...Array.from({ length: calls }, (_, n) => ({ type: 'call.logged', subject, time: NOW - 2 * DAY + n, data: { outcome: 'voicemail', user: owner } })),
    ];
  }));
  return { state: foldedFixture(told), of: (source) => bySource[source].toSorted() };
}

/** Decides by the rules, of a large book by the source `owned` alone. */
function decideOwned(state: State, over: object = {}): Decide {
  const { adjustments, candidates } = DEFAULT_POLICY;
  const still = adjustments.filter(({ name }) => !['fairness', 'steady', 'exploration', 'capacity'].includes(name));
  const quotas = { deadline: 0, hot: 0, 'another-look': 0, territory: 0, exploration: 0, owned: 10 };
  return decideFixture({ clock: () => NOW, state, policy: { adjustments: still, candidates: { ...candidates, quotas }, ...over } }).decide;
}

test('of a large book come those that its list would be of: neither what a flag leaves out nor whom fatigue holds back takes a place', async () => {
  const { state, of } = sourcesState(30);
  const decide = decideOwned(state);
  await decide.settled(owner);
  const { decisions, leftOut, counts } = await decide.list(owner, 10);
  expect([counts.owned, leftOut, decisions.length]).toEqual([10, [], 10]);
  for (const { subject } of decisions) expect(of('Web')).toContain(subject);
});

test('of a large book come those that the policy weighs up', async () => {
  const { state, of } = sourcesState(30);
  const weights = { name: 'weights', rules: [{ id: 'referrals', factor: 5, when: [{ feature: 'lead_source', is: '=', value: 'Referral' }] }] };
  const decide = decideOwned(state, { adjustments: [...DEFAULT_POLICY.adjustments.filter(({ name }) => name === 'fatigue'), weights] });
  await decide.settled(owner);
  const { decisions } = await decide.list(owner, 10);
  expect(decisions).toHaveLength(10);
  for (const { subject } of decisions) expect(of('Referral')).toContain(subject);
});
