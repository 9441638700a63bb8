import { DAY } from '../../base/index.ts';
import { weekdayOf } from '../hours.ts';
import { COUNTRIES, TERRITORIES, type Region } from '../market.ts';
import { orgOf, repId } from '../org.ts';
import { isAway } from './rep.ts';
import type { Say, Scene } from './scene.ts';

const MONDAY = 1;

/** The hierarchy at the start, and every Monday who is away. */
export function tellUsers(day: number, scene: Scene, say: Say): void {
  if (day === scene.startDay) {
    for (const { id, manager } of orgOf(scene, scene.reps).users()) {
      say(day * DAY, 'salesforce', 'user.changed', { subject: id }, manager === undefined ? { active: true } : { active: true, manager, territories: territoriesOf(scene) });
    }
  }
  if (weekdayOf(day) !== MONDAY) return;
  const until = new Date((day + 7) * DAY).toISOString();
  for (let rep = 0; rep < scene.reps; rep++) {
    if (isAway(scene, rep, day)) say(day * DAY + 1, 'salesforce', 'user.changed', { subject: repId(rep) }, { away_until: until });
  }
}

/** A small team sells everywhere in its region. */
const territoriesOf = ({ region }: Scene): string => Object.keys(COUNTRIES[region as Region]).map((country) => TERRITORIES[country]).filter((name) => name !== undefined).join(';');
