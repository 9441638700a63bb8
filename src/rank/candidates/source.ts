import { DAY } from '../../base/index.ts';

/** Where candidates come from, in the order in which a place is given where there are too many. */
export const SOURCE_NAMES = ['deadline', 'hot', 'another-look', 'territory', 'owned', 'exploration'] as const;
export type CandidateSource = (typeof SOURCE_NAMES)[number];

/** How many records are assessed for a list, and how many of them each source may bring. */
export interface CandidatesSpec {
  /** The most records that are assessed for one list. */
  readonly most: number;
  /** The most that each source brings; 0 switches it off. A book of up to `owned` records is assessed as a whole. */
  readonly quotas: Readonly<Record<CandidateSource, number>>;
  /** Of a book that is larger so many of those that stood best are. */
  readonly best: number;
  /** A deadline is near from so long before on, ms. */
  readonly near: number;
  /** A lead that nobody has been in touch with is new for so long, ms: about as long as a first contact can be due. */
  readonly fresh: number;
  /** A deadline that was missed so long ago is one no more, ms. */
  readonly missed: number;
  /** A record is hot for so long after a single deed, ms, and longer after several. */
  readonly hot: number;
  /** Silence or a dismissal of at least this, ms, and then a fresh signal, is worth another look. */
  readonly silent: number;
}

export const DEFAULT_CANDIDATES: CandidatesSpec = {
  most: 400,
  quotas: { deadline: 60, hot: 60, 'another-look': 20, territory: 60, owned: 240, exploration: 10 },
  best: 120,
  near: DAY,
  fresh: 5 * DAY,
  missed: 7 * DAY,
  hot: 4 * DAY,
  silent: 14 * DAY,
};
