import type { KindOf } from '../spec.ts';
import type { Kind, Scope } from './kind.ts';
import { value } from './value.ts';

/** The value of the field in the newest event that has it. */
export const latest = ({ event, field, type, where }: KindOf<'latest'>, scope: Scope): Kind =>
  value('latest', { event, field, ...(where && { where }) }, type, scope);
