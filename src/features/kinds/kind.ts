import type { RowCode } from '../code/code.ts';
import type { CellName } from './held.ts';
import type { Need, Place } from './need.ts';
import type { Width } from './tile-cells.ts';

/** A feature's value from a row that begins at `base`, as of `now` (ms). NaN is missing; categories are codes. */
export type Read = (view: DataView, base: number, now: number) => number;

/** A kind of feature, compiled: what must be kept, and how it is read. */
export interface Kind {
  readonly needs: readonly Need[];
  /** `places` are where the needs are met, in their order. */
  bind(places: readonly Place[]): Read;
  /** What `bind` reads, as an expression: the same to the last bit. */
  write(places: readonly Place[], row: RowCode): string;
  /** How the codes of a category are told: the vocabulary of a field, or names of its own. Absent for numbers. */
  readonly words?: { readonly field: string } | ((code: number) => string | null);
}

/** What a kind has to know of the events and of the entity that it is kept for. */
export interface Scope {
  /** How wide counts are. */
  readonly width: Width;
  field(events: readonly string[], name: string): FieldFacts;
  /** The code of a word of a category. */
  codeOf(word: string): number;
}

export interface FieldFacts {
  readonly type: 'number' | 'boolean' | 'category' | 'time';
  /** Sums of it fit 32 bits: not below 0 and of modest size. */
  readonly small: boolean;
  /** The words of a closed vocabulary. */
  readonly closed: readonly string[] | null;
}

/** The cell in which a value of a type is held. */
export const cellFor = (type: FieldFacts['type']): CellName => (type === 'category' ? 'category' : type === 'boolean' ? 'flag' : 'number');
