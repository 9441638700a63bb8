import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY } from '../base/index.ts';
import { createGate, isRejection, memoryIdentities, type Event } from '../events/index.ts';
import { LEAD_FEATURES } from '../features/index.ts';
import { memoryLog, type Log } from '../log/index.ts';
import type { SamplePlan } from './replay/plan.ts';
import { sampleLog, type Samples } from './samples.ts';

const START = Date.UTC(2026, 0, 5);
const DAYS = 40;
const HORIZON = 10;

/** What may happen to a few leads over forty days, in order of time. */
const worlds = fc.array(
  fc.record({
    time: fc.integer({ min: 0, max: DAYS * 24 }).map((hour) => START + hour * (DAY / 24)),
    lead: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
    what: fc.constantFrom(
      ['web.visited', { page: 'pricing', seconds: 20 }], ['call.logged', { outcome: 'connected' }], ['email.opened', {}],
      ['lead.changed', { industry: 'energy', rating: 'Hot' }], ['lead.changed', { employees: 12 }], ['meeting.held', {}],
      ['lead.converted', {}], ['lead.closed', {}], ['web.visited', { page: 'home' }], ['lead.changed', { industry: 'retail' }],
    ),
  }),
  { maxLength: 60 },
).map((happenings) => [
  ...['a', 'b', 'c', 'd', 'e'].map((lead, i) => raw(START + i * 5 * DAY, lead, 'lead.created', { owner: 'rep', lead_source: 'Web' }, i)),
  ...happenings.map(({ time, lead, what: [type, data] }, i) => raw(time + i + 1, lead, type as string, data as object, i + 5)),
].toSorted((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : 0)));

function raw(time: number, lead: string, type: string, data: object, number: number) {
  return { specversion: '1.0', id: `e${number}`, source: 'test', type, subject: lead, time: new Date(time).toISOString(), data };
}

const gate = createGate({ identities: memoryIdentities(), clock: () => START + 3 * DAYS * DAY });

function pass(event: unknown): Event {
  const passed = gate.parse(event, { scopes: ['crm', 'web', 'email', 'telephony'] });
  if (isRejection(passed)) throw new Error(passed.message);
  return passed;
}

async function logOf(events: readonly Event[]): Promise<Log> {
  const log = memoryLog({ clock: () => START });
  await log.append(events, { knownAt: (event) => event.time });
  return log;
}

const sample = async (events: readonly Event[], until: number, plan: Partial<SamplePlan> = {}): Promise<Samples> =>
  sampleLog({ log: await logOf(events), features: LEAD_FEATURES, plan: { until, horizon: HORIZON * DAY, ...plan } });

/** The samples as rows of plain values. */
function rowsOf({ data, labels, times, subjects }: Samples): { time: number; label: number; lead: string; values: unknown[] }[] {
  return subjects.map((lead, row) => ({
    time: times[row]!,
    label: labels[row]!,
    lead,
    values: data.columns.map((column) => column.kind === 'numeric' ? column.values[row] : (column.levels[column.codes[row]!] ?? null)),
  }));
}

describe('the training set', () => {
  it('does not change when what became known later is deleted', async () => {
    await fc.assert(fc.asyncProperty(worlds, fc.integer({ min: HORIZON, max: DAYS }), async (world, day) => {
      const events = world.map(pass);
      const until = START + day * DAY;
      const all = rowsOf(await sample(events, START + DAYS * DAY));
      const early = rowsOf(await sample(events.filter((event) => event.time <= until), until));
      expect(early).toEqual(all.filter((row) => row.time + HORIZON * DAY <= until));
    }), { numRuns: 30 });
  });

  it('shows features as of the sample, whatever happens within its horizon', async () => {
    await fc.assert(fc.asyncProperty(worlds, fc.integer({ min: 0, max: DAYS }), async (world, day) => {
      const events = world.map(pass);
      const cut = START + day * DAY;
      const end = START + DAYS * DAY;
      const before = ({ time, lead, values }: ReturnType<typeof rowsOf>[number]) => ({ time, lead, values });
      const all = rowsOf(await sample(events, end)).filter((row) => row.time <= cut).map(before);
      const blind = rowsOf(await sample(events.filter((event) => event.time <= cut), end)).filter((row) => row.time <= cut).map(before);
      expect(blind).toEqual(all);
    }), { numRuns: 30 });
  });

  it('is the same for a history that was imported out of order', async () => {
    await fc.assert(fc.asyncProperty(worlds, fc.nat(), async (world, turn) => {
      const events = world.map(pass);
      const at = turn % events.length;
      const late = await sample([...events.slice(at), ...events.slice(0, at)], START + DAYS * DAY);
      const plain = await sample(events, START + DAYS * DAY);
      const sorted = (samples: Samples): unknown[] => rowsOf(samples).toSorted((a, b) => a.time - b.time || (a.lead < b.lead ? -1 : 1));
      expect(late.unripe).toBe(plain.unripe);
      expect(sorted(late)).toEqual(sorted(plain));
    }), { numRuns: 30 });
  });

  it('labels what converts within the horizon, and waits for it to be over', async () => {
    const events = [
      raw(START, 'a', 'lead.created', { owner: 'rep', industry: 'energy' }, 0),
      raw(START + 5 * DAY, 'a', 'lead.converted', {}, 1),
      raw(START, 'b', 'lead.created', { owner: 'rep' }, 2),
      raw(START + 12 * DAY, 'b', 'lead.converted', {}, 3),
      raw(START + 20 * DAY, 'c', 'lead.created', { owner: 'rep' }, 4),
    ].map(pass);
    const samples = await sampleLog({ log: await logOf(events), features: LEAD_FEATURES, plan: { until: START + 30.5 * DAY, horizon: 10 * DAY, moments: 'at ages', ages: [0.25, 1, 3, 7].map((days) => days * DAY) } });
    const seen = rowsOf(samples).map(({ time, label }) => [(time - START) / DAY, label]);
    // a at ¼, 1 and 3 days, b at ¼, 1, 3 and 7; a has converted by day 7, b does so on day 12
    expect(seen.toSorted(([a, x], [b, y]) => a! - b! || x! - y!)).toEqual([[0.25, 0], [0.25, 1], [1, 0], [1, 1], [3, 1], [3, 1], [7, 1], [20.25, 0]]);
    expect(samples.unripe).toBe(3);
    const rowsOfGroup = [0, 1, 2].map((group) => samples.groups.filter((other) => other === group).length);
    expect(rowsOfGroup.toSorted()).toEqual([1, 3, 4]);
    expect(rowsOf(samples).filter(({ values }) => values[1] === 'energy')).toHaveLength(3);
  });

  it('goes on for as long as a record is open, for lists hold it as long', async () => {
    const events = [
      raw(START, 'a', 'lead.created', { owner: 'rep' }, 0),
      raw(START, 'b', 'lead.created', { owner: 'rep' }, 1),
      raw(START + 45 * DAY, 'b', 'lead.closed', {}, 2),
    ].map(pass);
    const times = (await sample(events, START + 110 * DAY, { moments: 'at ages' })).times.map((time) => (time - START) / DAY);
    const young = [0.25, 1, 3, 7, 14, 21, 30, 40];
    expect([...times].toSorted((x, y) => x - y)).toEqual([...young.flatMap((age) => [age, age]), 50, 60, 75, 90]);
  });

  it('stops when it is told to', async () => {
    const log = await logOf([pass(raw(START, 'a', 'lead.created', { owner: 'rep' }, 0))]);
    await expect(sampleLog({ log, features: LEAD_FEATURES, plan: { until: START }, signal: AbortSignal.abort() })).rejects.toThrow(/abort/iu);
  });
});
