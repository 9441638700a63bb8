import { codeOfType, createReplayRows, sharedRegions, HEADER_BYTES, type Entity, type FeatureSpec, type ReplayRows, type TargetName, type ToldContainers, type Vocabularies, type Word } from '../../features/index.ts';
import { createEmptyRows } from './empty-rows.ts';
import { TYING } from './groups.ts';
import { SAYING, saidOf } from './mail.ts';
import { createMessageColumns } from './message-columns.ts';
import type { Address, Outbox } from './outbox.ts';

export interface TellOptions {
  readonly target: TargetName;
  /** Whose rows are read beside the target's. */
  readonly linked: ReadonlySet<Entity>;
  readonly outbox: Outbox;
  readonly vocabularies: Vocabularies;
}

/** The rows of members, which tell those that they are linked to by messages what counts there. */
export interface Tell {
  readonly rows: ReplayRows;
  /** Whose own events go to where their row is read. */
  readonly forwarded: ReadonlySet<Entity>;
  add(address: Address, entity: Entity, event: Heard, fields: Float64Array): void;
  word(address: Address, entity: Entity, event: Heard & Pick<Word, 'data'>, fields: Float64Array): void;
}

/** An event of one of these: the code of its type, ms, 32 bits of tie. */
type Heard = Pick<Word, 'code' | 'time'> & { readonly tie: number };

export function tellContainers(specs: readonly FeatureSpec[], { target, linked, outbox, vocabularies }: TellOptions): Tell {
  const containers: ToldContainers = {
    fold(container, to, member, code, time, tie, fields) {
      containers.foldInto(container, to, member)?.(code, time, tie, fields);
    },
    foldInto(container, to, member) {
      if (!linked.has(container)) return undefined;
      const { pile, key } = outbox.to(to, container);
      const saying = SAYING.fold[member];
      const columns = columnsOf(container, member);
      return (code, time, tie, fields) => pile.put(key, saidOf(saying, code), time, tie, fields, columns[code]!);
    },
    move(container, to, member, row, how) {
      if (!linked.has(container) || shared(container, member).length === 0) return;
      const { pile, key } = outbox.to(to, container);
      const bytes = isEmpty(row, member) ? undefined : new Uint8Array(row.buffer, row.byteOffset, row.byteLength);
      if (how === 'take' && bytes === undefined) return;
      pile.putBytes(key, saidOf(SAYING[how][member], 0), 0, 0, bytes);
    },
  };
  const rows = createReplayRows(specs, { target, containers, vocabularies });
  const shared = sharedRegions(rows.folds);

  const columnsOf = createMessageColumns(rows.folds);
  const emptyRow = createEmptyRows(rows.folds);

  /** Whether nothing was folded into a row yet. */
  const isEmpty = (row: DataView, entity: Entity): boolean => holdsSame(row, emptyRow(entity));

  const add: Tell['add'] = ({ pile, key }, entity, { code, time, tie }, fields) => pile.put(key, saidOf(SAYING.add[entity], code), time, tie, fields, columnsOf(entity)[code]!);

  return {
    rows,
    forwarded: new Set<Entity>([...linked, ...(linked.has('contact') ? (['visitor'] as const) : [])]),
    add,
    word(address, entity, event, fields) {
      const { code, time, tie, data } = event;
      if (!TELLING.has(code)) return add(address, entity, event, fields);
      address.pile.putBytes(address.key, saidOf(SAYING.word[entity], code), time, tie, Buffer.from(JSON.stringify(data)));
    },
  };
}

/** Types that say what a row is, and not only what is added to it. */
const TELLING = new Set([...TYING].map((type) => codeOfType(type)));

/** Whether two rows of an entity hold the same, their headers aside. */
function holdsSame(a: DataView, b: DataView): boolean {
  let at = HEADER_BYTES;
  for (; at + 4 <= a.byteLength; at += 4) if (a.getUint32(at) !== b.getUint32(at)) return false;
  for (; at < a.byteLength; at++) if (a.getUint8(at) !== b.getUint8(at)) return false;
  return true;
}
