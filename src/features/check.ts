import { isObject } from '../base/index.ts';
import { checkKind } from './check-kind.ts';
import { fault, oneOf, text } from './faults.ts';
import { compileFolds } from './folds.ts';
import { ENTITIES, type Entity, type FeatureSpec } from './spec.ts';

const NAME = /^[a-z][a-z0-9_]{0,62}$/u;
const MOST_FEATURES = 500;
/** A visitor has no features of its own. */
const DECLARED: readonly Entity[] = ENTITIES.filter((entity) => entity !== 'visitor');

/**
 * Checks feature declarations that come from outside (a bundle, a file). Returns them typed; throws a Fault `input` that names
 * the value, the rule and the remedy: an unknown event, field, entity or kind, a window that is no whole number of tiles.
 */
export function parseFeatures(value: unknown): FeatureSpec[] {
  if (!Array.isArray(value)) throw fault(value, 'features are a list', 'give a JSON array of feature specs');
  if (value.length > MOST_FEATURES) {
    throw fault(value.length, `more than ${MOST_FEATURES} features`, 'split the set');
  }
  const names = new Set<string>();
  for (const entry of value as unknown[]) {
    const spec = parseFeature(entry);
    const full = `${spec.entity} ${spec.name}`;
    if (names.has(full)) throw fault(spec.name, `this feature of a ${spec.entity} is declared twice`, 'rename one');
    names.add(full);
  }
  const features = value as FeatureSpec[];
  compileFolds(features); // events and fields against the catalogue
  return features;
}

function parseFeature(value: unknown): FeatureSpec {
  if (!isObject(value)) throw fault(value, 'a feature is an object', 'see FeatureSpec');
  const { name, entity, privacy, kind, sentenceAbsent, unit, words } = value;
  if (typeof name !== 'string' || !NAME.test(name)) throw fault(name, 'a name is snake case, up to 63 characters', 'rename it');
  oneOf(name, 'entity', entity, DECLARED);
  if (privacy !== 'plain' && privacy !== 'coarsen') throw fault(privacy, `the privacy class of ${name} is not known`, 'use plain or coarsen');
  for (const part of ['theme', 'sentence', 'source', 'owner']) text(name, part, value[part]);
  if (sentenceAbsent !== undefined) text(name, 'sentenceAbsent', sentenceAbsent);
  if (unit !== undefined) oneOf(name, 'unit', unit, ['seconds', 'days', 'date', 'share']);
  if (words !== undefined && !(isObject(words) && Object.values(words).every((word) => typeof word === 'string'))) {
    throw fault(words, `words of ${name} are texts by category`, 'mend them');
  }
  checkKind(name, entity as Entity, kind);
  return value as unknown as FeatureSpec;
}
