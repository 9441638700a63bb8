import { FIRST_WORD, type EventColumns } from '../../log/index.ts';
import { pick } from './pick.ts';
import { codesOf } from './selected.ts';
import { layByKey, startsOf } from './starts.ts';

/** Where rows stand in a batch, and where they go. */
export interface Moves {
  readonly from: Int32Array;
  readonly to: Int32Array;
}

export function move<T extends Float64Array | Uint32Array>(values: T, { from, to }: Moves, into: T): void {
  for (let i = 0; i < from.length; i++) into[to[i]!] = values[from[i]!]!;
}

/** The moves of a batch, by the code of the type. */
export function movesByCode(batch: EventColumns, { from, to }: Moves): [code: number, moves: Moves][] {
  const { codes, words } = batch.types;
  const typeOf = typesOf(codes, from);
  const starts = startsOf(typeOf, words.length);
  const order = layByKey(typeOf, starts, new Int32Array(from.length));
  const byType = { from: pick(from, order, new Int32Array(from.length)), to: pick(to, order, new Int32Array(to.length)) };
  return codesOf(batch).flatMap((code, type): [number, Moves][] => {
    const [begin, end] = [starts[type]!, starts[type + 1]!];
    return begin === end ? [] : [[code, { from: byType.from.subarray(begin, end), to: byType.to.subarray(begin, end) }]];
  });
}

function typesOf(codes: Uint32Array, rows: Int32Array): Int32Array {
  const types = new Int32Array(rows.length);
  for (let i = 0; i < rows.length; i++) types[i] = codes[rows[i]!]! - FIRST_WORD;
  return types;
}
