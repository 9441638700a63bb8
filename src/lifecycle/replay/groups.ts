import { rootsOf } from '../../base/index.ts';
import { catalogue } from '../../events/index.ts';
import { JOINED, JOINING } from '../../features/index.ts';
import type { SelectedRows } from './selected.ts';

/** Rows by who they are about: subjects that became one another belong together. */
export interface Groups {
  readonly count: number;
  /** Rows of the group g: `order[starts[g]]` to before `order[starts[g + 1]]`, as they became known. */
  readonly starts: Int32Array;
  readonly order: Int32Array;
}

/**
 * Types that tie subjects together: records become one another, users share the row of their team. A manager is tied to the own team
 * only, so that a hierarchy stays so many teams.
 */
export const TYING: ReadonlySet<string> = new Set([...JOINING, 'user.changed']);

/** Groups rows; within a group they are in the order in which they became known, then of the log. */
export function groupRows(selected: SelectedRows): Groups {
  const { count, names, subjects, knownAt, offsets } = selected;
  const root = rootsOf(names.length, tiesOf(selected));
  const groupOf = new Int32Array(names.length).fill(-1);
  let groups = 0;
  for (let subject = 0; subject < names.length; subject++) if (root[subject] === subject) groupOf[subject] = groups++;
  for (let subject = 0; subject < names.length; subject++) groupOf[subject] = groupOf[root[subject]!]!;

  const starts = new Int32Array(groups + 1);
  for (let row = 0; row < count; row++) starts[groupOf[subjects[row]!]! + 1]! += 1;
  for (let group = 0; group < groups; group++) starts[group + 1]! += starts[group]!;
  const next = starts.slice();
  const order = new Int32Array(count);
  for (let row = 0; row < count; row++) order[next[groupOf[subjects[row]!]!]!++] = row;

  const before = (a: number, b: number): number => knownAt[a]! - knownAt[b]! || offsets[a]! - offsets[b]!;
  for (let group = 0; group < groups; group++) {
    for (let i = starts[group]! + 1; i < starts[group + 1]!; i++) {
      if (before(order[i - 1]!, order[i]!) <= 0) continue;
      order.subarray(starts[group], starts[group + 1]).sort(before);
      break;
    }
  }
  return { count: groups, starts, order };
}

/** Pairs of numbers of subjects that belong together, be it only through one that has no rows here. */
function tiesOf({ count, names, codes, subjects, wordData }: SelectedRows): number[] {
  const ties: number[] = [];
  const joining = new Set([...JOINING].flatMap((type) => catalogue.byName.get(type)?.code ?? []));
  let numbers: Map<string, number> | undefined;
  for (let row = 0; row < count; row++) {
    if (!joining.has(codes[row]!)) continue;
    numbers ??= new Map(names.map((name, i) => [name, i]));
    const subject = subjects[row]!;
    const data = wordData(row);
    for (const field of JOINED) {
      const name = data[field];
      if (typeof name !== 'string') continue;
      const other = numbers.get(name);
      if (other === undefined) numbers.set(name, subject); // the first that names it stands for one without rows
      else ties.push(subject, other);
    }
  }
  return ties;
}
