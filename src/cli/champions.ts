import type { LoggedEvent } from '../events/index.ts';
import { TARGETS, type State, type TargetName } from '../features/index.ts';
import type { Log } from '../log/index.ts';
import { saidLast, type Said } from './deciding-now.ts';

/** The ids of the models that decide now by a state. */
export const championsOf = (state: Pick<State, 'champion'>): string[] => TARGETS.flatMap((target) => state.champion(target) ?? []);

/** The ids of the models that decide now in a cell: by its state, and what its log holds after it. */
export const championsIn = (cell: Pick<Said, 'log' | 'statePath'>): string[] =>
  TARGETS.flatMap((target) => saidLast({ ...cell, known: (state) => state.champion(target), saidBy: (event) => promotedBy(event, target) }) ?? []);

/** The ids of the models that had been promoted last as a log had come to an offset. */
export function championsAt(log: Pick<Log, 'read'>, offset: number): string[] {
  const last = new Map<TargetName, string>();
  for (const event of log.read(0)) {
    if (event.offset >= offset) break;
    for (const target of TARGETS) {
      const bundle = promotedBy(event, target);
      if (bundle !== undefined) last.set(target, bundle);
    }
  }
  return [...last.values()];
}

const promotedBy = ({ type, data }: LoggedEvent, target: TargetName): string | undefined =>
  type === 'control.model.promoted' && (data['target'] ?? 'lead') === target ? String(data['bundle']) : undefined;
