import { DAY } from '../../base/index.ts';
import type { Scene } from './scene.ts';

/** The first who leaves does so after so many days, the next after as many again. */
const STAYS = 85;

/** When a rep leaves the company, ms; Infinity for who stays. Those whom the parameters let go are the last ones, one after the other. */
export function leavesAt({ reps, startDay, params }: Pick<Scene, 'reps' | 'startDay' | 'params'>, rep: number): number {
  const leavers = leaversOf(reps, params.mess.left);
  return rep < reps - leavers ? Infinity : (startDay + STAYS * (reps - rep)) * DAY;
}

/** Who does the work of a rep at a time, ms: the rep, or after that one left a colleague who stays. */
export function workerOf(scene: Scene, rep: number, time: number): number {
  return time < leavesAt(scene, rep) ? rep : rep - leaversOf(scene.reps, scene.params.mess.left);
}

const leaversOf = (reps: number, share: number): number => Math.min(Math.floor(share * reps), Math.floor(reps / 2));
