import { DAY, Fault, MINUTE, quote } from '../base/index.ts';
import type { FeatureSpec } from './spec.ts';

const NAME = /^[a-z][a-z0-9_]{0,62}$/u;
const MOST_FEATURES = 500;
const LONGEST = 3_660 * DAY;

/** Checks feature declarations that come from outside (a bundle, a file). Returns them typed; throws a Fault `input`. */
export function parseFeatures(value: unknown): FeatureSpec[] {
  if (!Array.isArray(value)) throw fault(value, 'features are a list', 'give a JSON array of feature specs');
  if (value.length > MOST_FEATURES) {
    throw fault(value.length, `more than ${MOST_FEATURES} features`, 'split the set');
  }
  const names = new Set<string>();
  for (const entry of value as unknown[]) {
    const spec = parseFeature(entry);
    if (names.has(spec.name)) throw fault(spec.name, 'this feature is declared twice', 'rename one');
    names.add(spec.name);
  }
  return value as FeatureSpec[];
}

function parseFeature(value: unknown): FeatureSpec {
  if (!isObject(value)) throw fault(value, 'a feature is an object', 'see FeatureSpec');
  const { name, entity, privacy, kind, sentenceAbsent, unit, words } = value;
  if (typeof name !== 'string' || !NAME.test(name)) throw fault(name, 'a name is snake case, up to 63 characters', 'rename it');
  if (entity !== 'lead') throw fault(entity, `the entity of ${name} is not known`, 'use lead');
  if (privacy !== 'plain' && privacy !== 'coarsen') throw fault(privacy, `the privacy class of ${name} is not known`, 'use plain or coarsen');
  for (const part of ['theme', 'sentence', 'source', 'owner']) text(name, part, value[part]);
  if (sentenceAbsent !== undefined) text(name, 'sentenceAbsent', sentenceAbsent);
  if (unit !== undefined) oneOf(name, 'unit', unit, ['seconds']);
  if (words !== undefined && !(isObject(words) && Object.values(words).every((word) => typeof word === 'string'))) {
    throw fault(words, `words of ${name} are texts by category`, 'mend them');
  }
  checkKind(name, kind);
  return value as unknown as FeatureSpec;
}

function checkKind(name: string, kind: unknown): void {
  if (!isObject(kind)) throw fault(kind, `the kind of ${name} is an object`, 'see FeatureKind');
  const events = kind['event'];
  if (!Array.isArray(events) || events.length === 0 || !events.every((type) => typeof type === 'string')) {
    throw fault(events, `${name} needs a list of event types`, 'name at least one');
  }
  checkWhere(name, kind['where']);
  switch (kind['op']) {
    case 'latest':
    case 'first':
      text(name, 'field', kind['field']);
      return oneOf(name, 'type', kind['type'], ['numeric', 'categorical']);
    case 'sum':
      text(name, 'field', kind['field']);
      return duration(name, 'window', kind['window']);
    case 'count':
      return duration(name, 'window', kind['window']);
    case 'decayed':
      return duration(name, 'halfLife', kind['halfLife']);
    case 'calendar':
      return oneOf(name, 'part', kind['part'], ['hour', 'weekday']);
    case 'since':
      return;
    default:
      throw fault(kind['op'], `the kind of ${name} is not known`, 'use latest, first, count, sum, decayed, since or calendar');
  }
}

function checkWhere(name: string, where: unknown): void {
  if (where === undefined) return;
  const fits = isObject(where) && typeof where['field'] === 'string' && Array.isArray(where['in'])
    && where['in'].every((item) => typeof item === 'string');
  if (!fits) throw fault(where, `where of ${name} is {field, in: [values]}`, 'mend it');
}

function duration(name: string, part: string, value: unknown): void {
  if (typeof value === 'number' && Number.isInteger(value) && value >= MINUTE && value <= LONGEST) return;
  throw fault(value, `${part} of ${name} is not between a minute and ten years, in whole ms`, 'choose one in between');
}

function oneOf(name: string, part: string, value: unknown, allowed: readonly string[]): void {
  if (!allowed.includes(value as string)) throw fault(value, `${part} of ${name} is not known`, `use ${allowed.join(' or ')}`);
}

function text(name: string, part: string, value: unknown): void {
  if (typeof value !== 'string' || value === '') throw fault(value, `${part} of ${name} is a text`, 'fill it in');
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const fault = (value: unknown, rule: string, remedy: string): Fault =>
  new Fault({ kind: 'input', value: quote(value), rule, remedy });
