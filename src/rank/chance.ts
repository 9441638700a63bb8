import { chanceOf } from '../rules/index.ts';
import type { Assessment } from './assessment.ts';

/** What a record's place goes by: the calibrated probability, or where rules answer the share of records with so many points that had the outcome. */
export function listedChance({ probability, share, score }: Pick<Assessment, 'probability' | 'share' | 'score'>): number {
  return probability ?? share ?? chanceOf(score);
}
