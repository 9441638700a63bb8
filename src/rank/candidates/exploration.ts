import { mix32 } from '../../base/index.ts';
import type { CandidateReader } from './reader.ts';

/** Ids are random texts of base 36; so many of their places are looked at. */
const PLACES = 9;
const SPACE = 36 ** PLACES;

/** Records drawn by lot, and the probability with which each of the book was. */
export interface Drawn {
  readonly subjects: readonly string[];
  readonly propensity: number;
}

/** What ids begin with, by what they are of. */
const PREFIXES = ['ld_', 'op_'];
/** Follows every place. */
const LAST = '~';

/**
 * Draws about `share` of an owner's records evenly, without reading the others: those whose ids lie in a stretch of that part of all
 * ids, which begins where the seed says. Every record lies in it with the same probability, that of the stretch.
 */
export function drawByLot(reader: Pick<CandidateReader, 'ownedFrom'>, owner: string, { share, seed, limit }: LotOptions): Drawn {
  if (share >= 1) return { subjects: reader.ownedFrom(owner, { limit }), propensity: 1 };
  const width = Math.ceil(share * SPACE);
  if (width <= 0) return { subjects: [], propensity: 0 };
  const start = Math.floor(((mix32(seed) + mix32(seed ^ 0x9e3779b9) / 2 ** 32) / 2 ** 32) * SPACE);
  const end = start + width;
  const stretches = end <= SPACE ? [[place(start), place(end)]] : [[place(start), LAST], ['', place(end - SPACE)]];
  const subjects = PREFIXES.flatMap((prefix) => stretches.flatMap(([from, to]) => reader.ownedFrom(owner, { from: prefix + from!, to: prefix + to!, limit })));
  return { subjects, propensity: width / SPACE };
}

interface LotOptions {
  share: number;
  seed: number;
  /** Far more than is expected: reading stops there. */
  limit: number;
}

/** A number as a place; the one past the last follows all. */
const place = (value: number): string => (value >= SPACE ? LAST : value.toString(36).padStart(PLACES, '0'));
