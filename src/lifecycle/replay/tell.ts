import { codeOfType, createReplayRows, sharedRegions, HEADER_BYTES, type Containers, type Entity, type FeatureSpec, type ReplayRows, type TargetName, type Vocabularies, type Word } from '../../features/index.ts';
import { createEmptyRows } from './empty-rows.ts';
import { TYING } from './groups.ts';
import { SAYING } from './mail.ts';
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
  add(address: Address, entity: Entity, told: Pick<Word, 'code' | 'time'> & { tie: number }, fields: Float64Array): void;
  word(address: Address, entity: Entity, told: Pick<Word, 'code' | 'time' | 'data'> & { tie: number }, fields: Float64Array): void;
}

export function tellContainers(specs: readonly FeatureSpec[], { target, linked, outbox, vocabularies }: TellOptions): Tell {
  const said = { says: 0, code: 0, time: 0, tie: 0 };
  const containers: Containers = {
    fold(container, to, member, code, time, tie, fields) {
      if (!linked.has(container)) return;
      const { pile, key } = outbox.to(to, container);
      said.says = SAYING.fold[member];
      said.code = code;
      said.time = time;
      said.tie = tie;
      pile.put(key, said, fields, columnsOf(container, code, member));
    },
    move(container, to, member, row, how) {
      if (!linked.has(container) || shared(container, member).length === 0) return;
      const { pile, key } = outbox.to(to, container);
      const bytes = isEmpty(row, member) ? undefined : new Uint8Array(row.buffer, row.byteOffset, row.byteLength);
      if (how === 'take' && bytes === undefined) return;
      said.says = SAYING[how][member];
      pile.putBytes(key, said, bytes);
    },
  };
  const rows = createReplayRows(specs, { target, containers, vocabularies });
  const shared = sharedRegions(rows.folds);

  const columnsOf = createMessageColumns(rows.folds);
  const emptyRow = createEmptyRows(rows.folds);

  /** Whether nothing was folded into a row yet. */
  const isEmpty = (row: DataView, entity: Entity): boolean => foldedBytes(row).equals(foldedBytes(emptyRow(entity)));

  return {
    rows,
    forwarded: new Set<Entity>([...linked, ...(linked.has('contact') ? (['visitor'] as const) : [])]),
    add({ pile, key }, entity, told, fields) {
      said.says = SAYING.add[entity];
      said.code = told.code;
      said.time = told.time;
      said.tie = told.tie;
      pile.put(key, said, fields, columnsOf(entity, told.code));
    },
    word({ pile, key }, entity, told, fields) {
      said.says = SAYING.add[entity];
      said.code = told.code;
      said.time = told.time;
      said.tie = told.tie;
      if (TELLING.has(told.code)) {
        said.says = SAYING.word[entity];
        pile.putBytes(key, said, Buffer.from(JSON.stringify(told.data)));
      } else pile.put(key, said, fields, columnsOf(entity, told.code));
    },
  };
}

/** Types that say what a row is, and not only what is added to it. */
const TELLING = new Set([...TYING].map((type) => codeOfType(type)));

const foldedBytes = ({ buffer, byteOffset, byteLength }: DataView): Buffer => Buffer.from(buffer as ArrayBuffer, byteOffset + HEADER_BYTES, byteLength - HEADER_BYTES);
