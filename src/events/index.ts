export { catalogue } from './catalogue/index.ts';
export { emailDomainClass, FREEMAIL } from './coarsen.ts';
export type { Event, FieldValue, IdentityMap, LoggedEvent, Rejection, SubjectId, SubjectKind } from './event.ts';
export { CELL_SUBJECT, isSubject, kindOf, memoryIdentities, newSubject } from './identities.ts';
export { knownAt } from './known.ts';
export { newestFields } from './newest.ts';
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
export type { LeftOut } from './clean.ts';
export { createCodec, type EventCodec } from './codec.ts';
export { createGate, type Gate, type GateOptions, type Sender } from './gate.ts';
export { isEvent, isRejection } from './rejection.ts';
export { liftEvent, newestVersion } from './lift.ts';
export { serviceEvent, type ServiceEventParts } from './service.ts';
