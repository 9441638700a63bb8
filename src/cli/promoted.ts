import { CELL_SUBJECT, type LoggedEvent } from '../events/index.ts';
import { TARGETS, type State, type TargetName } from '../features/index.ts';
import { eventsOf, type CellLog } from '../log/index.ts';
import { saidLast, type Said } from './deciding-now.ts';

/** Which model was promoted last for a target: as a state knows it, as a cell stands, or as its log stood once. */
export type Promoted = Pick<State, 'champion'>;

/** The ids of those models. */
export const championsOf = ({ champion }: Promoted): string[] => TARGETS.flatMap((target) => champion(target) ?? []);

const PROMOTED = 'control.model.promoted';

/** As a cell stands: by its state, and what its log holds after it. */
export const promotedIn = (cell: Pick<Said, 'log' | 'statePath'>): Promoted => ({
  champion: (target) => saidLast({ ...cell, known: (state) => state.champion(target), saidBy: (event) => promotedBy(event, target) }),
});

/** As a log had come to an offset. Of its history only what may hold a promotion is read. */
export async function promotedAt(log: Pick<CellLog, 'read' | 'end' | 'history'>, offset: number): Promise<Promoted> {
  const { events } = await eventsOf(log, new Set([CELL_SUBJECT]), { until: offset, types: [PROMOTED] });
  return { champion: (target) => events.map((event) => promotedBy(event, target)).findLast((bundle) => bundle !== undefined) ?? null };
}

const promotedBy = ({ type, data }: LoggedEvent, target: TargetName): string | undefined =>
  type === PROMOTED && (data['target'] ?? 'lead') === target ? String(data['bundle']) : undefined;
