import { DAY, HOUR } from '../../src/base/index.ts';
import type { FeatureKind, FeatureSpec } from '../../src/features/index.ts';

const spec = (name: string, kind: FeatureKind): FeatureSpec =>
  ({ name, entity: 'lead', kind, theme: 't', sentence: 's', source: 'bench', owner: 'o', privacy: 'plain' });
const LEAD = ['lead.created', 'lead.changed'];
const count = (name: string, event: string[], days: number, where?: { field: string; in: string[] }): FeatureSpec =>
  spec(`${name}_${days}d`, { op: 'count', event, window: days * DAY, tile: days > 7 ? DAY : 6 * HOUR, ...(where && { where }) });

/** Aggregates that SQL can state exactly: no decay, no sketches. */
export const SQL_FEATURES: readonly FeatureSpec[] = [
  ...['industry', 'country', 'title', 'rating', 'status'].map((field) => spec(field, { op: 'latest', event: LEAD, field, type: 'categorical' })),
  spec('lead_source', { op: 'first', event: LEAD, field: 'lead_source', type: 'categorical' }),
  ...['employees', 'annual_revenue'].map((field) => spec(field, { op: 'latest', event: LEAD, field, type: 'numeric' })),
  count('web_visits', ['web.visited'], 7),
  count('web_visits', ['web.visited'], 30),
  count('pricing_visits', ['web.visited'], 14, { field: 'page', in: ['pricing'] }),
  spec('web_seconds_7d', { op: 'sum', event: ['web.visited'], field: 'seconds', window: 7 * DAY, tile: 6 * HOUR }),
  count('forms', ['web.form_submitted'], 30),
  count('emails_sent', ['email.sent'], 14),
  count('emails_opened', ['email.opened'], 14),
  count('emails_clicked', ['email.clicked'], 14),
  count('emails_replied', ['email.replied'], 30),
  count('calls_connected', ['call.logged'], 30, { field: 'outcome', in: ['connected'] }),
  count('calls_missed', ['call.logged'], 14, { field: 'outcome', in: ['voicemail', 'no_answer'] }),
  count('meetings', ['meeting.booked', 'meeting.held'], 30),
  spec('days_since_visit', { op: 'since', event: ['web.visited'] }),
  spec('days_since_reply', { op: 'since', event: ['email.replied'] }),
  spec('days_since_call', { op: 'since', event: ['call.logged'] }),
  spec('lead_age', { op: 'since', event: ['lead.created'] }),
];

/** The same feature over the events `e` of a sample `s`, as of `s.t` (ms), as a SQL aggregate. */
export function sqlOf({ kind }: FeatureSpec): string {
  if (kind.op === 'cross' || !('event' in kind)) throw new Error('no SQL for it');
  const where = 'where' in kind && kind.where?.in ? ` AND e.text_${kind.where.field} IN (${kind.where.in.map(quoted).join(', ')})` : '';
  const events = `e.type IN (${kind.event.map(quoted).join(', ')})${where}`;
  switch (kind.op) {
    case 'latest':
    case 'first': {
      const column = `e.${kind.type === 'numeric' ? 'number' : 'text'}_${kind.field}`;
      return `${kind.op === 'latest' ? 'arg_max' : 'arg_min'}(${column}, e.at) FILTER (WHERE ${events} AND ${column} IS NOT NULL)`;
    }
    case 'count':
    case 'sum': {
      const inside = `${events} AND e.at // ${kind.tile} BETWEEN s.t // ${kind.tile} - ${kind.window! / kind.tile!} AND s.t // ${kind.tile}`;
      return kind.op === 'count' ? `count(*) FILTER (WHERE ${inside})` : `coalesce(sum(e.number_${kind.field}) FILTER (WHERE ${inside}), 0)`;
    }
    case 'since':
      return `(s.t - max(e.at) FILTER (WHERE ${events})) / ${DAY}.0`;
    default:
      throw new Error('no SQL for it');
  }
}

const quoted = (text: string): string => `'${text}'`;
