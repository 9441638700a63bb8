import type { SubjectId } from '../events/index.ts';
import type { Entity } from './spec.ts';

const PREFIXES: Readonly<Record<Entity, string>> = {
  lead: 'ld_', opportunity: 'op_', contact: 'ct_', account: 'ac_', campaign: 'cp_', owner: 'us_', visitor: 'vi_',
};

/** Of the first two characters; a prefix is told by them and a third. */
const codeOf = (text: string): number => (text.charCodeAt(0) << 8) | text.charCodeAt(1);
const ENTITY = new Map(Object.entries(PREFIXES).map(([entity, prefix]) => [codeOf(prefix), entity as Entity]));
const BAR = '_'.charCodeAt(0);

/** The entity whose row a subject has; undefined for the cell. */
export const entityOf = (subject: string): Entity | undefined => (subject.charCodeAt(2) === BAR ? ENTITY.get(codeOf(subject)) : undefined);

export const prefixOf = (entity: Entity): string => PREFIXES[entity];

/** The key of the row of a team: that of its manager, told apart from the manager's own. */
export const teamOf = (manager: SubjectId): string => `tm_${manager.slice(3)}`;
