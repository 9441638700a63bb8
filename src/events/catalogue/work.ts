import type { EventSchema } from '../schema.ts';
import { typesOf } from './define.ts';
import { category, employee, number, reference, required, time } from './fields.ts';

const task = typesOf({ kinds: ['lead', 'contact', 'opportunity', 'account'], scopes: ['crm'] });
const sla = typesOf({ kinds: ['lead', 'opportunity', 'contact'], scopes: ['crm'] });

const TASK = {
  user: employee(1),
  due: time(2),
  type: category(3),
  priority: category(4),
  opportunity: reference(5, 'opportunity'),
};
const SECONDS_A_YEAR = 366 * 86_400;
const SLA = { policy: required(category(1)), due: time(2), seconds: number(3, 0, SECONDS_A_YEAR) };

/** What the team has planned, and what it has promised. */
export const WORK_EVENTS: readonly EventSchema[] = [
  task(120, 'task.created', TASK),
  task(121, 'task.completed', TASK),
  task(122, 'task.cancelled', TASK),
  sla(125, 'sla.started', SLA),
  sla(126, 'sla.met', SLA),
  sla(127, 'sla.breached', SLA),
];
