import { Gauge, type Registry } from 'prom-client';
import { HOUR, MINUTE, type Clock } from '../base/index.ts';
import { dropSnapshots, readSnapshot, type State } from '../features/index.ts';
import type { Duty } from './duty.ts';

/** When a copy of the state is taken. */
export interface SnapshotPlan {
  /** No sooner than so long after the last one, ms. */
  readonly every: number;
  /** Only where the log grew by so many events since. */
  readonly events: number;
}

export const DEFAULT_SNAPSHOTS: SnapshotPlan = { every: 6 * HOUR, events: 100_000 };

export interface SnapshotPaths {
  readonly state: string;
  readonly snapshots: string;
}

/** Takes snapshots of a cell's state: after an erasure, which drops them, and as the log grows. */
export function snapshots(state: State, { state: path, snapshots: folder }: SnapshotPaths, { every, events }: SnapshotPlan, clock: Clock): Duty {
  return {
    name: 'snapshot',
    every: MINUTE,
    due() {
      let last = readSnapshot(folder);
      if (last !== undefined && last.epoch !== state.epoch()) {
        dropSnapshots(folder); // it was being taken while something was erased
        last = undefined;
      }
      const isDue = last === undefined ? state.offset() >= events : clock() - last.taken >= every && state.offset() - last.offset >= events;
      return isDue ? { kind: 'snapshot', state: path, folder, now: clock() } : undefined;
    },
  };
}

/** Gauges of the newest snapshot, read when they are asked for. */
export function watchSnapshots(registry: Registry, folder: string): Gauge[] {
  const registers = [registry];
  return [
    new Gauge({ name: 'leadrank_snapshot_offset', help: 'Up to which offset the newest snapshot of the state goes', registers, collect() {
      this.set(readSnapshot(folder)?.offset ?? 0);
    } }),
    new Gauge({ name: 'leadrank_snapshot_timestamp_seconds', help: 'When the newest snapshot of the state was taken, 0 where there is none', registers, collect() {
      this.set((readSnapshot(folder)?.taken ?? 0) / 1_000);
    } }),
  ];
}
