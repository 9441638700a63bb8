import type { FieldValue, LoggedEvent } from '../../events/index.ts';
import { BUCKETS, openHistory, rowReader } from '../../log/index.ts';
import { advance } from '../advance.ts';
import { startPosition, type Position } from '../position.ts';
import { createSeen } from '../seen.ts';
import type { Blocks } from '../store.ts';
import type { BuildContext } from './context.ts';

/** What rests on the order of the whole log. */
export interface Tally {
  readonly position: Position;
  /** What remembers repeated deliveries. */
  readonly blocks: readonly (readonly [number, Uint8Array])[];
}

const NO_FIELDS: ReadonlySet<string> = new Set();
const NONE = 0;

/** Walks the history in its order, without what events say. */
export function tallyHistory({ source, survey, epoch }: Pick<BuildContext, 'source' | 'survey' | 'epoch'>, layout: string): Tally {
  const history = openHistory(source.folder);
  const said = new Map(survey.told.map(({ offset, data }): [number, Readonly<Record<string, FieldValue>>] => [offset, data]));
  const position = startPosition(layout, epoch);
  const blocks = heldBlocks();
  const seen = createSeen(blocks);
  for (const segment of source.segments) {
    const { from, to } = segment;
    const readers: ((row: number) => LoggedEvent)[] = [];
    const bucketAt = new Uint8Array(to - from);
    const rowAt = new Uint32Array(to - from);
    for (let bucket = 0; bucket < BUCKETS; bucket++) {
      const columns = history.columns(segment, bucket, { fields: NO_FIELDS });
      if (columns === undefined) continue;
      readers.push(rowReader(columns));
      for (let row = 0; row < columns.count; row++) {
        bucketAt[columns.offsets[row]! - from] = readers.length;
        rowAt[columns.offsets[row]! - from] = row;
      }
    }
    for (let at = 0; at < bucketAt.length; at++) {
      if (bucketAt[at] === NONE) continue; // it was erased
      const event = readers[bucketAt[at]! - 1]!(rowAt[at]!);
      const data = said.get(event.offset);
      advance(position, data === undefined ? event : Object.assign(event, { data }), seen.admit(event) ? 'first' : 'again');
    }
    seen.save();
  }
  return { position, blocks: [...blocks.each()] };
}

function heldBlocks(): Blocks {
  const held = new Map<number, Uint8Array>();
  return {
    get: (number) => held.get(number),
    put: (number, bytes) => void held.set(number, bytes.slice()),
    remove: (number) => void held.delete(number),
    each: () => [...held].toSorted(([a], [b]) => a - b),
  };
}
