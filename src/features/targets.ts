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
