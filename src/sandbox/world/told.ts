import { hash32 } from '../../base/index.ts';
import { dayOf } from '../hours.ts';
import type { RawEvent } from '../raw.ts';
import { isoTime } from './iso.ts';
import type { Say } from './scene.ts';

/** What is told of a life: what belongs to it after its end is not. */
export interface Teller {
  readonly id: string;
  /** What the ids of its events begin with; it says nothing of the record. */
  readonly stem: string;
  readonly endedAt: number;
  told: number;
}

/** An event, and when its source can tell it, ms. */
export interface Timed {
  readonly at: number;
  readonly raw: RawEvent;
}

/** Holds what was told for a day until that day is over: the only memory of the world beside its open lives. */
export interface Book {
  /** A say of a life, or of the world at large. */
  sayOf(life: Teller | null): Say;
  /** What happened on a day, in order of time, then of id. What happened to a life after its end is left out. */
  close(day: number): Timed[];
}

/** Events of a day, each beside the life that it is of: who reads the events is not to see the lives. */
interface Page {
  readonly events: Timed[];
  readonly lives: (Teller | null)[];
}

export function openBook(): Book {
  const pages = new Map<number, Page>();
  let closed = -Infinity;
  return {
    sayOf: (life) => (time, source, type, { subject, kind }, data = {}) => {
      const at = Math.floor(time);
      const day = dayOf(at);
      if (day <= closed) throw new Error(`${type} of ${new Date(at).toISOString()} is told after its day`);
      const id = life === null ? `${type}:${subject}:${String(data['day'] ?? '')}:${at}` : `${life.stem}-${1_000 + life.told++}`;
      const raw: RawEvent = { specversion: '1.0', id, source, type, subject, time: isoTime(at), data };
      if (kind !== undefined) raw.subjectkind = kind;
      let page = pages.get(day);
      if (page === undefined) pages.set(day, (page = { events: [], lives: [] }));
      page.events.push({ at, raw });
      page.lives.push(life);
    },
    close(day) {
      const { events, lives } = pages.get(day) ?? { events: [], lives: [] };
      for (const old of pages.keys()) if (old <= day) pages.delete(old);
      closed = day;
      return events.filter(({ at, raw }, i) => {
        const life = lives[i]!;
        return life === null || at <= life.endedAt || raw.subject !== life.id;
      }).toSorted(inOrder);
    },
  };
}

/** For the ids of a life's events: 64 bits of a hash of its record's id. */
export const stemOf = (id: string, seed: number): string => hash32(id, seed).toString(36) + hash32(id, seed ^ 0x55555555).toString(36);

const inOrder = (a: Timed, b: Timed): number => a.at - b.at || (a.raw.id < b.raw.id ? -1 : a.raw.id > b.raw.id ? 1 : 0);
