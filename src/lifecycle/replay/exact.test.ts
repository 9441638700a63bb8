import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY, HOUR, random } from '../../base/index.ts';
import type { Event, FieldValue, LoggedEvent, SubjectId } from '../../events/index.ts';
import { openMemoryState, type Entity, type FeatureKind, type FeatureSpec } from '../../features/index.ts';
import { memoryLog, openLog, type Log } from '../../log/index.ts';
import { replayLog } from '../samples.ts';
import type { SampleTable } from './assemble.ts';

const START = Date.UTC(2026, 0, 5);
const END = START + 40 * DAY;

const spec = (name: string, kind: FeatureKind, source = 'salesforce', entity: Entity = 'lead'): FeatureSpec =>
  ({ name, entity, kind, theme: 't', sentence: 's', source, owner: 'o', privacy: 'plain' });
const visits = { op: 'count', event: ['web.visited'], window: 7 * DAY } as const satisfies object;

const FEATURES: FeatureSpec[] = [
  spec('industry', { op: 'latest', event: ['lead.created', 'lead.changed'], field: 'industry', type: 'categorical' }),
  spec('status', { op: 'first', event: ['lead.created', 'lead.changed'], field: 'status', type: 'categorical' }),
  spec('employees', { op: 'latest', event: ['lead.created', 'lead.changed'], field: 'employees', type: 'numeric' }),
  spec('visits', { ...visits, event: [...visits.event] }, 'web'),
  spec('pricing', { op: 'count', event: ['web.visited'], window: 7 * DAY, where: { field: 'page', in: ['pricing'] } }, 'web'),
  spec('interest', { op: 'decayed', event: ['web.visited', 'email.clicked'], halfLife: 3 * DAY }, 'web'),
  spec('last', { op: 'sequence', event: ['web.visited', 'call.logged'], place: 0 }, 'telephony'),
  spec('account_visits', { op: 'cross', entity: 'account', count: 'others', kind: { op: 'count', event: ['web.visited'], window: 7 * DAY } }, 'web'),
  spec('account_won', { op: 'cross', entity: 'account', kind: { op: 'sum', event: ['opportunity.won'], field: 'amount', window: 90 * DAY } }),
  spec('overdue', { op: 'cross', entity: 'account', kind: { op: 'daily', event: ['erp.daily'], field: 'amount_overdue', type: 'numeric', read: 'value' } }, 'erp'),
  spec('team_new', { op: 'cross', entity: 'owner', kind: { op: 'count', event: ['lead.created'], window: 7 * DAY } }),
  spec('campaign_visits', { op: 'cross', entity: 'campaign', kind: { op: 'count', event: ['web.visited'], window: 7 * DAY } }, 'web'),
];

type What = readonly [string, string, Record<string, FieldValue>];
const of = (kind: string, ...names: string[]) => fc.constantFrom(...names.map((name) => `${kind}_${name}`));
const lead = of('ld', 'a', 'b', 'c');
const what = (type: string, subject: fc.Arbitrary<string>, data: fc.Arbitrary<object>): fc.Arbitrary<What> =>
  fc.tuple(fc.constant(type), subject, data as fc.Arbitrary<Record<string, FieldValue>>);

const happenings = fc.oneof(
  what('web.visited', fc.oneof(lead, of('vi', 'v', 'w')), fc.record({ page: fc.constantFrom('pricing', 'home'), seconds: fc.nat(99) })),
  what('email.clicked', lead, fc.constant({})),
  what('call.logged', lead, fc.constant({ outcome: 'connected' })),
  what('lead.changed', lead, fc.record({ industry: fc.constantFrom('retail', 'energy', null), employees: fc.constantFrom(5, 70, null), status: fc.constant('open') }, { requiredKeys: [] })),
  what('lead.changed', lead, fc.record({ owner: of('us', 'p', 'q'), account: of('ac', 'x', 'y'), campaign_id: of('cp', 'k', 'l') }, { requiredKeys: [] })),
  what('lead.converted', lead, fc.constant({})),
  what('lead.closed', lead, fc.constant({})),
  what('impression.shown', lead, fc.record({ user: of('us', 'p'), decision: of('d', '1', '2', '3'), position: fc.constant(1), list: fc.constant('l') })),
  what('opportunity.won', of('op', 'm'), fc.record({ amount: fc.nat(500) })),
  what('erp.daily', of('ac', 'x', 'y'), fc.record({ day: fc.nat(30), amount_overdue: fc.nat(99) }).map(({ day, amount_overdue }) => ({ day: START + day * DAY, available: START + day * DAY + 6 * HOUR, amount_overdue }))),
  what('user.changed', of('us', 'p', 'q'), fc.record({ manager: of('us', 'boss', 'chief') })),
  what('link.visitor', of('vi', 'v', 'w'), fc.record({ lead })),
  what('record.merged', lead, fc.record({ loser: lead })),
);
const born: What[] = [
  ...['a', 'b', 'c'].map((id, i): What => ['lead.created', `ld_${id}`, { owner: 'us_p', account: i === 2 ? 'ac_y' : 'ac_x' }]),
  ['opportunity.created', 'op_m', { owner: 'us_q', account: 'ac_x', stage: 'none' }],
  ...['p', 'q', 'r', 's', 't'].map((id): What => ['user.changed', `us_${id}`, { manager: 'us_boss' }]),
];

/** Histories in the order of the log: what became known when, some of it delivered twice. */
const worlds = fc.tuple(fc.array(fc.tuple(happenings, fc.nat(39 * 24)), { maxLength: 60 }), fc.nat(), fc.array(fc.nat(60), { maxLength: 4 }))
  .map(([entries, seed, repeated]): LoggedEvent[] => {
    const dice = random(seed);
    const parts = [...born.map((one, i): [What, number] => [one, i]), ...entries];
    const events = parts.map(([[type, subject, data], hour], n) => {
      const time = START + hour * HOUR;
      const version = type === 'lead.created' ? 2 : 1;
      return { id: `e${n}`, source: 'test', type, version, subject, time, data, knownAt: time + (dice.below(3) === 0 ? dice.below(2 * DAY) : 0) } as unknown as LoggedEvent;
    });
    const arrived = events.toSorted((a, b) => a.knownAt - b.knownAt);
    const twice = arrived.flatMap((event, i) => (repeated.includes(i) ? [event, event] : [event]));
    const late = seed % 3 === 0 ? [...twice.slice(5), ...twice.slice(0, 5)] : twice; // a history that is imported late
    return late.map((event, offset) => Object.assign({}, event, { offset, received: START + 30 * DAY }));
  });

async function logOf(events: readonly LoggedEvent[]): Promise<Log> {
  const known = new Map(events.map((event) => [event.id, event.knownAt]));
  const log = memoryLog({ clock: () => START + 30 * DAY });
  await log.append(events, { knownAt: ({ id }) => known.get(id)! });
  return log;
}

const replay = async (events: readonly LoggedEvent[], until = END): Promise<SampleTable> =>
  replayLog({ log: await logOf(events), features: FEATURES, plan: { until, horizon: 10 * DAY }, threads: 0 });

/** The samples as plain rows. */
function rowsOf({ count, names, subjects, times, reasons, labels, columns, offsets }: SampleTable) {
  return Array.from({ length: count }, (_, row) => ({
    subject: names[subjects[row]!]!,
    time: times[row]!,
    reason: reasons[row]!,
    offset: offsets[row]!,
    label: labels[row]!,
    values: columns.map(({ values, words }) => (Number.isNaN(values[row]!) ? null : words === undefined ? values[row]! : (words.get(values[row]!) ?? null))),
  }));
}

/** What the live state shows of a lead when it has folded just these events. */
function live(events: readonly LoggedEvent[], subject: string, now: number): unknown {
  const state = openMemoryState({ features: FEATURES });
  state.fold(events.toSorted((a, b) => a.knownAt - b.knownAt || a.offset - b.offset).map((event, offset) => Object.assign({}, event, { offset })));
  return state.record(subject as SubjectId)?.vector(now).map((value) => (typeof value === 'number' ? Math.fround(value) : value));
}

describe('a replayed sample', () => {
  it('shows what the live state would have shown', async () => {
    await fc.assert(
      fc.asyncProperty(worlds, async (events) => {
        for (const { subject, time, reason, offset, values } of rowsOf(await replay(events))) {
          const known = events.filter(({ knownAt, offset: at }) => knownAt < time || (knownAt === time && (reason === 0 || at < offset)));
          expect(values).toEqual(live(known, subject, time));
        }
      }),
      { numRuns: 60 },
    );
  });

  it('does not change when everything that became known later is deleted', async () => {
    await fc.assert(
      fc.asyncProperty(worlds, fc.nat(40), async (events, day) => {
        const cut = START + day * DAY;
        const unlabelled = (table: SampleTable): unknown[] => rowsOf(table).filter(({ time }) => time <= cut).map(({ subject, time, reason, values }) => ({ subject, time, reason, values }));
        const blind = await replay(events.filter(({ knownAt }) => knownAt <= cut));
        // a decision that is shown later is deleted with the rest
        expect(unlabelled(blind)).toEqual(unlabelled(await replay(events)));
      }),
      { numRuns: 40 },
    );
  });

  it('is neither positive nor negative before its horizon is over', async () => {
    await fc.assert(
      fc.asyncProperty(worlds, fc.nat(40), async (events, day) => {
        const until = START + day * DAY;
        const all = new Map(rowsOf(await replay(events)).map((row) => [`${row.subject} ${row.time} ${row.reason} ${row.offset}`, row.label]));
        for (const { subject, time, reason, offset, label } of rowsOf(await replay(events, until))) {
          if (time + 10 * DAY > until) expect(label).toBeNaN();
          else expect(label).toBe(all.get(`${subject} ${time} ${reason} ${offset}`));
        }
      }),
      { numRuns: 30 },
    );
  });
});

describe('a replay', () => {
  it('gives the same from history and tail, on any number of threads', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'leadrank-replay-'));
    const events = fc.sample(worlds, { numRuns: 30, seed: 4 }).flatMap((world, n) =>
      world.map((event) => ({ ...event, id: `${n} ${event.id}`, subject: `${event.subject}${n % 7}`, data: Object.fromEntries(Object.entries(event.data).map(([key, value]) => [key, /^(ld|ac|us|cp)_/u.test(String(value)) ? `${value as string}${n % 7}` : value])) })));
    const known = new Map(events.map((event) => [event.id, event.knownAt]));
    const log = openLog({ path: join(folder, 'log'), clock: () => START + 30 * DAY });
    try {
      await log.append(events as unknown as Event[], { knownAt: ({ id }) => known.get(id)! });
      const replayed = async (threads: number): Promise<unknown> => rowsOf(await replayLog({ log, features: FEATURES, plan: { until: END, horizon: 10 * DAY }, threads }));
      const plain = await replayed(0);
      await log.compact({ keep: 100, size: Math.floor((log.end() - 100) / 2) });
      expect(await replayed(0)).toEqual(plain);
      expect(await replayed(2)).toEqual(plain);
      expect((plain as unknown[]).length).toBeGreaterThan(50);
    } finally {
      await log.close();
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('draws negatives by their weights and keeps every positive', async () => {
    const events = fc.sample(worlds, { numRuns: 1, seed: 9 })[0]!;
    const all = rowsOf(await replay(events));
    const drawn = await replayLog({ log: await logOf(events), features: FEATURES, plan: { until: END, horizon: 10 * DAY, negatives: 0.4 }, threads: 0 });
    const rows = rowsOf(drawn);
    expect(rows.filter(({ label }) => label === 1)).toEqual(all.filter(({ label }) => label === 1));
    expect(rows.filter(({ label }) => label === 0).length).toBeLessThan(all.filter(({ label }) => label === 0).length);
    for (const [row, { label }] of rows.entries()) expect(drawn.weights[row]).toBe(label === 0 ? 2.5 : 1);
  });
});
