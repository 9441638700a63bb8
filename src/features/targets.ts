import type { Entity, FeatureSpec } from './spec.ts';
import { entityOf } from './subject.ts';

/** What a cell ranks, and has a champion for: a target bears the name of the entity that it ranks. */
export const TARGETS = ['lead', 'opportunity'] as const;
export type TargetName = (typeof TARGETS)[number];

export const isTarget = (name: unknown): name is TargetName => (TARGETS as readonly unknown[]).includes(name);

/** The target that ranks a subject; undefined for one that is not ranked. */
export function targetOf(subject: string): TargetName | undefined {
  const entity = entityOf(subject);
  return isTarget(entity) ? entity : undefined;
}

/** What the entries of a vector of an entity's records are, in their order; none for what is no entity. */
export const columnNames = (features: readonly FeatureSpec[], of: Entity | undefined): string[] =>
  features.filter(({ entity }) => entity === of).map(({ name }) => name);
