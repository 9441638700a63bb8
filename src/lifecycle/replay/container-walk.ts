import { catalogue, type FieldValue, type SubjectId } from '../../events/index.ts';
import { createReplayRows, entityOf, ENTITIES, type Containers, type Entity, type ReplayRows } from '../../features/index.ts';
import { createEmptyRows } from './empty-rows.ts';
import { HEAD, mailReader, SAYS, type MailReader } from './mail.ts';
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
  readonly rootOf: (subject: string) => string;
}

/** Walks some containers, from what their members sent; what it is compiled of is used again for the next ones. */
export type ContainerWalk = (post: readonly Post[]) => Answers;

const NOWHERE: Containers = { fold: () => {}, move: () => {} };

/** Replays the rows that records are linked to, from the messages of those who are linked to them, and answers what was asked of them. */
export function createContainerWalk({ readings, rootOf }: ContainerWalkOptions): ContainerWalk {
  const { specs, target, linked } = readings;
  const rows = createReplayRows(specs, { target, containers: NOWHERE });
  const hearing = receiver(rows);
  const places = ENTITIES.map((entity) => linked.get(entity) ?? []);
  return walk;

  function walk(post: readonly Post[]): Answers {
    const groups = groupPost(post, rootOf);
    const { places: answerAt, values } = roomOf(post, places);

    const mails = post.map(({ mail }) => mailReader(mail));
    const entities = post.map(({ names }) => names.map((name) => entityOf(name)!));
    const placesAt = entities.map((of) => of.map((entity) => places[ENTITIES.indexOf(entity)]!));

    for (let group = 0; group < groups.count; group++) walkGroup(group);
    return { values };

    function walkGroup(group: number): void {
      const { messages, asks } = groups;
      let next = asks.starts[group]!;
      const end = asks.starts[group + 1]!;
      const answer = (ask: number): void => {
        const sender = asks.senders[ask]!;
        const at = asks.places[ask]!;
        const { names, asks: of } = post[sender]!;
        const key = of.keys[at]!;
        rows.readInto(rows.number(names[key]!), placesAt[sender]![key]!, of.times[at]!, values[sender]!, answerAt[sender]![at]!);
      };
      for (let i = messages.starts[group]!; i < messages.starts[group + 1]!; i++) {
        const sender = messages.senders[i]!;
        const at = messages.places[i]!;
        const mail = mails[sender]!;
        if (next < end) {
          const [known, offset] = [mail.known(at), mail.offset(at)];
          for (; next < end && isBefore(post[asks.senders[next]!]!.asks, asks.places[next]!, known, offset); next++) answer(next);
        }
        const key = mail.key(at);
        hearing(post[sender]!.names[key]!, entities[sender]![key]!, mail, at);
      }
      for (; next < end; next++) answer(next);
      rows.clear();
    }
  }
}

/** Whether a question sees nothing of an event. */
function isBefore({ times, offsets }: Post['asks'], ask: number, known: number, offset: number): boolean {
  const time = times[ask]!;
  return time < known || (time === known && offsets[ask]! <= offset);
}

/** Room for the answers to each sender, and where those to each of its questions begin. */
function roomOf(post: readonly Post[], places: readonly (readonly number[])[]) {
  const sizes = post.map(({ names }) => Uint16Array.from(names, (name) => places[ENTITIES.indexOf(entityOf(name)!)]!.length));
  const starts = post.map(({ asks }, sender) => {
    const at = new Float64Array(asks.count + 1);
    for (let i = 0; i < asks.count; i++) at[i + 1] = at[i]! + sizes[sender]![asks.keys[i]!]!;
    return at;
  });
  return { places: starts, values: starts.map((at) => new Float64Array(at.at(-1)!)) };
}

/** Folds messages into rows. */
function receiver(rows: ReplayRows): (to: string, entity: Entity, mail: MailReader, at: number) => void {
  const { folds, columns } = rows;
  const fields = new Float64Array(columns.names.length).fill(NaN);
  const emptyRow = createEmptyRows(folds);
  const columnsOf = createMessageColumns(folds);
  const told = { says: 0, code: 0, time: 0, tie: 0 };
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

  return (to, entity, mail, at) => {
    mail.tell(at, told);
    const { code, time, tie } = told;
    const says = SAYS[told.says & 7]!;
    const member = ENTITIES[told.says >> 3]!;
    const n = rows.number(to);
    if (says === 'fold') {
      const list = columnsOf(entity, code, member);
      load(mail, at, list);
      rows.addOf(n, member, code, time, tie, fields);
      unload(list);
    } else if (says === 'add') {
      const list = columnsOf(member, code);
      load(mail, at, list);
      rows.add(n, code, time, tie, fields);
      unload(list);
    } else if (says === 'word') {
      const data = JSON.parse(Buffer.from(mail.bytes(at)).toString()) as Record<string, FieldValue>;
      rows.word(n, { type: catalogue.byCode.get(code)!.name, code, subject: to as SubjectId, time, data }, tie, fields);
    } else rows.moveOf(n, member, rowIn(mail, at, member), says);
  };
}
