/** What a cell ranks, and has a champion for: a target bears the name of the entity that it ranks. */
const TARGETS = ['lead', 'opportunity'] as const;
export type TargetName = (typeof TARGETS)[number];

export const isTarget = (name: unknown): name is TargetName => TARGETS.some((target) => target === name);
