import type { Event, Rejection } from './event.ts';

/** A refusal in one line: `value: rule; remedy`. `value` must be safe to print. */
export function reject(code: Rejection['code'], value: string, rule: string, remedy: string): Rejection {
  return { code, message: `${value}: ${rule}; ${remedy}` };
}

/** The refusal of what is told of somebody who was erased. */
export function suppressed(value: string): Rejection {
  return reject('suppressed', value, 'was erased here and is on the suppression list', 'erase it at the source, too, or run `bin/leadrank audit readmit` where consent was given anew');
}

export function isRejection(result: object): result is Rejection {
  return 'code' in result;
}

export function isEvent(result: Event | Rejection): result is Event {
  return !isRejection(result);
}
