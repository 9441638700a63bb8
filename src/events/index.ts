export type { Event, FieldValue, IdentityMap, LoggedEvent, Rejection, SubjectId, SubjectKind } from './event.ts';
