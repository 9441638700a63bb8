import type { SubjectKind } from '../events/index.ts';
import { ENTITIES, type Entity } from './spec.ts';

/** What a row of one entity may be linked to; a user's row is linked to its team, by the manager. */
export const LINKS: Readonly<Record<Entity, readonly Entity[]>> = {
  lead: ['owner', 'account', 'campaign', 'opportunity'],
  opportunity: ['owner', 'account', 'campaign', 'contact'],
  contact: ['owner', 'account', 'campaign', 'opportunity'],
  account: ['owner'],
  campaign: [],
  owner: ['owner'],
  visitor: [],
};

/** Whose events count in the row of an entity that they are linked to, beside its own. */
const MEMBERS: Readonly<Record<Entity, readonly Entity[]>> = {
  lead: [],
  contact: [],
  visitor: [],
  opportunity: ['lead', 'contact'],
  account: ['lead', 'contact', 'opportunity'],
  campaign: ['lead', 'contact', 'opportunity'],
  owner: ['lead', 'opportunity'],
};

export const membersOf = (entity: Entity): readonly Entity[] => MEMBERS[entity];

const CONTAINERS = new Map(ENTITIES.map((member) => [member, LINKS[member].filter((entity) => MEMBERS[entity].includes(member))]));

/** The entities whose rows a member's events go to as well. */
export const containersOf = (member: Entity): readonly Entity[] => CONTAINERS.get(member)!;

/** The kind of subject whose own events an entity hears. */
export const subjectOf = (entity: Entity): SubjectKind => (entity === 'owner' ? 'user' : entity);

/**
 * Whether events of these kinds of subject count in the row of `entity` when a member does them. A member of an opportunity
 * adds only what an opportunity cannot do itself, so that nothing counts twice where the opportunity is a member in turn.
 */
export function feeds(entity: Entity, member: Entity, kinds: readonly (readonly SubjectKind[])[]): boolean {
  if (!MEMBERS[entity].includes(member)) return false;
  if (entity === 'opportunity' && kinds.some((of) => of.includes('opportunity'))) return false;
  return kinds.some((of) => of.includes(subjectOf(member)));
}
