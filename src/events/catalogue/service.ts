import type { EventSchema } from '../schema.ts';
import { typesOf } from './define.ts';
import { boolean, category, count, date, employee, id, number, oneOf, required, time } from './fields.ts';

const RANKED = ['lead', 'opportunity'] as const;

const shown = typesOf({ kinds: RANKED, scopes: ['service'] });
const answered = typesOf({ kinds: RANKED, scopes: ['feedback', 'service'] });
const control = typesOf({ kinds: ['cell'], scopes: ['service'] });

/** What leadrank and its users say themselves. */
export const SERVICE_EVENTS: readonly EventSchema[] = [
  shown(50, 'impression.shown', {
    user: required(employee(1)),
    decision: required(id(2)),
    position: required(number(3, 1, 1_000_000)),
    list: required(id(4)),
  }),
  answered(51, 'feedback.given', {
    user: required(employee(1)),
    decision: required(id(2)),
    action: required(oneOf(3, ['accept', 'done', 'dismiss', 'snooze', 'dispute'])),
    reason: category(4),
    until: time(5),
    /** What a dispute is about: a reason's theme, and where the user knows it the feature. */
    theme: id(6),
    feature_name: id(7),
  }),
  /** The bundle decides from here on: of this target, or, as before there were two, of leads. */
  control(60, 'control.model.promoted', { bundle: required(id(1)), previous: id(2), target: oneOf(3, RANKED) }),
  control(61, 'control.subject.erased', { receipt: required(id(1)), subject: required(id(2)) }),
  /** Who was erased may be told of again, as somebody new: consent was given anew. */
  control(65, 'control.subject.readmitted', { receipt: required(id(1)) }),
  /** How far the journal of a server went: its last record then, by the byte after it and its chain in hex. */
  control(66, 'control.journal.anchored', { server: required(id(1)), segment: required(count(2)), bytes: required(count(3)), chain: required(id(4)) }),
  /** The segments of a server up to this one were removed for their age; the next one continues this chain, in hex. */
  control(67, 'control.journal.retired', { server: required(id(1)), segment: required(count(2)), chain: required(id(3)) }),
  /** A daily file was read to its end: its rows count from `available` on. */
  control(62, 'control.feed.completed', {
    feed: required(id(1)),
    day: required(date(2)),
    rows: required(count(3)),
    available: required(time(4)),
    /** An earlier file of the same day is replaced. */
    restates: boolean(5),
  }),
  /** A points rule set decides from here on, by its hash: of this target, or of leads. */
  control(63, 'control.rules.applied', { rules: required(id(1)), previous: id(2), target: oneOf(3, RANKED) }),
  /** An action policy recommends from here on, by its hash; one with learned effects comes with what was found of it. */
  control(64, 'control.actions.promoted', {
    policy: required(id(1)),
    previous: id(2),
    gain: number(3, -1e9, 1e9),
    low: number(4, -1e9, 1e9),
    high: number(5, -1e9, 1e9),
    effective: count(6),
  }),
];
