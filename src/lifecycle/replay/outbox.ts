import { mix32 } from '../../base/index.ts';
import { ENTITIES, type Entity } from '../../features/index.ts';
import { createAsking, type Asks } from './asks.ts';
import { hashIn } from './identity.ts';
import { createPile, type Mail, type Moment, type Pile } from './mail.ts';
import type { SampleRows } from './sink.ts';

/** All that goes to some containers: messages, and questions for the values of their rows. */
export interface Post {
  /** Of the containers, by key. */
  readonly names: readonly string[];
  readonly mail: Mail;
  readonly asks: Asks;
}

/** What records tell those that they are linked to, sorted by where these are dealt with. */
export interface Outbox {
  /** The address of a subject; `of` says of which kind of container it is looked up as, one after the other. */
  to(name: string, of: Entity): Address;
  /** What is put from now on tells of an event that became known then. */
  at(known: number, offset: number): void;
  /** Asks for the values of a row for a sample, by its number; what is asked for one sample is asked in a row. */
  ask(address: Address, sample: number): void;
  /** By part, good until the next message; then it is empty. `order` says which sample stands in which row. */
  finish(rows: SampleRows, order: Int32Array): Post[];
}

export interface Address {
  readonly part: number;
  readonly key: number;
  readonly pile: Pile;
}

/** `rootOf` says who stands for those that a subject must be dealt with together, as of `identityOf`. */
export function createOutbox(parts: number, rootOf: (name: string) => number): Outbox {
  const now: Moment = { known: 0, offset: 0 };
  const last = Object.fromEntries(ENTITIES.map((entity) => [entity, { name: '', address: undefined as Address | undefined }])) as Record<Entity, { name: string; address: Address | undefined }>;
  const piles = Array.from({ length: parts }, () => createPile(now));
  const asking = createAsking(parts);
  let held = begin();

  function begin() {
    for (const entity of ENTITIES) last[entity] = { name: '', address: undefined };
    return {
      names: Array.from({ length: parts }, (): string[] => []),
      known: new Map<string, Address>(),
    };
  }
  const find = (name: string): Address => {
    const { names, known } = held;
    let address = known.get(name);
    if (address === undefined) {
      const part = partOf(rootOf(name), parts);
      known.set(name, (address = { part, key: names[part]!.push(name) - 1, pile: piles[part]! }));
    }
    return address;
  };

  return {
    to(name, of) {
      const before = last[of]; // the same text, most often, while a record's events follow one another: nothing is looked up
      if (before.name !== name) {
        before.name = name;
        before.address = find(name);
      }
      return before.address!;
    },
    at(time, offset) {
      now.known = time;
      now.offset = offset;
    },
    ask: ({ part, key }, sample) => asking.put(part, key, sample),
    finish(rows, order) {
      const { names } = held;
      held = begin();
      const asks = asking.finish(rows, order);
      return piles.map((pile, part) => ({ names: names[part]!, mail: pile.finish(), asks: asks[part]! }));
    },
  };
}

/** Mixed: shares of buckets go by the same hash. */
const partOf = (root: number, parts: number): number => mix32(hashIn(root)) % parts;
