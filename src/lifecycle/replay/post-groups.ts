import { after, keyIn, knownIn, offsetIn, readMail, type ReadMail } from './mail.ts';
import type { Asks } from './asks.ts';
import { orderInTime } from './order-in-time.ts';
import type { Post } from './outbox.ts';
import { pick } from './pick.ts';
import { startsOf } from './starts.ts';
import type { Workspace } from './workspace.ts';

/** Messages, or questions, by who must be dealt with together, in the order in which they are dealt with. */
export interface Grouped {
  /** Those of the group g: from `starts[g]` to before `starts[g + 1]`. */
  readonly starts: Int32Array;
  /** Into the senders. */
  readonly senders: Uint16Array;
  /** Where the record of a message begins, or the row of a question, at its sender. */
  readonly places: Uint32Array;
  /** When an event became known, or as of when is asked, ms. */
  readonly times: Float64Array;
  /** Of the event, or of the first one of that time of which a question sees nothing. */
  readonly offsets: Float64Array;
}

export interface PostGroups {
  readonly count: number;
  /** In the order in which their events became known, then of the log. */
  readonly messages: Grouped;
  /** In order of time; at one time, those that do not see what became known right then come first. */
  readonly asks: Grouped;
}

/** Above all offsets. */
const LAST = Number.MAX_SAFE_INTEGER;

/** Sorts what was sent to containers that may have become one another, or a team. */
export function groupPost(post: readonly Post[], rootOf: (subject: string) => number, workspace: Workspace): PostGroups {
  const numbers = new Map<number, number>();
  const groupOf = post.map(({ names }) =>
    Int32Array.from(names, (name) => {
      const root = rootOf(name);
      let number = numbers.get(root);
      if (number === undefined) numbers.set(root, (number = numbers.size));
      return number;
    }));
  const count = numbers.size;
  return { count, messages: grouped(messagesOf(post, groupOf, workspace), count, workspace), asks: grouped(asksOf(post, groupOf, workspace), count, workspace) };
}

function messagesOf(post: readonly Post[], groupOf: readonly Int32Array[], workspace: Workspace): Listed {
  const list = listOf(post.reduce((sum, { mail }) => sum + mail.count, 0), workspace);
  for (const [sender, { mail }] of post.entries()) appendMail(list, readMail(mail), groupOf[sender]!, sender);
  return list;
}

function appendMail(list: Listed, mail: ReadMail, groupOf: Int32Array, sender: number): void {
  for (let at = 0; at < mail.records.length; at = after(mail, at)) append(list, groupOf[keyIn(mail, at)]!, knownIn(mail, at), offsetIn(mail, at), sender, at);
}

function asksOf(post: readonly Post[], groupOf: readonly Int32Array[], workspace: Workspace): Listed {
  const list = listOf(post.reduce((sum, { asks }) => sum + asks.count, 0), workspace);
  for (const [sender, { asks }] of post.entries()) appendAsks(list, asks, groupOf[sender]!, sender);
  return list;
}

function appendAsks(list: Listed, { keys, times, offsets, count }: Asks, groupOf: Int32Array, sender: number): void {
  for (let row = 0; row < count; row++) append(list, groupOf[keys[row]!]!, times[row]!, offsets[row]! >= 0 ? offsets[row]! : LAST, sender, row);
}

/** As they were sent, before they are sorted; by row, its group. */
interface Listed extends Omit<Grouped, 'starts'> {
  readonly groups: Int32Array;
  filled: number;
}

const listOf = (count: number, { take }: Workspace): Listed => ({
  filled: 0,
  groups: take(Int32Array, count),
  senders: take(Uint16Array, count),
  places: take(Uint32Array, count),
  times: take(Float64Array, count),
  offsets: take(Float64Array, count),
});

function append(list: Listed, group: number, time: number, offset: number, sender: number, place: number): void {
  const at = list.filled++;
  list.groups[at] = group;
  list.times[at] = time;
  list.offsets[at] = offset;
  list.senders[at] = sender;
  list.places[at] = place;
}

/** By group, then time, then offset; equal ones in the order in which they were sent. */
function grouped({ groups, times, offsets, senders, places }: Listed, count: number, { take }: Workspace): Grouped {
  const starts = startsOf(groups, count);
  const order = layByGroup(orderInTime(times, (a, b) => offsets[a]! - offsets[b]!), groups, starts.slice(), take(Int32Array, groups.length));
  return {
    starts,
    senders: pick(senders, order, take(Uint16Array, order.length)),
    places: pick(places, order, take(Uint32Array, order.length)),
    times: pick(times, order, take(Float64Array, order.length)),
    offsets: pick(offsets, order, take(Float64Array, order.length)),
  };
}

/** Rows by group, else in their order. `next` is where each group begins, and then where it ends. */
function layByGroup(order: Int32Array, groups: Int32Array, next: Int32Array, into: Int32Array): Int32Array {
  for (let i = 0; i < order.length; i++) into[next[groups[order[i]!]!]!++] = order[i]!;
  return into;
}
