import type { LastList } from '../rank/index.ts';

/** What each user saw last, so that a list that is asked for again does not shuffle. It is forgotten at a restart. */
export interface Memories {
  get(user: string): LastList | undefined;
  keep(user: string, list: LastList): void;
}

/** Keeps the lists of the `most` users who asked last. */
export function createMemories({ most = 1_000 } = {}): Memories {
  const held = new Map<string, LastList>();
  return {
    get: (user) => held.get(user),
    keep(user, list) {
      held.delete(user);
      held.set(user, list);
      if (held.size > most) held.delete(held.keys().next().value!);
    },
  };
}
