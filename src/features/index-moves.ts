import type { Index } from './store.ts';

/** Pairs that are to come into an index or leave it, gathered over a transaction. */
export interface IndexMoves extends Pick<Index, 'add' | 'remove'> {
  /** In the order of keys and members, so that what lies together is written together. */
  write(to: Index): void;
  clear(): void;
}

interface Move {
  readonly pair: string;
  readonly how: 'add' | 'remove';
  readonly key: string;
  readonly member: string;
}

/** A pair may be moved once until it is written. */
export function createIndexMoves(): IndexMoves {
  let moves: Move[] = [];
  const note = (how: Move['how'], key: string, member: string): void => void moves.push({ pair: `${key} ${member}`, how, key, member });
  return {
    add: (key, member) => note('add', key, member),
    remove: (key, member) => note('remove', key, member),
    write(to) {
      for (const { how, key, member } of moves.toSorted((a, b) => (a.pair < b.pair ? -1 : 1))) to[how](key, member);
      moves = [];
    },
    clear: () => void (moves = []),
  };
}
