import { inputFault } from '../base/index.ts';
import { newestFields } from '../events/index.ts';
import type { FeatureSpec } from '../features/index.ts';
import type { Mapping, ObjectMapping } from './mapping.ts';
import { homeFields } from './money.ts';

/** A field that a feature reads, and of which events. */
export interface FieldRead {
  readonly feature: string;
  readonly field: string;
  /** Of the events that the feature reads: those that can say it. */
  readonly events: readonly string[];
}

type Told = Pick<Mapping, 'objects' | 'rates'>;

/** Refuses a feature on a field that the mapping leaves out of the objects that tell of it. Throws a Fault that lists what they fill. */
export function checkFilled(features: readonly FeatureSpec[], { objects, rates }: Told): void {
  for (const { feature, field, events } of features.flatMap(fieldsRead)) {
    const telling = Object.values(objects).filter((object) => events.some((event) => tells(object, event)));
    const isWhole = telling.length > 0 && events.every((event) => telling.some((object) => tells(object, event))); // else another source may say it
    if (!isWhole || telling.some((object) => fills(object, field, rates))) continue;
    const names = telling.map(({ name }) => name);
    const filled = [...new Set(telling.flatMap((object) => Object.keys(object.fields)))].filter((name) => events.some((event) => Object.hasOwn(newestFields(event), name)));
    const rule = `is not filled by ${names.join(' or ')}, which ${names.length === 1 ? 'fills' : 'fill'} ${filled.join(', ')}`;
    throw inputFault(`features.${feature}: ${field}`, rule, `name its column under objects.${names[0]}.fields, or read another field`);
  }
}

/** Own fields that features read of events of which the mapping tells nothing: another source has to. */
export function readElsewhere({ features, objects }: Pick<Mapping, 'features' | 'objects'>): FieldRead[] {
  const isTold = (event: string): boolean => Object.values(objects).some((object) => tells(object, event));
  return features.flatMap(fieldsRead).filter(({ field, events }) => OWN_FIELD.test(field) && !events.some(isTold));
}

const OWN_FIELD = /^own_/u;

function fieldsRead({ name: feature, kind }: FeatureSpec): FieldRead[] {
  const own = kind.op === 'cross' ? kind.kind : kind;
  const fields = [...('field' in own ? [own.field] : []), ...('where' in own && own.where !== undefined ? [own.where.field] : [])];
  return [...new Set(fields)].map((field) => ({ feature, field, events: own.event.filter((event) => Object.hasOwn(newestFields(event), field)) }));
}

/** A row of a record tells of its creation, and of how it stands now. */
const tells = ({ type, kind }: ObjectMapping, event: string): boolean => type === event || (type === `${kind}.created` && event === `${kind}.changed`);

/** What a feed knows of its file as a whole. */
export const OF_THE_FILE: ReadonlySet<string> = new Set(['day', 'available']);
/** What the value of a picklist says of a record. */
const OF_THE_OUTCOME = new Set(['status', 'stage', 'stage_order']);

const fills = ({ fields, outcome }: ObjectMapping, field: string, rates: Told['rates']): boolean =>
  Object.hasOwn(fields, field) || OF_THE_FILE.has(field) || (outcome !== undefined && OF_THE_OUTCOME.has(field)) || homeFields(fields, rates).includes(field);
