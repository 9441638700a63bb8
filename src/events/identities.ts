import { random, randomId, type Random } from '../base/index.ts';
import type { IdentityMap, SubjectId, SubjectKind } from './event.ts';

/** The cell is the subject of its own control events. */
export const CELL_SUBJECT = 'cell' as SubjectId;

const PREFIX: Record<Exclude<SubjectKind, 'cell'>, string> = {
  lead: 'ld_',
  contact: 'ct_',
  opportunity: 'op_',
  account: 'ac_',
  campaign: 'cp_',
  user: 'us_',
  visitor: 'vi_',
};
const KINDS = new Map(Object.entries(PREFIX).map(([kind, prefix]) => [prefix, kind as SubjectKind]));
const SHAPE = /^[a-z]{2}_[0-9a-z]{20}$/u;

/** A fresh random subject of a kind, of a seeded draw where there is one; for `cell` the one constant. */
export function newSubject(kind: SubjectKind, draw?: Random): SubjectId {
  return kind === 'cell' ? CELL_SUBJECT : (randomId(PREFIX[kind], draw) as SubjectId);
}

/** True when the text has the shape of a subject of this kind. */
export function isSubject(kind: SubjectKind, text: unknown): text is SubjectId {
  if (kind === 'cell') return text === CELL_SUBJECT;
  return typeof text === 'string' && SHAPE.test(text) && text.startsWith(PREFIX[kind]);
}

/** The kind that a subject's prefix names; undefined where the text is no subject. */
export function kindOf(text: string): SubjectKind | undefined {
  if (text === CELL_SUBJECT) return 'cell';
  return SHAPE.test(text) ? KINDS.get(text.slice(0, 3)) : undefined;
}

const keyOf = (kind: SubjectKind, externalId: string): string => `${kind}\0${externalId}`;

/**
 * An identity map that lives as long as the process: for tests and for one-off runs over files. It keeps nobody out.
 * With a seed, what is asked for in the same order gets the same subjects each time.
 */
export function memoryIdentities(seed?: number | string): IdentityMap {
  const draw = seed === undefined ? undefined : random(seed);
  const subjects = new Map<string, SubjectId>();
  const externals = new Map<SubjectId, { key: string; externalId: string }>();

  const find: IdentityMap['find'] = (kind, externalId) =>
    kind === 'cell' ? CELL_SUBJECT : subjects.get(keyOf(kind, externalId));

  return {
    find,
    subjectOf(kind, externalId) {
      const known = find(kind, externalId);
      if (known !== undefined) return known;
      const subject = newSubject(kind, draw);
      const key = keyOf(kind, externalId);
      subjects.set(key, subject);
      externals.set(subject, { key, externalId });
      return subject;
    },
    externalOf: (subject) => (subject === CELL_SUBJECT ? 'cell' : externals.get(subject)?.externalId),
    erase(subject) {
      const pair = externals.get(subject);
      if (pair === undefined) return false;
      externals.delete(subject);
      return subjects.delete(pair.key);
    },
    isSuppressed: () => false,
  };
}
