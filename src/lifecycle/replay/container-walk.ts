import { catalogue, type FieldValue, type SubjectId } from '../../events/index.ts';
import { createReplayRows, entityOf, ENTITIES, type Entity, type ReplayRows, type ToldContainers } from '../../features/index.ts';
import { createEmptyRows } from './empty-rows.ts';
import { codeIn, HEAD, mailReader, memberIn, saysIn, type MailReader } from './mail.ts';
import { createMessageColumns } from './message-columns.ts';
import type { Post } from './outbox.ts';
import { groupPost } from './post-groups.ts';
import type { Readings } from './readings.ts';

/** The values that were asked for: of each sender in the order of its questions, so many for each as its row is read for. */
export interface Answers {
  readonly values: readonly Float64Array<ArrayBuffer>[];
}

export interface ContainerWalkOptions {
  readonly readings: Readings;
  readonly rootOf: (subject: string) => number;
}

/** Walks some containers, from what their members sent; what it is compiled of is used again for the next ones. */
export type ContainerWalk = (post: readonly Post[]) => Answers;

const NOWHERE: ToldContainers = { fold: () => {}, foldInto: () => undefined, move: () => {} };

/** Replays the rows that records are linked to, from the messages of those who are linked to them, and answers what was asked of them. */
export function createContainerWalk({ readings, rootOf }: ContainerWalkOptions): ContainerWalk {
  const { specs, target, linked } = readings;
  const rows = createReplayRows(specs, { target, containers: NOWHERE });
  const hear = receiver(rows);
  const places = ENTITIES.map((entity) => linked.get(entity) ?? []);
  return walk;

  function walk(post: readonly Post[]): Answers {
    const { count, messages, asks } = groupPost(post, rootOf);
    const senders = post.map((of) => senderOf(of, places));

    const answer = (ask: number): void => {
      const sender = senders[asks.senders[ask]!]!;
      const at = asks.places[ask]!;
      const key = sender.asked[at]!;
      rows.readInto(numberOf(sender, key), sender.places[key]!, asks.times[ask]!, sender.values, sender.answers[at]!);
    };
    const numberOf = ({ names, numbers }: Sender, key: number): number => {
      if (numbers[key] === -1) numbers[key] = rows.number(names[key]!);
      return numbers[key]!;
    };
    const walkGroup = (group: number): void => {
      let next = asks.starts[group]!;
      const end = asks.starts[group + 1]!;
      for (let i = messages.starts[group]!; i < messages.starts[group + 1]!; i++) {
        const known = messages.times[i]!;
        const offset = messages.offsets[i]!;
        while (next < end && (asks.times[next]! < known || (asks.times[next] === known && asks.offsets[next]! <= offset))) answer(next++);
        const sender = senders[messages.senders[i]!]!;
        const at = messages.places[i]!;
        const key = sender.mail.key(at);
        hear(sender, numberOf(sender, key), key, at);
      }
      while (next < end) answer(next++);
      rows.clear();
    };
    for (let group = 0; group < count; group++) walkGroup(group);
    return { values: senders.map(({ values }) => values) };
  }
}

/** What a sender sent. A container's number holds for its group, and it is in no other. */
interface Sender {
  readonly mail: MailReader;
  /** Of the containers, by key: names, entities, numbers once they have one, and the features that are read of their rows. */
  readonly names: readonly string[];
  readonly entities: readonly Entity[];
  readonly numbers: Int32Array;
  readonly places: readonly (readonly number[])[];
  /** By question: the key that it is for, and where its answer begins among the values. */
  readonly asked: Int32Array;
  readonly answers: Float64Array;
  readonly values: Float64Array<ArrayBuffer>;
}

function senderOf({ names, mail, asks: { keys, count } }: Post, placesOf: readonly (readonly number[])[]): Sender {
  const entities = names.map((name) => entityOf(name)!);
  const places = entities.map((entity) => placesOf[ENTITIES.indexOf(entity)]!);
  const answers = new Float64Array(count + 1);
  for (let i = 0; i < count; i++) answers[i + 1] = answers[i]! + places[keys[i]!]!.length;
  return { mail: mailReader(mail), names, entities, numbers: new Int32Array(names.length).fill(-1), places, asked: keys, answers, values: new Float64Array(answers[count]!) };
}

/** Folds messages into the rows of their containers, by number and key. */
function receiver(rows: ReplayRows): (sender: Sender, n: number, key: number, at: number) => void {
  const { folds, columns } = rows;
  const fields = new Float64Array(columns.names.length).fill(NaN);
  const emptyRow = createEmptyRows(folds);
  const columnsOf = createMessageColumns(folds);
  const rowIn = (mail: MailReader, at: number, member: Entity): DataView => {
    const bytes = mail.bytes(at);
    return bytes.length === 0 ? emptyRow(member) : new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  };
  const load = ({ records }: MailReader, at: number, list: readonly number[]): void => {
    for (let i = 0; i < list.length; i++) fields[list[i]!] = records[at + HEAD + i]!;
  };
  const unload = (list: readonly number[]): void => {
    for (let i = 0; i < list.length; i++) fields[list[i]!] = NaN;
  };

  return ({ mail, names, entities }, n, key, at) => {
    const said = mail.said(at);
    const code = codeIn(said);
    const says = saysIn(said);
    const member = memberIn(said);
    if (says === 'fold') {
      const list = columnsOf(entities[key]!, member)[code]!;
      load(mail, at, list);
      rows.addOf(n, member, code, mail.time(at), mail.tie(at), fields);
      unload(list);
    } else if (says === 'add') {
      const list = columnsOf(member)[code]!;
      load(mail, at, list);
      rows.add(n, code, mail.time(at), mail.tie(at), fields);
      unload(list);
    } else if (says === 'word') {
      const data = JSON.parse(Buffer.from(mail.bytes(at)).toString()) as Record<string, FieldValue>;
      rows.word(n, { type: catalogue.byCode.get(code)!.name, code, subject: names[key]! as SubjectId, time: mail.time(at), data }, mail.tie(at), fields);
    } else rows.moveOf(n, member, rowIn(mail, at, member), says);
  };
}
