import { mailReader } from './mail.ts';
import { mergeRuns, timedRoom, type Timed } from './merge.ts';
import type { Post } from './outbox.ts';

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
export function groupPost(post: readonly Post[], rootOf: (subject: string) => number): PostGroups {
  const numbers = new Map<number, number>();
  const groupOf = post.map(({ names }) =>
    Int32Array.from(names, (name) => {
      const root = rootOf(name);
      let number = numbers.get(root);
      if (number === undefined) numbers.set(root, (number = numbers.size));
      return number;
    }));
  const count = numbers.size;
  return { count, messages: grouped(messagesOf(post, groupOf), count), asks: grouped(asksOf(post, groupOf), count) };
}

function messagesOf(post: readonly Post[], groupOf: readonly Int32Array[]): Listed {
  const list = listOf(post.reduce((sum, { mail }) => sum + mail.count, 0));
  for (const [sender, { mail }] of post.entries()) {
    const reader = mailReader(mail);
    for (let at = 0; at < mail.records.length; at = reader.after(at)) append(list, groupOf[sender]![reader.key(at)]!, reader.known(at), reader.offset(at), sender, at);
  }
  return list;
}

function asksOf(post: readonly Post[], groupOf: readonly Int32Array[]): Listed {
  const list = listOf(post.reduce((sum, { asks }) => sum + asks.count, 0));
  for (const [sender, { asks: { keys, times, offsets, count } }] of post.entries()) {
    for (let row = 0; row < count; row++) append(list, groupOf[sender]![keys[row]!]!, times[row]!, offsets[row]! >= 0 ? offsets[row]! : LAST, sender, row);
  }
  return list;
}

/** As they were sent, before they are sorted. */
interface Listed extends Timed {
  readonly groups: Int32Array;
  filled: number;
}

const listOf = (count: number): Listed => ({ filled: 0, groups: new Int32Array(count), ...timedRoom(count) });

function append(list: Listed, group: number, time: number, offset: number, sender: number, place: number): void {
  list.groups[list.filled] = group;
  put(list, list.filled++, time, offset, sender, place);
}

function put(list: Timed, at: number, time: number, offset: number, sender: number, place: number): void {
  list.times[at] = time;
  list.offsets[at] = offset;
  list.senders[at] = sender;
  list.places[at] = place;
}

/** By group, then time, then offset; equal ones in the order in which they were sent. */
function grouped({ groups, ...list }: Listed, count: number): Grouped {
  const starts = new Int32Array(count + 1);
  for (let i = 0; i < groups.length; i++) starts[groups[i]! + 1]! += 1;
  for (let group = 0; group < count; group++) starts[group + 1]! += starts[group]!;
  const next = starts.slice();
  const sorted = timedRoom(groups.length);
  for (let i = 0; i < groups.length; i++) put(sorted, next[groups[i]!]!++, list.times[i]!, list.offsets[i]!, list.senders[i]!, list.places[i]!);
  for (let group = 0; group < count; group++) mergeRuns(sorted, list, starts[group]!, starts[group + 1]!); // what was sent is needed no more
  return { starts, ...sorted };
}
