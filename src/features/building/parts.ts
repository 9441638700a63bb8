import type { SubjectId } from '../../events/index.ts';
import { sharedRegions, type Containers } from '../containers.ts';
import type { Folds } from '../folds.ts';
import { HEADER_BYTES } from '../header.ts';
import type { Entity } from '../spec.ts';
import type { Message } from './messages.ts';
import type { Survey } from './survey.ts';

export interface PartsOptions extends Pick<Survey, 'merged' | 'ordered'> {
  readonly folds: Folds;
  /** By user: the offsets of the events that say who its manager is. */
  readonly managers: ReadonlyMap<string, readonly number[]>;
  /** The offset of the event that is folded. */
  readonly offset: () => number;
  /** Hears what counts in rows that are folded in the order of the log. */
  readonly send: (message: Message) => void;
}

/** Rows in which stands what some members did, of all that a container's row will hold. */
export interface Parts extends Containers {
  /** By container. Of a user also, by `partOf`, what came up to a change of its manager. */
  all(): Iterable<readonly [string, DataView]>;
}

/** The name of what a user's members did between two changes of its manager, without what was taken out again. */
export const partOf = (user: string, era: number): string => `${user}#${era}`;

/**
 * Counts what members do in rows of its own, which add up to those of the containers: what is counted of members are sums by
 * tile and the number of the newest tile, the same whatever is added first. All that is taken out was added here before.
 */
export function createParts({ folds, merged, ordered, managers, offset, send }: PartsOptions): Parts {
  const shared = sharedRegions(folds);
  const rows = new Map<string, DataView>();

  const rowOf = (key: string, container: Entity): DataView => {
    let row = rows.get(key);
    if (row === undefined) {
      const fold = folds.of(container);
      rows.set(key, (row = new DataView(new ArrayBuffer(HEADER_BYTES + fold.bytes))));
      fold.init(row, HEADER_BYTES);
    }
    return row;
  };

  /** The name of the part of a user's present team, where its manager changes later. */
  const passing = (container: Entity, to: string): string | undefined => {
    const changes = container === 'owner' ? managers.get(to) : undefined;
    if (changes === undefined || offset() > changes.at(-1)!) return undefined;
    return partOf(to, changes.filter((at) => at < offset()).length);
  };

  return {
    all: () => rows,
    fold(container, to, member, code, time, tie, fields) {
      if (ordered.has(to)) return send({ says: 'fold', container, to, member, code, time, tie, fields: fields.slice() });
      const fold = folds.of(container);
      fold.foldOf(member, rowOf(merged.get(to) ?? to, container), HEADER_BYTES, code, time, tie, fields);
      const team = passing(container, to);
      if (team !== undefined) fold.foldOf(member, rowOf(team, container), HEADER_BYTES, code, time, tie, fields);
    },
    move(container, to: SubjectId, member, row, how) {
      const regions = shared(container, member);
      if (regions.length === 0) return;
      if (ordered.has(to)) return send({ says: how, container, to, member, row: new Uint8Array(row.buffer, row.byteOffset, row.byteLength).slice() });
      const views = [rowOf(merged.get(to) ?? to, container)];
      const team = how === 'give' ? passing(container, to) : undefined;
      if (team !== undefined) views.push(rowOf(team, container));
      for (const view of views) {
        for (const [{ accumulator, at }, own] of regions) accumulator.share![how](view, HEADER_BYTES + at, own.accumulator, row, HEADER_BYTES + own.at);
      }
    },
  };
}
