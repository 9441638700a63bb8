import { rootsOf } from '../../base/index.ts';
import { catalogue } from '../../events/index.ts';
import { JOINED, JOINING } from '../../features/index.ts';
import { flagsOf } from './flags.ts';
import type { SelectedRows } from './selected.ts';
import { pick } from './pick.ts';
import { layByKey, startsOf } from './starts.ts';
import type { Workspace } from './workspace.ts';

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
export function groupRows(selected: SelectedRows, workspace: Workspace): Groups {
  const { count, names, subjects, knownAt, offsets } = selected;
  const root = rootsOf(names.length, tiesOf(selected));
  const groupOf = new Int32Array(names.length).fill(-1);
  let groups = 0;
  for (let subject = 0; subject < names.length; subject++) if (root[subject] === subject) groupOf[subject] = groups++;
  for (let subject = 0; subject < names.length; subject++) groupOf[subject] = groupOf[root[subject]!]!;

  const groupOfRow = pick(groupOf, subjects, workspace.take(Int32Array, count));
  const starts = startsOf(groupOfRow, groups);
  const order = layByKey(groupOfRow, starts, workspace.take(Int32Array, count));

  const before = (a: number, b: number): number => knownAt[a]! - knownAt[b]! || offsets[a]! - offsets[b]!;
  for (let group = 0; group < groups; group++) sortRows(order, before, starts[group]!, starts[group + 1]!);
  return { count: groups, starts, order };
}

/** Most are in order as they came. */
function sortRows(order: Int32Array, before: (a: number, b: number) => number, from: number, to: number): void {
  let at = from + 1;
  while (at < to && before(order[at - 1]!, order[at]!) <= 0) at++;
  if (at < to) order.subarray(from, to).sort(before);
}

/** Pairs of numbers of subjects that belong together, be it only through one that has no rows here. */
function tiesOf({ count, names, codes, subjects, wordData }: SelectedRows): number[] {
  const ties: number[] = [];
  const joining: number[] = [];
  for (let row = 0; row < count; row++) if (JOINS[codes[row]!] === 1) joining.push(row);
  if (joining.length === 0) return ties;
  const numbers = new Map(names.map((name, i) => [name, i]));
  for (const row of joining) {
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

/** 1 at the codes of the types by which records become one another. */
const JOINS = flagsOf((code) => JOINING.has(catalogue.byCode.get(code)!.name));
