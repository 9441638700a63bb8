import { Type, type Static } from 'typebox';
import { DAY, HOUR, MINUTE } from '../base/index.ts';
import { DEFAULT_COMPACTION, type CompactionPlan } from './compaction.ts';
import { DEFAULT_RETENTION, type RetentionPlan } from './retention.ts';
import { DEFAULT_SNAPSHOTS, type SnapshotPlan } from './snapshots.ts';

const options = { additionalProperties: false };
const orOff = <T extends Parameters<typeof Type.Object>[0]>(fields: T) => Type.Optional(Type.Union([Type.Literal('off'), Type.Object(fields, options)]));

/** What `cell.yaml` says of the duties of a cell: each is `off`, or has fields with defaults. */
export const DutyFields = {
  compaction: orOff({
    keep_events: Type.Optional(Type.Integer({ minimum: 0 })),
    segment_events: Type.Optional(Type.Integer({ minimum: 1_000, maximum: 2 ** 22 })),
    after_hours: Type.Optional(Type.Number({ minimum: 0 })),
    every_minutes: Type.Optional(Type.Number({ exclusiveMinimum: 0, maximum: 10_000 })),
  }),
  snapshots: orOff({
    every_hours: Type.Optional(Type.Number({ exclusiveMinimum: 0 })),
    after_events: Type.Optional(Type.Integer({ minimum: 1 })),
  }),
  journal: orOff({
    keep_days: Type.Optional(Type.Number({ minimum: 1 })),
  }),
};
const DutyFile = Type.Object(DutyFields);

/** What a cell does by itself; null is off. */
export interface Duties {
  readonly compaction: CompactionPlan | null;
  readonly snapshots: SnapshotPlan | null;
  readonly retention: RetentionPlan | null;
}

/** Defaults where the file says nothing. */
export function dutiesOf({ compaction = {}, snapshots = {}, journal = {} }: Static<typeof DutyFile>): Duties {
  const { keep, size, age, every } = DEFAULT_COMPACTION;
  return {
    compaction: compaction === 'off' ? null : {
      keep: compaction.keep_events ?? keep,
      size: compaction.segment_events ?? size,
      age: compaction.after_hours === undefined ? age : compaction.after_hours * HOUR,
      every: compaction.every_minutes === undefined ? every : compaction.every_minutes * MINUTE,
    },
    snapshots: snapshots === 'off' ? null : {
      every: snapshots.every_hours === undefined ? DEFAULT_SNAPSHOTS.every : snapshots.every_hours * HOUR,
      events: snapshots.after_events ?? DEFAULT_SNAPSHOTS.events,
    },
    retention: journal === 'off' ? null : journal.keep_days === undefined ? DEFAULT_RETENTION : { keep: journal.keep_days * DAY },
  };
}
