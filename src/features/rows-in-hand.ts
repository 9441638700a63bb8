import { createRowSlots, type RowSlot } from './row-slots.ts';
import type { Table } from './store.ts';

/** The rows that a fold works on. They stay in hand between transactions: what is hot is read and unpacked once. */
export interface RowsInHand {
  /** The row to look at, good until the transaction ends. */
  get(key: string): DataView | undefined;
  /** The row for change, good until the transaction ends; where there is none it begins as a copy of `empty`. */
  touch(key: string, empty: Uint8Array): DataView;
  remove(key: string): void;
  /** Writes what was touched since, in the order of the keys. */
  save(): void;
  /** Forgets what was not written, and with it all that is in hand. */
  drop(): void;
}

export interface RowsInHandOptions {
  /** Bytes of rows that stay in hand. */
  readonly most?: number;
}

/** The rows of some 150,000 leads. */
const MOST = 2 ** 27;

interface Held {
  readonly key: string;
  readonly slot: RowSlot;
  state: 'clean' | 'touched' | 'removed';
}

/** Two generations stand for how recently a row was used: what nobody asked for while the younger one filled up goes. */
export function createRowsInHand(table: Table, { most = MOST }: RowsInHandOptions = {}): RowsInHand {
  const slots = createRowSlots();
  let young = new Map<string, Held>();
  let old = new Map<string, Held>();
  let bytes = 0; // of the young
  let touched: Held[] = [];
  let removed: Held[] = [];
  /** Asked for last: one event asks for the same row several times. */
  let last: Held | undefined;
  /** The key that was missing last. */
  let missing: string | undefined;

  const keep = (held: Held): Held => {
    young.set(held.key, held);
    bytes += held.slot.bytes.length;
    return held;
  };

  const load = (key: string): Held | undefined => {
    let slot: RowSlot | undefined;
    const place = (size: number): Uint8Array => (slot = slots.take(size)).bytes;
    if (table.into !== undefined) table.into(key, place);
    else {
      const found = table.get(key);
      if (found !== undefined) place(found.length).set(found);
    }
    return slot && keep({ key, slot, state: 'clean' });
  };

  const find = (key: string): Held | undefined => {
    if (last !== undefined && last.key === key) return last;
    if (key === missing) return undefined;
    let held = young.get(key);
    if (held === undefined) {
      held = old.get(key);
      if (held === undefined) held = load(key);
      else {
        old.delete(key);
        keep(held);
      }
    }
    if (held === undefined) missing = key;
    else last = held;
    return held;
  };

  const begin = (key: string, empty: Uint8Array): Held => {
    const slot = slots.take(empty.length);
    slot.bytes.set(empty);
    missing = undefined;
    return (last = keep({ key, slot, state: 'clean' }));
  };

  const age = (): void => {
    if (bytes < most / 2) return;
    for (const { slot } of old.values()) slots.give(slot);
    [old, young, bytes, last] = [young, new Map(), 0, undefined];
  };

  return {
    get: (key) => find(key)?.slot.view,
    touch(key, empty) {
      const held = find(key) ?? begin(key, empty);
      if (held.state === 'clean') {
        held.state = 'touched';
        touched.push(held);
      }
      return held.slot.view;
    },
    remove(key) {
      const held = find(key);
      if (held === undefined) return;
      held.state = 'removed';
      removed.push(held); // whoever looks at it may do so until the transaction ends
      young.delete(key);
      last = undefined;
      table.remove(key);
    },
    save() {
      for (const held of touched.toSorted((a, b) => (a.key < b.key ? -1 : 1))) {
        if (held.state === 'removed') continue;
        table.put(held.key, held.slot.bytes);
        held.state = 'clean';
      }
      for (const { slot } of removed) slots.give(slot);
      [touched, removed] = [[], []];
      age();
    },
    drop() {
      [old, young, bytes, last, missing] = [new Map(), new Map(), 0, undefined, undefined];
      [touched, removed] = [[], []];
    },
  };
}
