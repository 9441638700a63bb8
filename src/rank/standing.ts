import type { Standing } from './assessment.ts';

/** Among whom a grade was given, in words: `83 among those of lead_source Web`. */
export function standingWords({ percentile, among }: Standing): string {
  return `${percentile} among ${among === null ? 'all' : `those of ${among.feature} ${among.value}`}`;
}
