import { rootsOf } from '../../base/index.ts';
import type { EventColumns } from '../../log/index.ts';
import type { LoggedEvent } from '../../events/index.ts';

/** Rows of one bucket, and whom each is about. */
export interface Batch {
  readonly columns: EventColumns;
  /** By row: the number of the subject; NOBODY leaves the row out, APART leaves it to those who fold in the order of the log. */
  readonly subjects: Int32Array;
  readonly read: (row: number) => LoggedEvent;
}

/** The rows that are folded in one shard. */
export interface ShardRows {
  /** In the order of the log, but for those that come from other shards, and what was erased. */
  readonly batches: readonly Batch[];
  /** So many subjects are numbered. Those who are only named by a row that joins are among them: what others did may be theirs. */
  readonly subjects: number;
  /** Of those who belong together: number and number, one pair after the other. */
  readonly ties: readonly number[];
}

export const NOBODY = -1;
export const APART = -2;

/** Rows by who must be folded together; within a group in the order of the log. */
export interface Ordered {
  readonly groups: number;
  /** Rows of the group g: from `starts[g]` to before `starts[g + 1]`. */
  readonly starts: Int32Array;
  readonly batches: Int32Array;
  readonly rows: Int32Array;
}

export function orderRows({ batches, subjects: numbered, ties }: ShardRows): Ordered {
  const root = rootsOf(numbered, ties);
  const groupOf = new Int32Array(root.length);
  let groups = 0;
  for (let subject = 0; subject < root.length; subject++) if (root[subject] === subject) groupOf[subject] = groups++;
  for (let subject = 0; subject < root.length; subject++) groupOf[subject] = groupOf[root[subject]!]!;

  const starts = new Int32Array(groups + 1);
  let count = 0;
  for (const { subjects } of batches) {
    for (const subject of subjects) {
      if (subject < 0) continue;
      starts[groupOf[subject]! + 1]! += 1;
      count += 1;
    }
  }
  for (let group = 0; group < groups; group++) starts[group + 1]! += starts[group]!;
  const next = starts.slice();
  const batchAt = new Int32Array(count);
  const rows = new Int32Array(count);
  for (const [batch, { subjects }] of batches.entries()) {
    for (let row = 0; row < subjects.length; row++) {
      if (subjects[row]! < 0) continue;
      const at = next[groupOf[subjects[row]!]!]!++;
      batchAt[at] = batch;
      rows[at] = row;
    }
  }
  const offset = (at: number): number => batches[batchAt[at]!]!.columns.offsets[rows[at]!]!;
  for (let group = 0; group < groups; group++) sortGroup(starts[group]!, starts[group + 1]!);
  return { groups, starts, batches: batchAt, rows };

  function sortGroup(from: number, to: number): void {
    let at = from + 1;
    while (at < to && offset(at - 1) <= offset(at)) at += 1;
    if (at >= to) return;
    const order = Array.from({ length: to - from }, (_, i) => from + i).toSorted((a, b) => offset(a) - offset(b));
    const sorted = order.map((place) => [batchAt[place]!, rows[place]!] as const);
    for (const [i, [batch, row]] of sorted.entries()) {
      batchAt[from + i] = batch;
      rows[from + i] = row;
    }
  }
}
