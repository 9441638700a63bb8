import { oldSegments } from '../audit/index.ts';
import type { CellPaths } from '../cell/index.ts';
import { DAY, HOUR, type Clock } from '../base/index.ts';
import type { Duty } from './duty.ts';

/** How long decisions are kept. */
export interface RetentionPlan {
  /** ms; whole segments go once all of their decisions are older. */
  readonly keep: number;
}

/** A year to compare with, and a month to look at it. */
export const DEFAULT_RETENTION: RetentionPlan = { keep: 400 * DAY };

/** Removes the oldest segments of a cell's journals, and with them what a process holds to find their decisions. */
export const retention = ({ journal, log: path }: Pick<CellPaths, 'journal' | 'log'>, { keep }: RetentionPlan, clock: Clock): Duty => ({
  name: 'retention',
  every: HOUR,
  due() {
    const before = clock() - keep;
    return oldSegments(journal, before).length === 0 ? undefined : { kind: 'retire', journal, path, before };
  },
});
