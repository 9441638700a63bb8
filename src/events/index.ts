export { catalogue } from './catalogue.ts';
export type { Event, FieldValue, IdentityMap, LoggedEvent, Rejection, SubjectId, SubjectKind } from './event.ts';
export { CELL_SUBJECT, isSubject, memoryIdentities, newSubject } from './identities.ts';
export {
  defineCatalogue,
  type Catalogue,
  type EventData,
  type EventSchema,
  type FieldSchema,
  type Fields,
  type FieldType,
  type PrivacyClass,
  type Scope,
  type VersionSchema,
} from './schema.ts';
