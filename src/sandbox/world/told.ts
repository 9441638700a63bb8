import { hash32 } from '../../base/index.ts';
import { dayOf } from '../hours.ts';
import type { RawEvent } from '../raw.ts';
import type { Say } from './scene.ts';

/** What is told of a life: what belongs to it after its end is not. */
export interface Teller {
  readonly id: string;
  readonly endedAt: number;
  told: number;
}

interface Told {
  readonly at: number;
  readonly raw: RawEvent;
  readonly life: Teller | null;
}

/** An event, and when its source can tell it, ms. */
export type Timed = Pick<Told, 'at' | 'raw'>;

/** Holds what was told for a day until that day is over: the only memory of the world beside its open lives. */
export interface Book {
  /** A say of a life, or of the world at large. */
  sayOf(life: Teller | null): Say;
  /** What happened on a day, in order of time, then of id. What happened to a life after its end is left out. */
  close(day: number): Timed[];
}

export function openBook(seed: number): Book {
  const days = new Map<number, Told[]>();
  let closed = -Infinity;
  const idOf = (life: Teller, number: number): string => {
    const stem = hash32(life.id, seed).toString(36) + hash32(life.id, seed ^ 0x55555555).toString(36);
    return `${stem}-${String(number).padStart(4, '0')}`;
  };
  return {
    sayOf: (life) => (time, source, type, { subject, kind }, data = {}) => {
      const at = Math.floor(time);
      const day = dayOf(at);
      if (day <= closed) throw new Error(`${type} of ${new Date(at).toISOString()} is told after its day`);
      const id = life === null ? `${type}:${subject}:${String(data['day'] ?? '')}:${at}` : idOf(life, life.told++);
      const raw: RawEvent = { specversion: '1.0', id, source, type, subject, time: new Date(at).toISOString(), data };
      if (kind !== undefined) raw.subjectkind = kind;
      const list = days.get(day);
      if (list === undefined) days.set(day, [{ at, raw, life }]);
      else list.push({ at, raw, life });
    },
    close(day) {
      const list = days.get(day) ?? [];
      for (const old of days.keys()) if (old <= day) days.delete(old);
      closed = day;
      return list.filter(({ at, raw, life }) => life === null || at <= life.endedAt || raw.subject !== life.id).toSorted(inOrder);
    },
  };
}

const inOrder = (a: Timed, b: Timed): number => a.at - b.at || (a.raw.id < b.raw.id ? -1 : a.raw.id > b.raw.id ? 1 : 0);
