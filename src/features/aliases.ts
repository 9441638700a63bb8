import type { SubjectId } from '../events/index.ts';
import type { Store } from './store.ts';

/** When something was said: [ms, tie]. */
export type Said = readonly [time: number, tie: number];

/** What a subject is by now. */
export interface Alias {
  /** Null where it is itself again. */
  readonly to: SubjectId | null;
  readonly said: Said;
  /** The records that hold something of it. */
  readonly holders: readonly SubjectId[];
}

/** What subjects became: a visitor the lead or contact that it was found to be, a merged record the one that stays. */
export interface Aliases {
  /** The subject whose row counts. */
  resolve(subject: SubjectId): SubjectId;
  get(subject: SubjectId): Alias | undefined;
  /** From now on the subject is `to`, which holds what it did so far; null is itself. */
  set(subject: SubjectId, to: SubjectId | null, said: Said): void;
  /** Every subject that shares a row with this one, or did so once; without itself. */
  joinedWith(subject: SubjectId): SubjectId[];
  /** Forgets what became this subject, and what it became itself. */
  forget(subject: SubjectId): void;
}

const MOST_STEPS = 32;

export function createAliases({ aliases, became }: Pick<Store, 'aliases' | 'became'>): Aliases {
  const get = (subject: SubjectId): Alias | undefined => {
    const bytes = aliases.get(subject);
    return bytes === undefined ? undefined : parse(decoder.decode(bytes));
  };
  const put = (subject: SubjectId, alias: Alias): void => aliases.put(subject, new TextEncoder().encode(print(alias)));

  const resolve = (subject: SubjectId): SubjectId => {
    let at = subject;
    for (let step = 0; step < MOST_STEPS; step++) {
      const bytes = aliases.get(at);
      const further = bytes === undefined ? null : targetOf(bytes);
      if (further === null) return at;
      at = further;
    }
    return at;
  };

  const neighbours = (subject: SubjectId): SubjectId[] => [...(became.members(subject) as SubjectId[]), ...(get(subject)?.holders ?? [])];

  return {
    resolve,
    get,
    set(subject, target, said) {
      const to = target === null ? null : resolve(target);
      if (to === subject) return; // merged back: the first merge stands
      const before = get(subject)?.holders ?? [];
      const holders = to === null || before.includes(to) ? before : [...before, to];
      put(subject, { to, said, holders });
      if (to !== null) became.add(to, subject);
    },
    joinedWith(subject) {
      const found = new Set([subject]);
      for (const one of found) for (const other of neighbours(one)) found.add(other); // a set is walked as it grows
      found.delete(subject);
      return [...found];
    },
    forget(subject) {
      const own = get(subject)?.holders ?? [];
      for (const holder of own) became.remove(holder, subject);
      for (const other of became.members(subject) as SubjectId[]) {
        const { to, said, holders } = get(other)!;
        const rest = [...new Set([...holders.filter((holder) => holder !== subject), ...own])];
        became.remove(subject, other);
        for (const holder of own) became.add(holder, other); // they hold it still
        if (rest.length === 0) aliases.remove(other);
        else put(other, { to: to === subject ? null : to, said, holders: rest });
      }
      aliases.remove(subject);
    },
  };
}

const decoder = new TextDecoder();

/** What comes before the first space, read alone: it is asked for with every event. */
function targetOf(bytes: Uint8Array): SubjectId | null {
  const text = decoder.decode(bytes.subarray(0, bytes.indexOf(SPACE)));
  return text === NONE ? null : (text as SubjectId);
}
const SPACE = 0x20;
const NONE = '-';

/** `to time tie holder…`, with - for none. */
const print = ({ to, said, holders }: Alias): string => [to ?? NONE, ...said, ...holders].join(' ');

function parse(text: string): Alias {
  const [to, time, tie, ...holders] = text.split(' ') as [SubjectId, string, string, ...SubjectId[]];
  return { to: (to as string) === NONE ? null : to, said: [Number(time), Number(tie)], holders };
}
