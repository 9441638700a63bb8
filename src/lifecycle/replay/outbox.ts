import { hash32 } from '../../base/index.ts';
import { createAsks, type Asks } from './asks.ts';
import { createPile, type Mail, type Moment, type Pile } from './mail.ts';

/** All that goes to some containers: messages, and questions for the values of their rows. */
export interface Post {
  /** Of the containers, by key. */
  readonly names: readonly string[];
  readonly mail: Mail;
  readonly asks: Asks;
}

/** What records tell those that they are linked to, sorted by where these are dealt with. */
export interface Outbox {
  /** The address of a container. */
  to(name: string): Address;
  /** What is put from now on tells of an event that became known then. */
  at(known: number, offset: number): void;
  ask(address: Address, sample: number, time: number, offset: number): void;
  /** By part. */
  finish(): Post[];
}

export interface Address {
  readonly part: number;
  readonly key: number;
  readonly pile: Pile;
}

/** `rootOf` names one of those that a subject must be dealt with together. */
export function createOutbox(parts: number, rootOf: (name: string) => string): Outbox {
  const now: Moment = { known: 0, offset: 0 };
  const piles = Array.from({ length: parts }, () => createPile(now));
  const asks = Array.from({ length: parts }, () => createAsks());
  const names = Array.from({ length: parts }, (): string[] => []);
  const known = new Map<string, Address>();
  return {
    to(name) {
      let address = known.get(name);
      if (address === undefined) {
        const part = partOf(rootOf(name), parts);
        known.set(name, (address = { part, key: names[part]!.push(name) - 1, pile: piles[part]! }));
      }
      return address;
    },
    at(time, offset) {
      now.known = time;
      now.offset = offset;
    },
    ask: ({ part, key }, sample, time, offset) => asks[part]!.put(key, sample, time, offset),
    finish: () => piles.map((pile, part) => ({ names: names[part]!, mail: pile.finish(), asks: asks[part]!.finish() })),
  };
}

const SEED = 0x9e3779b9;
const partOf = (root: string, parts: number): number => hash32(root, SEED) % parts;
