import { DAY } from '../base/index.ts';
import type { LoggedEvent } from '../events/index.ts';

/** The newest tile u16, counted from 1 since 1970, 0 for none · how much fell into it and into the three before, u8 each. */
export const HEAT_BYTES = 6;
const TILES = 4;
const TILE = 2 * DAY;
const MOST = 0xff;

/** What a record does of its own accord, and how much each deed weighs. */
const WEIGHTS: Readonly<Record<string, number>> = {
  'web.visited': 1,
  'web.searched': 1,
  'web.asset_downloaded': 2,
  'web.form_submitted': 4,
  'web.chatted': 4,
  'email.clicked': 2,
  'email.replied': 4,
  'email.received': 4,
  'meeting.booked': 4,
  'campaign.responded': 2,
  'product.used': 1,
  'product.trial_started': 4,
  'product.limit_reached': 4,
};
const PAGES_OF_BUYERS = new Set(['pricing', 'contact']);

/** How much an event warms its record; 0 for one that says nothing of what the record wants. */
export function warmthOf({ type, data }: Pick<LoggedEvent, 'type' | 'data'>): number {
  if (type === 'call.logged') return data['direction'] === 'inbound' ? 4 : 0;
  const weight = WEIGHTS[type] ?? 0;
  return type === 'web.visited' && PAGES_OF_BUYERS.has(String(data['page'])) ? 3 * weight : weight;
}

/** Adds warmth at a time, ms. In any order the same events leave the same bytes. */
export function addHeat(view: DataView, at: number, time: number, warmth: number): void {
  const tile = tileOf(time);
  reach(view, at, tile);
  add(view, at, view.getUint16(at, true) - tile, warmth);
}

/** Adds the heat of another row. */
export function pourHeat(view: DataView, at: number, from: DataView, fromAt: number): void {
  const newest = from.getUint16(fromAt, true);
  if (newest === 0) return;
  reach(view, at, newest);
  const behind = view.getUint16(at, true) - newest;
  for (let age = 0; age < TILES; age++) add(view, at, behind + age, from.getUint8(fromAt + 2 + age));
}

/**
 * The newest tile, plus how often what the tiles hold doubles, each worth half of the next newer one; 0 where nothing was ever
 * done. It changes with events alone, never with time, so two records compare tomorrow as they do today (forward decay: Cormode,
 * Shkapenyuk, Srivastava and Xu, 2009). Less `heatTile(now)` it is the heat as of now: 0 is one deed now, or two in the tile before.
 */
export function heatLevel(view: DataView, at: number): number {
  const newest = view.getUint16(at, true);
  if (newest === 0) return 0;
  let sum = 0;
  for (let age = 0; age < TILES; age++) sum += view.getUint8(at + 2 + age) << (TILES - 1 - age);
  return Math.min(0xffff, Math.max(1, newest + (31 - Math.clz32(sum)) - (TILES - 1)));
}

/** Whether all that the tiles hold lies in the newest: the record was quiet for a week before. */
export function isStirring(view: DataView, at: number): boolean {
  for (let age = 1; age < TILES; age++) if (view.getUint8(at + 2 + age) > 0) return false;
  return view.getUint16(at, true) > 0;
}

/** The tile of a moment, ms; a half-life long. */
export const heatTile = (now: number): number => tileOf(now);

const tileOf = (time: number): number => Math.min(0xffff, Math.max(1, Math.floor(time / TILE) + 1));

/** Makes `tile` the newest where it is newer. */
function reach(view: DataView, at: number, tile: number): void {
  const ahead = tile - view.getUint16(at, true);
  if (ahead <= 0) return;
  for (let age = TILES - 1; age >= 0; age--) view.setUint8(at + 2 + age, age < ahead ? 0 : view.getUint8(at + 2 + age - ahead));
  view.setUint16(at, tile, true);
}

function add(view: DataView, at: number, age: number, warmth: number): void {
  if (age >= TILES) return;
  const place = at + 2 + age;
  view.setUint8(place, Math.min(MOST, view.getUint8(place) + warmth));
}
