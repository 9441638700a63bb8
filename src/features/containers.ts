import type { SubjectId } from '../events/index.ts';
import type { Fold } from './fold.ts';
import type { Folds } from './folds.ts';
import { getLink, HEADER_BYTES } from './header.ts';
import type { Region } from './regions.ts';
import { ENTITIES, type Entity } from './spec.ts';
import { teamOf } from './subject.ts';

/** Where it counts what members do, beside their own rows: in rows, or in messages to who holds them. */
export interface Containers {
  /** An event of a record that is linked to `to`, ms; 32 bits of tie, the columns. */
  fold(container: Entity, to: SubjectId, member: Entity, code: number, time: number, tie: number, fields: Float64Array): void;
  /** Gives `to` what the row of a member holds, or takes it out again. */
  move(container: Entity, to: SubjectId, member: Entity, row: DataView, how: 'give' | 'take'): void;
}

export interface ContainerRows {
  touch(key: string, entity: Entity): DataView;
  has(key: string): boolean;
  resolve(subject: SubjectId): SubjectId;
}

/** Counts in the rows themselves: in that of a user, and in its team's. */
export function rowContainers(folds: Folds, { touch, has, resolve }: ContainerRows): Containers {
  const shared = sharedRegions(folds);
  const targets = (container: Entity, to: SubjectId): string[] => {
    const subject = resolve(to);
    if (container !== 'owner') return [subject];
    const manager = getLink(touch(subject, 'owner'), 'owner', 'owner');
    return manager === null ? [subject] : [subject, teamOf(manager)];
  };
  return {
    fold(container, to, member, code, time, tie, fields) {
      const fold = folds.of(container);
      for (const key of targets(container, to)) fold.foldOf(member, touch(key, container), HEADER_BYTES, code, time, tie, fields);
    },
    move(container, to, member, row, how) {
      const regions = shared(container, member);
      if (regions.length === 0) return;
      for (const key of targets(container, to)) {
        if (how === 'take' && !has(key)) continue; // it was erased
        const view = touch(key, container);
        for (const [{ accumulator, at }, own] of regions) {
          accumulator.share![how](view, HEADER_BYTES + at, own.accumulator, row, HEADER_BYTES + own.at);
        }
      }
    },
  };
}

type Pairs = readonly (readonly [Region, Region])[];

/** The regions of a container that a member feeds, each with the member's own. */
export function sharedRegions(folds: Folds): (container: Entity, member: Entity) => Pairs {
  const pairs = new Map(ENTITIES.map((container) => [container, new Map<Entity, Pairs>()]));
  const find = (container: Fold, member: Fold): Pairs => {
    const own = new Map(member.regions.map((region) => [region.key, region]));
    return container.fedBy(member.entity).flatMap((region) => (own.has(region.key) ? [[region, own.get(region.key)!] as const] : []));
  };
  return (container, member) => {
    const known = pairs.get(container)!;
    let found = known.get(member);
    if (found === undefined) known.set(member, (found = find(folds.of(container), folds.of(member))));
    return found;
  };
}
