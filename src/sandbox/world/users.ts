import { DAY } from '../../base/index.ts';
import { dayOf, weekdayOf } from '../hours.ts';
import { territoriesOf } from '../market.ts';
import { orgOf, repId } from '../org.ts';
import { queueOf } from './owner.ts';
import { isAway } from './rep.ts';
import type { Say, Scene } from './scene.ts';
import { leavesAt } from './staff.ts';

const MONDAY = 1;

/** The hierarchy and the queues at the start, every Monday who is away, and who leaves. */
export function tellUsers(day: number, scene: Scene, say: Say): void {
  const change = (at: number, subject: string, data: Record<string, string | boolean>): void => say(at, 'salesforce', 'user.changed', { subject }, data);
  if (day === scene.startDay) {
    for (const { id, manager, territories } of orgOf(scene, scene.reps).users()) {
      change(day * DAY, id, manager === undefined ? { active: true } : { active: true, manager, territories: territories.join(';') });
    }
    for (const territory of territoriesOf(scene.region)) change(day * DAY, queueOf(territory), { active: true, queue: true, territories: territory });
  }
  for (let rep = 0; rep < scene.reps; rep++) {
    const leaves = leavesAt(scene, rep);
    if (dayOf(leaves) === day) change(leaves, repId(rep), { active: false });
    if (weekdayOf(day) !== MONDAY || day * DAY >= leaves || !isAway(scene, rep, day)) continue;
    change(day * DAY + 1, repId(rep), { away_until: new Date((day + 7) * DAY).toISOString() });
  }
}
