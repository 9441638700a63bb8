import type { LoggedEvent, SubjectId } from '../../events/index.ts';

/** By user: the offsets of the events that say who its manager is. */
export function managersOf(told: readonly LoggedEvent[]): Map<string, number[]> {
  const offsets = new Map<string, number[]>();
  for (const event of told) {
    if (!isOfManager(event)) continue;
    const of = offsets.get(event.subject);
    if (of === undefined) offsets.set(event.subject, [event.offset]);
    else of.push(event.offset);
  }
  return offsets;
}

export const isOfManager = ({ type, data }: LoggedEvent): boolean => type === 'user.changed' && data['manager'] !== undefined;

/** By user: who its manager was before the first such event, and after each. */
export type Tenures = ReadonlyMap<string, readonly (SubjectId | null)[]>;
