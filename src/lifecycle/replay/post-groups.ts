import { mailReader, type MailReader } from './mail.ts';
import { mergeRuns, type Listed } from './merge.ts';
import type { Post } from './outbox.ts';

/** Messages, or questions, by who must be dealt with together, in the order in which they are dealt with. */
export interface Grouped {
  /** Those of the group g: from `starts[g]` to before `starts[g + 1]`. */
  readonly starts: Int32Array;
  /** Into the senders. */
  readonly senders: Uint16Array;
  /** Where the record of a message begins, or the row of a question, at its sender. */
  readonly places: Uint32Array;
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
  const messages = grouped(post.map(({ mail }, sender) => messageList(mailReader(mail), mail.count, groupOf[sender]!)), count);
  const asks = grouped(post.map(({ asks: of }, sender) => askList(of, groupOf[sender]!)), count);
  return { count, messages, asks };
}

/** Above all offsets. */
const LAST = Number.MAX_SAFE_INTEGER;

/** What a sender sent, one by one. */
interface Sent {
  readonly count: number;
  each(tell: (group: number, first: number, second: number, place: number) => void): void;
}

const messageList = (mail: MailReader, count: number, groupOf: Int32Array): Sent => ({
  count,
  each(tell) {
    for (let at = 0; at < mail.records.length; at = mail.after(at)) tell(groupOf[mail.key(at)]!, mail.known(at), mail.offset(at), at);
  },
});

const askList = ({ keys, times, offsets, count }: Post['asks'], groupOf: Int32Array): Sent => ({
  count,
  each(tell) {
    for (let row = 0; row < count; row++) tell(groupOf[keys[row]!]!, times[row]!, offsets[row]! >= 0 ? offsets[row]! : LAST, row);
  },
});

/** By group, then by the two numbers of an item; equal ones in the order that is given. */
function grouped(sent: readonly Sent[], groups: number): Grouped {
  const count = sent.reduce((sum, list) => sum + list.count, 0);
  const starts = new Int32Array(groups + 1);
  for (const list of sent) list.each((group) => void (starts[group + 1]! += 1));
  for (let i = 0; i < groups; i++) starts[i + 1]! += starts[i]!;
  const next = starts.slice();
  const list = listOf(count);
  for (const [sender, { each }] of sent.entries()) {
    each((group, first, second, place) => {
      const at = next[group]!++;
      list.first[at] = first;
      list.second[at] = second;
      list.senders[at] = sender;
      list.places[at] = place;
    });
  }
  const spare = listOf(count);
  for (let group = 0; group < groups; group++) mergeRuns(list, spare, starts[group]!, starts[group + 1]!);
  return { starts, senders: list.senders, places: list.places };
}

const listOf = (count: number): Listed => ({ first: new Float64Array(count), second: new Float64Array(count), senders: new Uint16Array(count), places: new Uint32Array(count) });
