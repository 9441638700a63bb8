import { DAY, HOUR, isObject, MINUTE } from '../base/index.ts';
import { fault, oneOf, text, texts } from './faults.ts';
import { tileFor } from './kinds/windows.ts';
import { ZONES } from './kinds/zones.ts';
import { LINKS } from './members.ts';
import { isAdditive } from './reading.ts';
import type { Entity } from './spec.ts';

type Parts = Record<string, unknown>;
type Check = (name: string, kind: Parts) => void;

const LONGEST = 3_660 * DAY;
const LONGEST_WINDOW = 180 * DAY;
const MOST_TILES = 400;
const FURTHEST_PLACE = 9;

/** Throws a Fault unless a kind is one that can be compiled for the entity. */
export function checkKind(name: string, entity: Entity, kind: unknown): void {
  if (!isObject(kind)) throw fault(kind, `the kind of ${name} is an object`, 'see FeatureKind');
  if (kind['op'] === 'cross') return checkCross(name, entity, kind);
  const check = typeof kind['op'] === 'string' && Object.hasOwn(CHECKS, kind['op']) ? CHECKS[kind['op']] : undefined;
  if (check === undefined) throw fault(kind['op'], `the kind of ${name} is not known`, `use ${[...Object.keys(CHECKS), 'cross'].join(', ')}`);
  texts(name, 'event types', kind['event']);
  condition(name, 'where', kind['where']);
  check(name, kind);
}

const field: Check = (name, kind) => text(name, 'field', kind['field']);
const typed: Check = (name, kind) => {
  field(name, kind);
  oneOf(name, 'type', kind['type'], ['numeric', 'categorical']);
};
const windowed: Check = (name, kind) => window(name, 'window', kind['window'], kind['tile']);
const fieldWindow: Check = (name, kind) => {
  field(name, kind);
  windowed(name, kind);
};
const nothing: Check = () => {};

const CHECKS: Readonly<Record<string, Check>> = {
  latest: typed,
  first: typed,
  count: (name, kind) => kind['window'] !== undefined && windowed(name, kind),
  sum: fieldWindow,
  mean: fieldWindow,
  max: fieldWindow,
  min: fieldWindow,
  distinct: fieldWindow,
  fallen: fieldWindow,
  decayed: (name, kind) => duration(name, 'halfLife', kind['halfLife']),
  since: nothing,
  until(name, kind) {
    field(name, kind);
    if (kind['as'] !== undefined) oneOf(name, 'as', kind['as'], ['day']);
  },
  change: field,
  elapsed: (name, kind) => texts(name, 'after', kind['after']),
  trend(name, kind) {
    window(name, 'short', kind['short'], kind['tile']);
    window(name, 'long', kind['long'], kind['tile'] ?? tileFor(kind['short'] as number));
    if ((kind['short'] as number) >= (kind['long'] as number)) throw fault(kind['short'], `short of ${name} is not shorter than long`, 'swap them');
  },
  ratio(name, kind) {
    texts(name, 'of', kind['of']);
    condition(name, 'whereOf', kind['whereOf']);
    windowed(name, kind);
  },
  standing(name, kind) {
    texts(name, 'less', kind['less']);
    condition(name, 'whereLess', kind['whereLess']);
  },
  sequence(name, { place }) {
    const fits = typeof place === 'number' && Number.isInteger(place) && place >= 0 && place <= FURTHEST_PLACE;
    if (!fits) throw fault(place, `place of ${name} is a whole number from 0, the newest, to ${FURTHEST_PLACE}`, 'choose one in between');
  },
  daily(name, kind) {
    typed(name, kind);
    oneOf(name, 'read', kind['read'], ['value', 'age']);
    if (kind['limit'] !== undefined) duration(name, 'limit', kind['limit']);
  },
  calendar(name, kind) {
    oneOf(name, 'part', kind['part'], ['hour', 'weekday', 'quarter_day']);
    if (kind['zone'] !== undefined) oneOf(name, 'zone', kind['zone'], [...ZONES.keys()]);
    if (kind['of'] !== undefined) oneOf(name, 'of', kind['of'], ['first', 'now']);
  },
  local_time: field,
};

function checkCross(name: string, entity: Entity, cross: Parts): void {
  const { entity: other, kind, count } = cross;
  if (other === entity) throw fault(other, `${name} of a ${entity} reads from a ${entity}: a cycle`, 'read the feature of the record itself');
  oneOf(name, 'the entity that it reads', other, LINKS[entity]);
  if (count !== undefined) oneOf(name, 'count', count, ['all', 'others']);
  if (isObject(kind) && kind['op'] === 'cross') {
    throw fault('cross', `${name} reads from a row what that would read from another: a chain that may come back`, 'read a kind of the linked row itself');
  }
  checkKind(name, other as Entity, kind);
  const { op } = kind as Parts;
  if (count === 'others' && !isAdditive(op as string)) {
    throw fault(op, `${name} leaves out its own part, and that can be done of count, sum, decayed and standing`, 'use one of these');
  }
}

function condition(name: string, part: string, where: unknown): void {
  if (where === undefined) return;
  const fits = isObject(where) && typeof where['field'] === 'string'
    && (where['in'] === undefined || (Array.isArray(where['in']) && where['in'].length > 0 && where['in'].every((item) => typeof item === 'string')));
  if (!fits) throw fault(where, `${part} of ${name} is {field} or {field, in: [values]}`, 'mend it');
}

function duration(name: string, part: string, value: unknown): void {
  if (typeof value === 'number' && Number.isInteger(value) && value >= MINUTE && value <= LONGEST) return;
  throw fault(value, `${part} of ${name} is not between a minute and ten years, in whole ms`, 'choose one in between');
}

/** A window is a whole number of tiles; a tile without a declaration suits. */
function window(name: string, part: string, value: unknown, tile: unknown): void {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < HOUR || value > LONGEST_WINDOW) {
    throw fault(value, `${part} of ${name} is not between an hour and 180 days, in whole ms`, 'choose one in between');
  }
  const length = tile ?? tileFor(value);
  if (typeof length !== 'number' || !Number.isInteger(length) || length < MINUTE) {
    throw fault(length, `the tile of ${name} is at least a minute, in whole ms`, 'give a longer one');
  }
  if (value < length) throw fault(value, `${part} of ${name} is shorter than its tile of ${length} ms`, 'give a longer window or a shorter tile');
  if (value % length !== 0) throw fault(value, `${part} of ${name} is no multiple of its tile of ${length} ms`, 'give a multiple');
  if (value / length > MOST_TILES) throw fault(value, `${part} of ${name} has more than ${MOST_TILES} tiles`, 'give a longer tile');
}
