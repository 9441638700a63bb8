import type { TargetName } from '../features/index.ts';

/** What an answer passes through. Each can fail by itself, and what follows does without it. */
export const STAGES = ['features', 'freshness', 'model', 'last-score', 'deadline', 'action-policy', 'value'] as const;
export type Stage = (typeof STAGES)[number];

/** Why a stage cannot be passed now for records of a target, in plain words; null where it can. */
export type Faults = (stage: Stage, target: TargetName) => string | null;
