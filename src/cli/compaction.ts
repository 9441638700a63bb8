import { Gauge, type Registry } from 'prom-client';
import { DAY, MINUTE, type Clock } from '../base/index.ts';
import { SEGMENT_EVENTS, type CellLog } from '../log/index.ts';
import type { Duty } from './duty.ts';

/** When the older part of a log becomes history. */
export interface CompactionPlan {
  /** So many of the newest events stay in the tail. */
  readonly keep: number;
  /** Events a segment. */
  readonly size: number;
  /** Only what was received longer ago than this becomes history, ms. */
  readonly age: number;
  /** How often it is looked whether a segment is due, ms. */
  readonly every: number;
}

export const DEFAULT_COMPACTION: CompactionPlan = { keep: SEGMENT_EVENTS, size: SEGMENT_EVENTS, age: DAY, every: 10 * MINUTE };

/** How many segments are old and large enough by now. */
export const dueSegments = (log: CellLog, { keep, size, age }: CompactionPlan, now: number): number => log.due({ keep, size, before: now - age });

/** Moves what is old in a cell's log to the history, and finishes what an earlier process was killed in. */
export function compaction(log: CellLog, path: string, plan: CompactionPlan, clock: Clock): Duty {
  const { keep, size, age, every } = plan;
  return {
    name: 'compaction',
    every,
    due: () => (dueSegments(log, plan, clock()) === 0 && log.settled() ? undefined : { kind: 'compact', path, keep, size, before: clock() - age }),
  };
}

/** Gauges of a log and its history, read when they are asked for. */
export function watchHistory(registry: Registry, log: CellLog, plan: CompactionPlan | null, clock: Clock): Gauge[] {
  const gauge = (name: string, help: string, read: () => number): Gauge =>
    new Gauge({
      name,
      help,
      registers: [registry],
      collect() {
        this.set(read());
      },
    });
  return [
    gauge('leadrank_history_events', 'Events that lie in the history', () => log.history.end()),
    gauge('leadrank_history_segments', 'Segments of the history', () => log.history.segments().length),
    gauge('leadrank_log_tail_events', 'Events that lie in the tail of the log', () => log.end() - log.history.end()),
    gauge('leadrank_compaction_due_segments', 'Segments of the tail that are old and large enough to become history', () => (plan === null ? 0 : dueSegments(log, plan, clock()))),
  ];
}
