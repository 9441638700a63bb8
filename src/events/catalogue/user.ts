import type { EventSchema } from '../schema.ts';
import { typesOf } from './define.ts';
import { boolean, category, employee, territories, time } from './fields.ts';

const user = typesOf({ kinds: ['user'], scopes: ['crm'] });

export const USER_EVENTS: readonly EventSchema[] = [
  user(40, 'user.changed', {
    manager: employee(1),
    active: boolean(2),
    team: category(3),
    time_zone: category(4),
    away_until: time(5),
    /** Those that the user works; of a queue, those whose users draw from it. */
    territories: territories(6),
    /** No person but a queue: what it owns is for whoever works its territories. */
    queue: boolean(7),
  }),
];
