import { catalogue } from './catalogue/index.ts';
import type { Fields } from './schema.ts';

const NONE: Fields = {};

/** The fields that an event of this type has by its newest version; none of a type that there is not. */
export const newestFields = (type: string): Fields => catalogue.byName.get(type)?.versions.at(-1)!.fields ?? NONE;
