import { DAY } from '../base/index.ts';
import type { Condition, Entity, FeatureKind, FeatureSpec, KindOf, OwnKind, Where } from './spec.ts';

/** What a declaration says beside its kind. */
type Telling = Pick<FeatureSpec, 'theme' | 'sentence' | 'sentenceAbsent' | 'unit' | 'words' | 'source'> & Partial<Pick<FeatureSpec, 'owner' | 'privacy'>>;

/** Declares features of an entity: `of('lead')('web_visits_7d', count(['web.visited'], 7), { … })`. */
export const of = (entity: Entity) => (name: string, kind: FeatureKind, telling: Telling): FeatureSpec =>
  ({ name, entity, kind, owner: 'revops', privacy: 'plain', ...telling });

const narrowed = (where: Condition | undefined): Where => (where === undefined ? {} : { where });

/** A condition: the field holds one of these; with none given, anything. */
export const when = (field: string, ...values: string[]): Condition => ({ field, ...(values.length > 0 && { in: values }) });

export const latestNumber = (event: string[], field: string): FeatureKind & OwnKind => ({ op: 'latest', event, field, type: 'numeric' });
export const latestCategory = (event: string[], field: string): OwnKind => ({ op: 'latest', event, field, type: 'categorical' });
export const firstCategory = (event: string[], field: string): OwnKind => ({ op: 'first', event, field, type: 'categorical' });

/** A tile that a window is cut into instead of the usual one. */
export const inTiles = <K extends OwnKind>(days: number, kind: K): K => ({ ...kind, tile: days * DAY });

/** How many events in the last days; without days, ever. */
export const count = (event: string[], days?: number, where?: Condition): KindOf<'count'> =>
  ({ op: 'count', event, ...(days !== undefined && { window: days * DAY }), ...narrowed(where) });

export const sum = (event: string[], field: string, days: number, where?: Condition): OwnKind =>
  ({ op: 'sum', event, field, window: days * DAY, ...narrowed(where) });
export const mean = (event: string[], field: string, days: number, where?: Condition): OwnKind =>
  ({ op: 'mean', event, field, window: days * DAY, ...narrowed(where) });
export const max = (event: string[], field: string, days: number): OwnKind => ({ op: 'max', event, field, window: days * DAY });
export const distinct = (event: string[], field: string, days: number): OwnKind => ({ op: 'distinct', event, field, window: days * DAY });

/** Events, each counting half as much after every `halfLifeDays`. */
export const decayed = (event: string[], halfLifeDays: number, where?: Condition): OwnKind =>
  ({ op: 'decayed', event, halfLife: halfLifeDays * DAY, ...narrowed(where) });

/** Days since the newest event. */
export const since = (event: string[], where?: Condition): OwnKind => ({ op: 'since', event, ...narrowed(where) });

/** Days until a time that an event names. */
export const until = (event: string[], field: string): OwnKind => ({ op: 'until', event, field });

/** The same, of the newest row of a daily file. */
export const untilDaily = (event: string, field: string): OwnKind => ({ op: 'until', event: [event], field, as: 'day' });

/** Days from the first of `after` to the first of `event`. */
export const elapsed = (event: string[], after: string[]): OwnKind => ({ op: 'elapsed', event, after });

export const change = (event: string[], field: string): OwnKind => ({ op: 'change', event, field });
/** How far the newest value lies below the greatest of the last days. */
export const fallen = (event: string[], field: string, days: number): OwnKind => ({ op: 'fallen', event, field, window: days * DAY });

export const trend = (event: string[], shortDays: number, longDays: number): OwnKind =>
  ({ op: 'trend', event, short: shortDays * DAY, long: longDays * DAY });

/** How many of `event` for each one of `whole`, over the last days. */
export const ratio = (event: string[], whole: string[], days: number, where?: Condition): OwnKind =>
  ({ op: 'ratio', event, of: whole, window: days * DAY, ...narrowed(where) });

/** Of those that began, how many have not ended. */
export const standing = (event: string[], less: string[]): OwnKind => ({ op: 'standing', event, less });

/** What the newest event was, or the one `place` before it. */
export const sequence = (event: string[], place: number): OwnKind => ({ op: 'sequence', event, place });

/** The newest row of a daily file, no older than `limitDays`. */
export const daily = (event: string, field: string, limitDays: number, type: 'numeric' | 'categorical' = 'numeric'): OwnKind =>
  ({ op: 'daily', event: [event], field, type, read: 'value', limit: limitDays * DAY });
export const dailyAge = (event: string, field: string): OwnKind => ({ op: 'daily', event: [event], field, type: 'numeric', read: 'age' });

/** When the first event fell, or now, on the clocks of a zone. */
export const calendar = (event: string[], part: 'hour' | 'weekday' | 'quarter_day', at: 'first' | 'now' = 'first'): OwnKind =>
  ({ op: 'calendar', event, part, ...(at === 'now' && { of: at }) });
export const localTime = (event: string[], field: string): OwnKind => ({ op: 'local_time', event, field });

/** A kind of the row that the record is linked to; `others` leaves out the record's own part. */
export const from = (entity: Entity, kind: OwnKind, counting?: 'others'): FeatureKind =>
  ({ op: 'cross', entity, kind, ...(counting && { count: counting }) });
