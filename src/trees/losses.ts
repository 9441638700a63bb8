import { createLogLoss } from './log-loss.ts';
import type { Loss, LossRows } from './loss.ts';
import { createRankingLoss } from './ranking-loss.ts';
import { createSquaredLoss } from './squared-loss.ts';
import { createTweedieLoss } from './tweedie-loss.ts';

const LOSSES = {
  'log-loss': createLogLoss,
  rmse: createSquaredLoss,
  tweedie: createTweedieLoss,
  ranking: createRankingLoss,
} satisfies Record<string, (rows: LossRows) => Loss>;

export type LossName = keyof typeof LOSSES;

export function isLossName(name: string): name is LossName {
  return Object.hasOwn(LOSSES, name);
}

/** The loss of this name over these rows. Throws a Fault for labels or groups that it has no meaning for. */
export function createLoss(name: LossName, rows: LossRows): Loss {
  return LOSSES[name](rows);
}
