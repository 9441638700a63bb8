import type { LoggedEvent, SubjectId } from '../events/index.ts';
import { rowContainers, type Containers } from './containers.ts';
import type { Folds } from './folds.ts';
import { copyLinks, getLink, HEADER_BYTES, isSameLink } from './header.ts';
import { containersOf, LINKS } from './members.ts';
import type { Memberships } from './memberships.ts';
import { ENTITIES, type Entity } from './spec.ts';
import { entityOf, teamOf } from './subject.ts';
import { mayLink, pourTold, tell, tellActivity } from './told.ts';

/** The rows of a state, of all entities. */
export interface Rows {
  /** The row for change; made empty where there is none. */
  touch(key: string, entity: Entity): DataView;
  has(key: string): boolean;
  /** The record that a subject became by a merge or a link; itself where it became none. */
  resolve(subject: SubjectId): SubjectId;
  readonly memberships: Memberships;
}

/** Folds events into rows that are linked: what a member does counts in the rows that it belongs to, and moves with it. */
export interface Weave {
  /**
   * Folds an event into the row of `subject`, which the event's own subject has become, and into those that it is linked to.
   * Returns whether the row is linked otherwise than before.
   */
  fold(subject: SubjectId, event: LoggedEvent, code: number, tie: number, fields: Float64Array): boolean;
  /** Takes a record's part out of the rows that it belongs to. */
  detach(subject: SubjectId): void;
  /** Adds it to them. */
  attach(subject: SubjectId): void;
  /** Adds what a row holds to another row, of another entity even; of its status and links nothing. */
  pour(from: SubjectId, into: SubjectId): void;
  /** Gives a user's part to a team, or takes it away. */
  share(user: SubjectId, manager: SubjectId, how: 'give' | 'take'): void;
}

/** `containers` is where it counts what members do: in the rows, where nothing else is said. */
export function createWeave(folds: Folds, rows: Rows, containers: Containers = rowContainers(folds, rows)): Weave {
  const { touch, memberships } = rows;
  /** The links of a row before an event. */
  const before = new DataView(new ArrayBuffer(HEADER_BYTES));

  const heard: { readonly [Name in Entity]?: (readonly boolean[])[] } = Object.fromEntries(ENTITIES.map((entity) => [entity, []]));
  /** Of an event type: which of the rows that an entity belongs to hear it. */
  const hearingOf = (entity: Entity, code: number): readonly boolean[] =>
    (heard[entity]![code] ??= containersOf(entity).map((container) => folds.of(container).hearsOf(entity, code)));

  const moveAll = (subject: SubjectId, how: 'give' | 'take'): void => {
    const entity = entityOf(subject);
    if (entity === undefined) return;
    const row = touch(subject, entity);
    for (const container of containersOf(entity)) {
      const to = getLink(row, entity, container);
      if (to !== null) containers.move(container, to, entity, row, how);
    }
  };

  return {
    fold(subject, event, code, tie, fields) {
      const entity = entityOf(subject);
      if (entity === undefined) return false;
      const row = touch(subject, entity);
      const mayMove = mayLink(entity, event);
      if (mayMove) copyLinks(row, before);
      if (subject === event.subject) tell(row, entity, event, tie, { memberships, links: mayMove ? before : null });
      else tellActivity(row, event);
      const around = containersOf(entity);
      const hearing = hearingOf(entity, code);
      for (let i = 0; i < around.length; i++) {
        const container = around[i]!;
        const hears = hearing[i]!;
        const moves = mayMove && !isSameLink(before, row, entity, container);
        if (!moves && !hears) continue; // links are not read for nothing
        const now = getLink(row, entity, container);
        if (moves) {
          const last = getLink(before, entity, container);
          if (last !== null) containers.move(container, last, entity, row, 'take');
          if (now !== null) containers.move(container, now, entity, row, 'give');
        }
        if (now !== null && hears) containers.fold(container, now, entity, code, event.time, tie, fields);
      }
      folds.of(entity).fold(row, HEADER_BYTES, code, event.time, tie, fields);
      return mayMove && !LINKS[entity].every((to) => isSameLink(before, row, entity, to));
    },
    attach: (subject) => moveAll(subject, 'give'),
    detach: (subject) => moveAll(subject, 'take'),
    pour(from, into) {
      const [source, target] = [entityOf(from), entityOf(into)];
      if (source === undefined || target === undefined) return;
      const [other, row] = [touch(from, source), touch(into, target)];
      pourTold(row, other);
      const own = new Map(folds.of(source).regions.map((region) => [region.key, region]));
      for (const { key, accumulator, at } of folds.of(target).regions) {
        const region = own.get(key);
        if (region !== undefined) accumulator.merge(row, HEADER_BYTES + at, other, HEADER_BYTES + region.at);
      }
    },
    share(user, manager, how) {
      const [row, team] = [touch(user, 'owner'), touch(teamOf(manager), 'owner')];
      for (const { accumulator, at } of folds.of('owner').regions) {
        accumulator.share?.[how](team, HEADER_BYTES + at, accumulator, row, HEADER_BYTES + at);
      }
    },
  };
}
