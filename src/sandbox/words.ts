import type { Random } from '../base/index.ts';

/** Names out of syllables: nobody's. */
const FIRST = [
  ['Ma', 'Lu', 'So', 'Ka', 'Ren', 'Ti', 'Yu', 'Ade', 'Ja', 'Ni', 'Ro', 'Ele', 'Fa', 'Ori', 'Pi', 'Zu', 'Ha', 'Vi', 'Bo', 'Le'],
  ['ra', 'na', 'ko', 'li', 'men', 'sel', 'vin', 'ta', 'yo', 'din', 'ria', 'mar', 'beth', 'nu', 'jan', 'las', 'wen', 'tis'],
] as const;
const LAST = [
  ['Ver', 'Okon', 'Lind', 'Mor', 'Sal', 'Tan', 'Bri', 'Hal', 'Kov', 'Dia', 'Nak', 'Per', 'Ros', 'Esk', 'Var', 'Oll', 'Zim', 'Que', 'Adi', 'Wen'],
  ['den', 'afor', 'mark', 'reau', 'gara', 'aki', 'well', 'etti', 'sen', 'ovan', 'ez', 'yani', 'strom', 'bury', 'kwe', 'lund'],
] as const;
const COMPANY = [
  ['Blue', 'North', 'Clear', 'Iron', 'Quiet', 'Silver', 'Amber', 'Granite', 'Copper', 'Maple', 'Swift', 'Golden', 'Stone', 'Cedar', 'Bright', 'Lunar'],
  ['harbor', 'field', 'mill', 'bridge', 'water', 'peak', 'forge', 'gate', 'crest', 'haven', 'ridge', 'lake', 'wind', 'brook'],
] as const;
const STREETS = ['Orchard Lane', 'Mill Road', 'Station Street', 'Harbor Way', 'Garden Row', 'Bridge Street'] as const;

const joined = (random: Random, [heads, tails]: readonly [readonly string[], readonly string[]]): string =>
  random.pick(heads) + random.pick(tails);

export const firstName = (random: Random): string => joined(random, FIRST);
export const lastName = (random: Random): string => joined(random, LAST);
export const companyName = (random: Random): string => joined(random, COMPANY);
export const street = (random: Random): string => `${1 + random.below(180)} ${random.pick(STREETS)}`;
/** From the numbers kept free for fiction. */
export const phone = (random: Random): string => `+1 202 555 01${String(random.below(100)).padStart(2, '0')}`;
