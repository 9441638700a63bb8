import { armOf, isOn, type ExperimentSpec } from '../experiment/index.ts';
import type { State } from '../features/index.ts';
import { unitOf } from '../rank/index.ts';

/** What is known now of an experiment that is declared. */
export interface ExperimentNow extends ExperimentSpec {
  readonly stage: 'not begun' | 'on' | 'over';
  /** Teams or reps with open records, and those of them in the control arm; null where units are accounts, which are not counted. */
  readonly drawn: { readonly units: number; readonly control: number } | null;
}

export function experimentNow(spec: ExperimentSpec, state: Pick<State, 'owners' | 'user'> | null, now: number): ExperimentNow {
  const stage = isOn(spec, now) ? 'on' : spec.from !== null && now < spec.from ? 'not begun' : 'over';
  if (spec.unit === 'account' || state === null) return { ...spec, stage, drawn: null };
  const people = state.owners().filter((owner) => state.user(owner)?.queue !== true);
  const units = [...new Set(people.map((owner) => unitOf(spec, owner, (subject) => state.user(subject as typeof owner))))];
  return { ...spec, stage, drawn: { units: units.length, control: units.filter((unit) => armOf(spec, unit) === 'control').length } };
}

const day = (time: number): string => new Date(time).toISOString().slice(0, 16).replace('T00:00', '');
/** Units are those of the moment, so that a record may come into the other arm. */
const MOVES = {
  team: 'a team goes by its manager: a new manager draws all of it anew, and a rep who moves takes the records along',
  rep: 'a record goes with its owner: one that changes hands may change arms',
  account: 'a record goes with its account: one that is moved to another may change arms',
} as const;
const NAMES = { team: 'teams', rep: 'reps', account: 'accounts' } as const;

/** An experiment, for people; what follows from few units, and what moves one, is said. */
export function experimentText(found: ExperimentNow | null): string[] {
  if (found === null) return ['Experiment  none: nobody is answered by rules to compare with'];
  const { name, share, unit, from, until, stage, drawn } = found;
  const when = [from === null ? '' : ` from ${day(from)}`, until === null ? '' : ` until ${day(until)}`].join('');
  const lacks = drawn === null || (drawn.control > 0 && drawn.control < drawn.units) ? [] : ['            one arm is empty, so nothing can be compared: change share, unit or salt'];
  const few = drawn !== null && lacks.length === 0 && drawn.units < 10 ? [`            so few ${NAMES[unit]} tell little: their differences blur the comparison`] : [];
  return [
    `Experiment  ${name}: ${Math.round(100 * share)} in 100 ${NAMES[unit]} by rules${when}, ${stage}${drawn === null ? '' : `; ${drawn.control} of ${drawn.units} ${NAMES[unit]} in the control arm`}`,
    ...lacks,
    ...few,
    ...(stage === 'over' ? [] : [`            ${MOVES[unit]}; compare by the unit that each decision holds`]),
  ];
}
