import fc from 'fast-check';
import { DAY, HOUR, random } from '../../base/index.ts';
import type { LoggedEvent, SubjectId } from '../../events/index.ts';
import { openMemoryState, type Entity, type FeatureKind, type FeatureSpec } from '../../features/index.ts';
import { memoryLog, type Log } from '../../log/index.ts';
import { born, chains, happenings, HOURS, START, type What } from './happenings.fixture.ts';
import { kinOf, tyingBuckets } from './kin-job.ts';
import { joinKin } from './kin.ts';
import { layKin, openRoots, type Roots } from './roots.ts';
import type { SampleTable } from './sample-table.ts';
import { memoryScratch } from './scratch.ts';
import type { ReplaySource } from './source.ts';

/** Random histories in which records are linked, merged and moved, for tests of the replay. */
export { START };
export const END = START + 40 * DAY;

const spec = (name: string, kind: FeatureKind, source = 'salesforce', entity: Entity = 'lead'): FeatureSpec =>
  ({ name, entity, kind, theme: 't', sentence: 's', source, owner: 'o', privacy: 'plain' });
const visits = { op: 'count', event: ['web.visited'], window: 7 * DAY } satisfies FeatureKind;
const around = (entity: Entity, count: 'others' | 'all'): FeatureSpec[] => [
  spec('account_visits', { op: 'cross', entity: 'account', count, kind: visits }, 'web', entity),
  spec('account_won', { op: 'cross', entity: 'account', kind: { op: 'sum', event: ['opportunity.won'], field: 'amount', window: 90 * DAY } }, 'salesforce', entity),
  spec('account_interest', { op: 'cross', entity: 'account', count: 'others', kind: { op: 'decayed', event: ['web.visited', 'email.clicked'], halfLife: 3 * DAY } }, 'web', entity),
  spec('account_deals', { op: 'cross', entity: 'account', count: 'others', kind: { op: 'standing', event: ['opportunity.created', 'opportunity.reopened'], less: ['opportunity.won', 'opportunity.lost'] } }, 'salesforce', entity),
  spec('overdue', { op: 'cross', entity: 'account', kind: { op: 'daily', event: ['erp.daily'], field: 'amount_overdue', type: 'numeric', read: 'value' } }, 'erp', entity),
  spec('account_industry', { op: 'cross', entity: 'account', kind: { op: 'latest', event: ['account.created', 'account.changed'], field: 'industry', type: 'categorical' } }, 'salesforce', entity),
  spec('team_new', { op: 'cross', entity: 'owner', kind: { op: 'count', event: ['lead.created'], window: 7 * DAY } }, 'salesforce', entity),
  spec('team_calls', { op: 'cross', entity: 'owner', kind: { op: 'count', event: ['call.logged'], window: 7 * DAY } }, 'salesforce', entity),
  spec('campaign_visits', { op: 'cross', entity: 'campaign', kind: visits }, 'web', entity),
];

export const FEATURES: readonly FeatureSpec[] = [
  spec('industry', { op: 'latest', event: ['lead.created', 'lead.changed'], field: 'industry', type: 'categorical' }),
  spec('status', { op: 'first', event: ['lead.created', 'lead.changed'], field: 'status', type: 'categorical' }),
  spec('employees', { op: 'latest', event: ['lead.created', 'lead.changed'], field: 'employees', type: 'numeric' }),
  spec('visits', visits, 'web'),
  spec('pricing', { op: 'count', event: ['web.visited'], window: 7 * DAY, where: { field: 'page', in: ['pricing'] } }, 'web'),
  spec('interest', { op: 'decayed', event: ['web.visited', 'email.clicked'], halfLife: 3 * DAY }, 'web'),
  spec('last', { op: 'sequence', event: ['web.visited', 'call.logged'], place: 0 }, 'telephony'),
  ...around('lead', 'others'),
];

export const DEAL_FEATURES: readonly FeatureSpec[] = [
  spec('stage', { op: 'latest', event: ['opportunity.created', 'opportunity.changed'], field: 'stage', type: 'categorical' }, 'salesforce', 'opportunity'),
  spec('calls', { op: 'count', event: ['call.logged'], window: 7 * DAY }, 'telephony', 'opportunity'),
  spec('buyer_visits', visits, 'web', 'opportunity'),
  spec('buyer_interest', { op: 'decayed', event: ['web.visited', 'email.clicked'], halfLife: 3 * DAY }, 'web', 'opportunity'),
  spec('buyer_silence', { op: 'cross', entity: 'contact', kind: { op: 'since', event: ['web.visited'] } }, 'web', 'opportunity'),
  ...around('opportunity', 'all'),
];

/** Histories in the order of the log: what became known when, some of it delivered twice. */
export const worlds = fc
  .tuple(fc.array(fc.tuple(happenings, fc.nat(HOURS)), { maxLength: 60 }), fc.array(chains, { maxLength: 3 }), fc.nat(), fc.array(fc.nat(60), { maxLength: 4 }))
  .map(([entries, chained, seed, repeated]): LoggedEvent[] => {
    const dice = random(seed);
    const parts = [...born.map((one, i): [What, number] => [one, i]), ...entries, ...chained.flat()];
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

export async function logOf(events: readonly LoggedEvent[]): Promise<Log> {
  const known = new Map(events.map((event) => [event.id, event.knownAt]));
  const log = memoryLog({ clock: () => START + 30 * DAY });
  await log.append(events, { knownAt: ({ id }) => known.get(id)! });
  return log;
}

/** Who belongs together in a log, as a replay finds them; `leaves`: how many are tied to nobody beyond their bucket. */
export function rootsIn(source: ReplaySource): { roots: Roots; leaves: number } {
  const scratch = memoryScratch();
  const ties: number[] = [];
  let leaves = 0;
  for (const bucket of tyingBuckets(source)) {
    const found = kinOf(source, bucket);
    layKin(scratch, found.leaves, bucket);
    ties.push(...found.ties);
    leaves += found.leaves.members.length;
  }
  layKin(scratch, joinKin(Float64Array.from(ties)));
  return { roots: openRoots(scratch), leaves };
}

/** The samples as plain rows. */
export function rowsOf({ count, names, subjects, times, reasons, labels, columns, offsets }: SampleTable) {
  return Array.from({ length: count }, (_, row) => ({
    subject: names[subjects[row]!]!,
    time: times[row]!,
    reason: reasons[row]!,
    offset: offsets[row]!,
    label: labels[row]!,
    values: columns.map(({ values, words }) => (Number.isNaN(values[row]!) ? null : words === undefined ? values[row]! : (words.get(values[row]!) ?? null))),
  }));
}

/**
 * What the live state shows of a record at a time, when it has folded just what was known before it, and of what became known right then
 * what lies before an offset. Asked in the order of these.
 */
export function liveOf(features: readonly FeatureSpec[], events: readonly LoggedEvent[]): (subject: string, time: number, before: number) => unknown {
  const state = openMemoryState({ features });
  const coming = events.toSorted((a, b) => a.knownAt - b.knownAt || a.offset - b.offset);
  let next = 0;
  return (subject, time, before) => {
    const from = next;
    while (next < coming.length && (coming[next]!.knownAt < time || (coming[next]!.knownAt === time && coming[next]!.offset < before))) next++;
    state.fold(coming.slice(from, next).map((event, at) => Object.assign({}, event, { offset: from + at })));
    return state.record(subject as SubjectId)?.vector(time).map((value) => (typeof value === 'number' ? Math.fround(value) : value));
  };
}
