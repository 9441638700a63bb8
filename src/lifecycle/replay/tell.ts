import { codeOfType, createReplayRows, sharedRegions, HEADER_BYTES, type Containers, type Entity, type FeatureSpec, type ReplayRows, type TargetName, type Vocabularies, type Word } from '../../features/index.ts';
import { JOINING } from './groups.ts';
import { saying } from './mail.ts';
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
  add(address: Address, entity: Entity, told: Pick<Word, 'code' | 'time'> & { tie: number }, fields: Float64Array): void;
  word(address: Address, entity: Entity, told: Pick<Word, 'code' | 'time' | 'data'> & { tie: number }, fields: Float64Array): void;
}

export function tellContainers(specs: readonly FeatureSpec[], { target, linked, outbox, vocabularies }: TellOptions): Tell {
  const said = { says: 0, code: 0, time: 0, tie: 0 };
  const saysOf = (says: Parameters<typeof saying>[0]): ((entity: Entity) => number) => {
    const held = new Map<Entity, number>();
    return (entity) => {
      let number = held.get(entity);
      if (number === undefined) held.set(entity, (number = saying(says, entity)));
      return number;
    };
  };
  const [fold, give, take, add, word] = [saysOf('fold'), saysOf('give'), saysOf('take'), saysOf('add'), saysOf('word')];
  const columnsOf = columnLists((entity, code, member) => rows.folds.of(entity).columnsOf(code, member));

  const containers: Containers = {
    fold(container, to, member, code, time, tie, fields) {
      if (!linked.has(container)) return;
      const { pile, key } = outbox.to(to);
      said.says = fold(member);
      said.code = code;
      said.time = time;
      said.tie = tie;
      pile.put(key, said, fields, columnsOf(container, code, member));
    },
    move(container, to, member, row, how) {
      if (!linked.has(container) || shared(container, member).length === 0) return;
      const { pile, key } = outbox.to(to);
      const bytes = isEmpty(row, member) ? undefined : new Uint8Array(row.buffer, row.byteOffset, row.byteLength);
      if (how === 'take' && bytes === undefined) return;
      said.says = how === 'give' ? give(member) : take(member);
      pile.putBytes(key, said, bytes);
    },
  };
  const rows = createReplayRows(specs, { target, containers, vocabularies });
  const shared = sharedRegions(rows.folds);

  const empties = new Map<Entity, Buffer>();
  /** Whether nothing was folded into a row yet. */
  const isEmpty = (row: DataView, entity: Entity): boolean => {
    let empty = empties.get(entity);
    if (empty === undefined) {
      const { bytes, init } = rows.folds.of(entity);
      const view = new DataView(new ArrayBuffer(bytes));
      init(view, 0);
      empties.set(entity, (empty = Buffer.from(view.buffer)));
    }
    return empty.equals(new Uint8Array(row.buffer, row.byteOffset + HEADER_BYTES, empty.length));
  };

  return {
    rows,
    forwarded: new Set<Entity>([...linked, ...(linked.has('contact') ? (['visitor'] as const) : [])]),
    add({ pile, key }, entity, told, fields) {
      said.says = add(entity);
      said.code = told.code;
      said.time = told.time;
      said.tie = told.tie;
      pile.put(key, said, fields, columnsOf(entity, told.code));
    },
    word({ pile, key }, entity, told, fields) {
      said.says = add(entity);
      said.code = told.code;
      said.time = told.time;
      said.tie = told.tie;
      if (TELLING.has(told.code)) {
        said.says = word(entity);
        pile.putBytes(key, said, Buffer.from(JSON.stringify(told.data)));
      } else pile.put(key, said, fields, columnsOf(entity, told.code));
    },
  };
}

/** Types that say what a row is, and not only what is added to it. */
const TELLING = new Set([...JOINING, 'user.changed'].map((type) => codeOfType(type)));

type Columns = readonly number[];

/** The columns that a message carries, looked up once. */
function columnLists(find: (entity: Entity, code: number, member?: Entity) => Columns): (entity: Entity, code: number, member?: Entity) => Columns {
  const lists = new Map<string, (Columns | undefined)[]>();
  const names = new Map<Entity, Map<Entity | undefined, string>>();
  return (entity, code, member) => {
    let of = names.get(entity);
    if (of === undefined) names.set(entity, (of = new Map()));
    let name = of.get(member);
    if (name === undefined) of.set(member, (name = `${entity} ${member ?? ''}`));
    let list = lists.get(name);
    if (list === undefined) lists.set(name, (list = []));
    return (list[code] ??= find(entity, code, member));
  };
}
