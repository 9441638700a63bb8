import { contentId } from '../../src/base/index.ts';
import { CELL_SUBJECT, memoryIdentities, newSubject, type IdentityMap, type SubjectId } from '../../src/events/index.ts';

/** An identity map whose subject ids follow from the outside ids, so that what is drawn by lot of a subject is the same in every run. */
export function seededIdentities(seed: string): IdentityMap {
  const subjectOf: IdentityMap['subjectOf'] = (kind, externalId) =>
    kind === 'cell' ? CELL_SUBJECT : (`${newSubject(kind).slice(0, 3)}${contentId(`${seed} ${kind} ${externalId}`).slice(0, 20)}` as SubjectId);
  return { ...memoryIdentities(), subjectOf };
}
