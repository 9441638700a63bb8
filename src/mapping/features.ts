import { between, DAY, inputFault, listOf, named, oneWord, optional, shape, text, within, type Form } from '../base/index.ts';
import { type FieldSchema, newestFields } from '../events/index.ts';
import { ENTITIES, parseFeatures, sourceOf, type Entity, type FeatureSpec } from '../features/index.ts';

const HELD = ['latest', 'first'] as const;
const WINDOWED = ['sum', 'mean', 'max', 'min', 'distinct'] as const;
type Op = (typeof HELD)[number] | (typeof WINDOWED)[number] | 'count';

/** A feature as a mapping writes it: one of the kinds, with the field that it reads, or `count` with the event that it counts. */
type RawFeature = { [K in Op]?: string | undefined } & {
  of: Entity;
  from?: Entity | undefined;
  events?: readonly string[] | undefined;
  days?: number | undefined;
  where?: Readonly<Record<string, readonly string[]>> | undefined;
  theme?: string | undefined;
  sentence?: string | undefined;
  absent?: string | undefined;
  owner?: string | undefined;
};

const LONGEST_DAYS = 180;
/** What has a rank; what is known of others reaches them by `from`. */
const RANKED = ['lead', 'opportunity'];

const feature: Form<RawFeature> = shape<RawFeature>({
  of: oneWord(ENTITIES),
  from: optional(oneWord(ENTITIES)),
  latest: optional(text),
  first: optional(text),
  sum: optional(text),
  mean: optional(text),
  max: optional(text),
  min: optional(text),
  distinct: optional(text),
  count: optional(text),
  events: optional(listOf(text)),
  days: optional(between(1, LONGEST_DAYS)),
  where: optional(named(listOf(text))),
  theme: optional(text),
  sentence: optional(text),
  absent: optional(text),
  owner: optional(text),
});

/** Of the entry `features` of a mapping: by name. */
export const rawFeatures = named(feature);

/** The declarations of the client's own features. Throws a Fault where a field, an event or a window is not one. */
export function readFeatures(raw: Readonly<Record<string, RawFeature>>): readonly FeatureSpec[] {
  return Object.freeze(Object.entries(raw).flatMap(([name, one]) => within(`features.${name}`, () => parseFeatures([specOf(name, one)]))));
}

function specOf(name: string, raw: RawFeature): unknown {
  const place = `features.${name}`;
  const given = ([...HELD, ...WINDOWED, 'count'] as Op[]).filter((op) => raw[op] !== undefined);
  if (given.length !== 1) throw inputFault(place, 'has not exactly one kind', `give one of ${[...HELD, ...WINDOWED, 'count'].join(', ')}`);
  const op = given[0]!;
  const entity = raw.of;
  if (!RANKED.includes(entity)) throw inputFault(`${place}.of: ${entity}`, 'is not ranked', `use ${RANKED.join(' or ')}, and read it with from: ${entity}`);
  const home = raw.from ?? entity;
  const events = op === 'count' ? [raw.count!] : (raw.events ?? [`${home}.created`, `${home}.changed`]);
  const kind = kindOf(place, op, raw, events);
  const words = name.replaceAll('_', ' ');
  return {
    name,
    entity,
    kind: raw.from === undefined ? kind : { op: 'cross', entity: raw.from, kind },
    theme: raw.theme ?? 'own',
    sentence: raw.sentence ?? `${words}: {n}`,
    sentenceAbsent: raw.absent ?? `no ${words} recorded`,
    source: sourceOf(events[0]!) ?? 'salesforce',
    owner: raw.owner ?? 'revops',
    privacy: 'plain',
  };
}

function kindOf(place: string, op: Op, raw: RawFeature, event: readonly string[]): object {
  const conditions = Object.entries(raw.where ?? {});
  if (conditions.length > 1) throw inputFault(`${place}.where`, 'has more than one field', 'keep one');
  const where = conditions.length === 0 ? {} : { where: { field: conditions[0]![0], in: [...conditions[0]![1]] } };
  const list = [...event];
  if (op === 'count') return { op, event: list, ...(raw.days !== undefined && { window: raw.days * DAY }), ...where };
  const field = raw[op]!;
  if (op === 'latest' || op === 'first') return { op, event: list, field, type: typeOf(place, field, event), ...where };
  if (raw.days === undefined) throw inputFault(place, `${op} needs a window`, 'give days');
  return { op, event: list, field, window: raw.days * DAY, ...where };
}

function typeOf(place: string, field: string, events: readonly string[]): 'numeric' | 'categorical' {
  const found = events.map((event): FieldSchema | undefined => newestFields(event)[field]);
  const schema = found.find((one) => one !== undefined);
  if (schema === undefined) throw inputFault(`${place}: ${field}`, `is no field of ${events.join(' or ')}`, `use ${[...new Set(events.flatMap((event) => Object.keys(newestFields(event))))].join(', ')}`);
  return schema.type === 'category' || schema.type === 'string' ? 'categorical' : 'numeric';
}
