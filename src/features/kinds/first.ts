import type { KindOf } from '../spec.ts';
import type { Kind, Scope } from './kind.ts';
import { value } from './value.ts';

/** The value of the field in the oldest event that has it. */
export const first = ({ event, field, type, where }: KindOf<'first'>, scope: Scope): Kind =>
  value('first', { event, field, ...(where && { where }) }, type, scope);
