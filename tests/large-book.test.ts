import { expect, test } from 'vitest';
import { bookIn } from '../src/audit/made-from.ts';
import { DAY, random } from '../src/base/index.ts';
import type { LoggedEvent, SubjectId } from '../src/events/index.ts';
import { LEAD_FEATURES, openMemoryState, type LeadRecord } from '../src/features/index.ts';
import { assessmentFixture } from '../src/rank/arrange/candidates.fixture.ts';
import { idFixture, NOW } from '../src/rank/candidates/book.fixture.ts';
import { DEFAULT_POLICY, engine, readerOf } from '../src/rank/index.ts';
import { createBooks } from '../src/serve/books.ts';
import { createSelecting } from '../src/serve/selecting.ts';

const owner = 'us_00000000000000000000' as SubjectId;
const SIZE = 700;

/** A book of leads of which every third was on the site lately. */
function stateOf(): ReturnType<typeof openMemoryState> {
  const draw = random(1);
  const state = openMemoryState({ features: LEAD_FEATURES });
  const told = Array.from({ length: SIZE }, () => idFixture(draw)).flatMap((subject, n) => {
    const created = { type: 'lead.created', subject, time: NOW - 30 * DAY, data: { owner } };
    return n % 3 === 0 ? [created, { type: 'web.visited', subject, time: NOW - (n % 5) * DAY, data: { page: 'home' } }] : [created];
  });
  state.fold(told.map((event, offset) => Object.assign({ id: `e${offset}`, source: 's', version: 1, offset, received: event.time, knownAt: event.time }, event) as unknown as LoggedEvent));
  return state;
}

test('a list of a large book is selected again from what the journal keeps of it, byte for byte', async () => {
  const state = stateOf();
  const policy = engine.parsePolicy(DEFAULT_POLICY);
  const judge = (record: LeadRecord) => ({ assessment: assessmentFixture(record.subject, { probability: Number.parseInt(record.subject.slice(3, 7), 36) / 36 ** 4 }), fields: {} });
  const books = createBooks({ clock: () => NOW, state, worth: (subject) => ({ urgency: Number.parseInt(subject.slice(3, 7), 36), value: null, raw: 0 }) });
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
