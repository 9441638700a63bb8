import { ascending } from './order.ts';
import type { Post } from './outbox.ts';

/** Messages, or questions, by who must be dealt with together, in the order in which they are dealt with. */
export interface Grouped {
  /** Those of the group g: from `starts[g]` to before `starts[g + 1]`. */
  readonly starts: Int32Array;
  /** Into the senders. */
  readonly senders: Int32Array;
  /** Into the messages, or questions, of the sender. */
  readonly rows: Int32Array;
}

export interface PostGroups {
  readonly count: number;
  /** In the order in which their events became known, then of the log. */
  readonly messages: Grouped;
  /** In order of time; at one time, those that do not see what became known right then come first. */
  readonly asks: Grouped;
}

/** Sorts what was sent to containers that may have become one another, or a team. */
export function groupPost(post: readonly Post[], rootOf: (subject: string) => string): PostGroups {
  const numbers = new Map<string, number>();
  const groupOf = post.map(({ names }) =>
    Int32Array.from(names, (name) => {
      const root = rootOf(name);
      let number = numbers.get(root);
      if (number === undefined) numbers.set(root, (number = numbers.size));
      return number;
    }));
  const count = numbers.size;
  const messages = sorted(post.map(({ mail }) => mail), groupOf, count, ({ known, offsets }) => [known, offsets]);
  const asks = sorted(post.map((one) => one.asks), groupOf, count, ({ times, offsets }) => [times, offsets.map((offset) => (offset >= 0 ? offset : LAST))]);
  return { count, messages, asks };
}

/** Above all offsets that lie within 2^47 of one another. */
const LAST = 2 ** 47;

interface Listed {
  readonly count: number;
  readonly keys: Int32Array;
}

/** Whether numbers ascend already, in an order: what becomes known does so in the order of the log, nearly always. */
function isAscending(values: Float64Array, order: Int32Array): boolean {
  for (let i = 1; i < order.length; i++) if (values[order[i]!]! < values[order[i - 1]!]!) return false;
  return true;
}

/** By group, then by the two numbers of an item; equal ones in the order that is given. */
function sorted<T extends Listed>(lists: readonly T[], groupOf: readonly Int32Array[], groups: number, numbersOf: (list: T) => readonly [Float64Array, Float64Array]): Grouped {
  const count = lists.reduce((sum, list) => sum + list.count, 0);
  const senders = new Int32Array(count);
  const rows = new Int32Array(count);
  const group = new Int32Array(count);
  const first = new Float64Array(count);
  const second = new Float64Array(count);
  const starts = new Int32Array(groups + 1);
  let at = 0;
  for (const [sender, list] of lists.entries()) {
    const [firsts, seconds] = numbersOf(list);
    first.set(firsts, at);
    second.set(seconds, at);
    for (let row = 0; row < list.count; row++, at++) {
      senders[at] = sender;
      rows[at] = row;
      group[at] = groupOf[sender]![list.keys[row]!]!;
      starts[group[at]! + 1]! += 1;
    }
  }
  for (let i = 0; i < groups; i++) starts[i + 1]! += starts[i]!;
  const bySecond = ascending(second);
  const order = isAscending(first, bySecond) ? bySecond : ascending(first, bySecond);
  const next = starts.slice();
  const into = new Int32Array(count);
  for (let i = 0; i < count; i++) into[next[group[order[i]!]!]!++] = order[i]!;
  return { starts, senders: into.map((from) => senders[from]!), rows: into.map((from) => rows[from]!) };
}
