import { sigmoid } from '../base/index.ts';
import { calibrate } from '../trees/index.ts';
import type { BundleContent } from './bundle.ts';

/** The probability of a raw score: calibrated where the bundle can; null for a model of a number. */
export function probabilityOf(
  { calibration, target }: Pick<BundleContent, 'calibration' | 'target'>,
  raw: number,
): number | null {
  if (target.kind === 'number') return null;
  return calibration === null ? sigmoid(raw) : calibrate(calibration, raw);
}
