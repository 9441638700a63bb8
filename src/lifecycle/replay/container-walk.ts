import { catalogue, type FieldValue, type SubjectId } from '../../events/index.ts';
import { createReplayRows, entityOf, ENTITIES, HEADER_BYTES, type Containers, type Entity, type ReplayRows } from '../../features/index.ts';
import { bytesOf, NO_LOAD, SAYS, type Mail } from './mail.ts';
import type { Post } from './outbox.ts';
import { groupPost } from './post-groups.ts';
import type { Readings } from './readings.ts';

/** The values that were asked for: of each sender in the order of its questions, so many for each as its row is read for. */
export interface Answers {
  readonly values: readonly Float64Array<ArrayBuffer>[];
}

export interface ContainerWalk {
  /** What the members of these containers sent. */
  readonly post: readonly Post[];
  readonly readings: Readings;
  readonly rootOf: (subject: string) => string;
}

const NOWHERE: Containers = { fold: () => {}, move: () => {} };

/** Replays the rows that records are linked to, from the messages of those who are linked to them, and answers what was asked of them. */
export function walkContainers({ post, readings, rootOf }: ContainerWalk): Answers {
  const { specs, target, linked } = readings;
  const rows = createReplayRows(specs, { target, containers: NOWHERE });
  const groups = groupPost(post, rootOf);
  const hearing = receiver(rows);
  const places = ENTITIES.map((entity) => linked.get(entity) ?? []);
  const { places: answerAt, values } = roomOf(post, places);

  for (let group = 0; group < groups.count; group++) walkGroup(group);
  return { values };

  function walkGroup(group: number): void {
    const { messages, asks } = groups;
    let next = asks.starts[group]!;
    const answer = (ask: number): void => {
      const sender = asks.senders[ask]!;
      const at = asks.rows[ask]!;
      const { names, asks: of } = post[sender]!;
      const name = names[of.keys[at]!]!;
      const which = places[ENTITIES.indexOf(entityOf(name)!)]!;
      rows.readInto(rows.number(name), which, of.times[at]!, values[sender]!, answerAt[sender]![at]!);
    };
    for (let i = messages.starts[group]!; i < messages.starts[group + 1]!; i++) {
      const sender = messages.senders[i]!;
      const at = messages.rows[i]!;
      const { names, mail } = post[sender]!;
      for (; next < asks.starts[group + 1]! && isBefore(post[asks.senders[next]!]!.asks, asks.rows[next]!, mail.known[at]!, mail.offsets[at]!); next++) answer(next);
      hearing(names[mail.keys[at]!]!, mail, at);
    }
    for (; next < asks.starts[group + 1]!; next++) answer(next);
    rows.clear();
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
function receiver(rows: ReplayRows): (to: string, mail: Mail, message: number) => void {
  const { folds, columns } = rows;
  const fields = new Float64Array(columns.names.length).fill(NaN);
  const blanks = new Map<Entity, DataView>();
  const blankOf = (entity: Entity): DataView => {
    let blank = blanks.get(entity);
    if (blank === undefined) {
      const { bytes, init } = folds.of(entity);
      blanks.set(entity, (blank = new DataView(new ArrayBuffer(HEADER_BYTES + bytes))));
      init(blank, HEADER_BYTES);
    }
    return blank;
  };
  const rowIn = (mail: Mail, message: number, member: Entity): DataView => {
    if (mail.loads[message] === NO_LOAD) return blankOf(member);
    const bytes = bytesOf(mail, message);
    return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  };
  const load = ({ loads, load: numbers }: Mail, message: number, list: readonly number[]): void => {
    const at = loads[message]!;
    for (let i = 0; i < list.length; i++) fields[list[i]!] = numbers[at + i]!;
  };
  const unload = (list: readonly number[]): void => {
    for (let i = 0; i < list.length; i++) fields[list[i]!] = NaN;
  };
  const lists = new Map<number, readonly number[]>();
  const listOf = (entity: Entity, code: number, member: Entity | undefined, place: number): readonly number[] => {
    const key = (place * 8 + ENTITIES.indexOf(entity)) * 65_536 + code;
    let list = lists.get(key);
    if (list === undefined) lists.set(key, (list = folds.of(entity).columnsOf(code, member)));
    return list;
  };

  return (to, mail, message) => {
    const place = mail.says[message]!;
    const says = SAYS[place & 7]!;
    const member = ENTITIES[place >> 3]!;
    const code = mail.codes[message]!;
    const time = mail.times[message]!;
    const tie = mail.ties[message]!;
    const n = rows.number(to);
    if (says === 'fold') {
      const list = listOf(entityOf(to)!, code, member, place);
      load(mail, message, list);
      rows.addOf(n, member, code, time, tie, fields);
      unload(list);
    } else if (says === 'add') {
      const list = listOf(member, code, undefined, place);
      load(mail, message, list);
      rows.add(n, code, time, tie, fields);
      unload(list);
    } else if (says === 'word') {
      const data = JSON.parse(Buffer.from(bytesOf(mail, message)).toString()) as Record<string, FieldValue>;
      rows.word(n, { type: catalogue.byCode.get(code)!.name, code, subject: to as SubjectId, time, data }, tie, fields);
    } else rows.moveOf(n, member, rowIn(mail, message, member), says);
  };
}
