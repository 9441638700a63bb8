import { catalogue, type FieldValue, type SubjectId } from '../../events/index.ts';
import { createReplayRows, entityOf, ENTITIES, type Entity, type ReplayRows, type ToldContainers } from '../../features/index.ts';
import { createEmptyRows } from './empty-rows.ts';
import { bytesIn, codeIn, HEAD, keyIn, memberIn, memberPlace, readMail, saidIn, saysIn, tieIn, timeIn, type ReadMail } from './mail.ts';
import { createMessageColumns } from './message-columns.ts';
import type { Post } from './outbox.ts';
import { groupPost, type Grouped } from './post-groups.ts';
import type { Readings } from './readings.ts';
import type { Workspace } from './workspace.ts';

/** The values that were asked for: of each sender in the order of its questions, so many for each as its row is read for. */
export interface Answers {
  readonly values: readonly Float64Array<ArrayBuffer>[];
}

export interface ContainerWalkOptions {
  readonly readings: Readings;
  readonly rootOf: (subject: string) => number;
  readonly workspace: Workspace;
}

/** Walks some containers, from what their members sent; what it is compiled of is used again for the next ones. */
export type ContainerWalk = (post: readonly Post[]) => Answers;

const NOWHERE: ToldContainers = { fold: () => {}, foldInto: () => undefined, move: () => {} };

/** Replays the rows that records are linked to, from the messages of those who are linked to them, and answers what was asked of them. */
export function createContainerWalk({ readings, rootOf, workspace }: ContainerWalkOptions): ContainerWalk {
  const { specs, target, linked } = readings;
  const rows = createReplayRows(specs, { target, containers: NOWHERE });
  const hear = receiver(rows);
  const read = ENTITIES.map((entity) => rows.reader(linked.get(entity) ?? []));
  const sizes = Int32Array.from(ENTITIES, (entity) => linked.get(entity)?.length ?? 0);

  const numberOf = ({ names, numbers }: Sender, key: number): number => {
    if (numbers[key] === -1) numbers[key] = rows.number(names[key]!);
    return numbers[key]!;
  };
  const answer = (sender: Sender, ask: number, time: number): void => {
    const key = sender.asked[ask]!;
    read[sender.kinds[key]!]!(numberOf(sender, key), time, sender.values, sender.answers[ask]!);
  };
  /** Answers questions from `next` on that see nothing of what became known then, at that offset; returns the first that does. */
  const answerUntil = (senders: readonly Sender[], asks: Grouped, next: number, end: number, known: number, offset: number): number => {
    let at = next;
    for (; at < end && (asks.times[at]! < known || (asks.times[at] === known && asks.offsets[at]! <= offset)); at++) answer(senders[asks.senders[at]!]!, asks.places[at]!, asks.times[at]!);
    return at;
  };
  const walkGroup = (senders: readonly Sender[], messages: Grouped, asks: Grouped, group: number): void => {
    let next = asks.starts[group]!;
    const end = asks.starts[group + 1]!;
    for (let i = messages.starts[group]!; i < messages.starts[group + 1]!; i++) {
      next = answerUntil(senders, asks, next, end, messages.times[i]!, messages.offsets[i]!);
      const sender = senders[messages.senders[i]!]!;
      const at = messages.places[i]!;
      const key = keyIn(sender.mail, at);
      hear(sender, numberOf(sender, key), key, at);
    }
    answerUntil(senders, asks, next, end, Infinity, 0);
    rows.clear();
  };

  return (post) => {
    const { count, messages, asks } = groupPost(post, rootOf, workspace);
    const senders = post.map((of) => senderOf(of, sizes, workspace));
    for (let group = 0; group < count; group++) walkGroup(senders, messages, asks, group);
    return { values: senders.map(({ values }) => values) };
  };
}

/** What a sender sent. A container's number holds for its group, and it is in no other. */
interface Sender {
  readonly mail: ReadMail;
  /** Of the containers, by key: names, the places of their entities in `ENTITIES`, and numbers once they have one. */
  readonly names: readonly string[];
  readonly kinds: Uint8Array;
  readonly numbers: Int32Array;
  /** By question: the key that it is for, and where its answer begins among the values. */
  readonly asked: Int32Array;
  readonly answers: Float64Array;
  readonly values: Float64Array<ArrayBuffer>;
}

function senderOf({ names, mail, asks: { keys, count } }: Post, sizes: Int32Array, workspace: Workspace): Sender {
  const kinds = Uint8Array.from(names, (name) => ENTITIES.indexOf(entityOf(name)!));
  const answers = answerStarts(keys, Int32Array.from(kinds, (kind) => sizes[kind]!));
  return { mail: readMail(mail), names, kinds, numbers: new Int32Array(names.length).fill(-1), asked: keys, answers, values: workspace.take(Float64Array, answers[count]!) };
}

function answerStarts(keys: Int32Array, sizes: Int32Array): Float64Array {
  const starts = new Float64Array(keys.length + 1);
  for (let i = 0; i < keys.length; i++) starts[i + 1] = starts[i]! + sizes[keys[i]!]!;
  return starts;
}

/** Folds messages into the rows of their containers, by number and key. */
function receiver(rows: ReplayRows): (sender: Sender, n: number, key: number, at: number) => void {
  const { folds, columns } = rows;
  const fields = new Float64Array(columns.names.length).fill(NaN);
  const emptyRow = createEmptyRows(folds);
  const columnsOf = createMessageColumns(folds);
  const foldedBy = ENTITIES.map((entity) => ENTITIES.map((member) => columnsOf(entity, member))); // by their places: it is looked up with every message
  const addedBy = ENTITIES.map((entity) => columnsOf(entity));
  const rowIn = (mail: ReadMail, at: number, member: Entity): DataView => {
    const bytes = bytesIn(mail, at);
    return bytes.length === 0 ? emptyRow(member) : new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  };
  const load = ({ records }: ReadMail, at: number, list: readonly number[]): void => {
    for (let i = 0; i < list.length; i++) fields[list[i]!] = records[at + HEAD + i]!;
  };
  const unload = (list: readonly number[]): void => {
    for (let i = 0; i < list.length; i++) fields[list[i]!] = NaN;
  };

  return ({ mail, names, kinds }, n, key, at) => {
    const said = saidIn(mail, at);
    const code = codeIn(said);
    const says = saysIn(said);
    const member = memberIn(said);
    if (says === 'fold') {
      const list = foldedBy[kinds[key]!]![memberPlace(said)]![code]!;
      load(mail, at, list);
      rows.addOf(n, member, code, timeIn(mail, at), tieIn(mail, at), fields);
      unload(list);
    } else if (says === 'add') {
      const list = addedBy[memberPlace(said)]![code]!;
      load(mail, at, list);
      rows.add(n, code, timeIn(mail, at), tieIn(mail, at), fields);
      unload(list);
    } else if (says === 'word') {
      const data = JSON.parse(Buffer.from(bytesIn(mail, at)).toString()) as Record<string, FieldValue>;
      rows.word(n, { type: catalogue.byCode.get(code)!.name, code, subject: names[key]! as SubjectId, time: timeIn(mail, at), data }, tieIn(mail, at), fields);
    } else rows.moveOf(n, member, rowIn(mail, at, member), says);
  };
}
