import type { SubjectId } from '../events/index.ts';
import type { Entity } from './spec.ts';

const PREFIXES: Readonly<Record<Entity, string>> = {
  lead: 'ld_', opportunity: 'op_', contact: 'ct_', account: 'ac_', campaign: 'cp_', owner: 'us_', visitor: 'vi_',
};
const ENTITY = new Map(Object.entries(PREFIXES).map(([entity, prefix]) => [prefix, entity as Entity]));

/** The entity whose row a subject has; undefined for the cell. */
export const entityOf = (subject: string): Entity | undefined => ENTITY.get(subject.slice(0, 3));

export const prefixOf = (entity: Entity): string => PREFIXES[entity];

/** The key of the row of a team: that of its manager, told apart from the manager's own. */
export const teamOf = (manager: SubjectId): string => `tm_${manager.slice(3)}`;
