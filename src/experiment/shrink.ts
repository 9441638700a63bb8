/** An estimate and its standard error. */
export interface Noisy {
  readonly value: number;
  readonly error: number;
}

/** How an estimate was drawn to its prior. */
export interface Shrunk {
  readonly value: number;
  /** 1: the estimate alone counts; 0: the prior alone. */
  readonly weight: number;
}

/**
 * Draws estimates to a common prior by empirical Bayes: as far as they differ by no more than their errors, the prior counts;
 * as far as they differ by more, they do. The spread of the true effects about the prior is the method of moments'
 * (DerSimonian & Laird 1986), and never below `spread`, what is thought possible before any data.
 */
export function shrinkTo(prior: number, estimates: readonly Noisy[], { spread = 0 }: { spread?: number } = {}): Shrunk[] {
  const variance = Math.max(spread * spread, spreadAbout(prior, estimates));
  return estimates.map(({ value, error }) => {
    const weight = !Number.isFinite(error) || !Number.isFinite(value) ? 0 : error === 0 ? 1 : variance / (variance + error * error);
    return { value: weight === 0 ? prior : prior + weight * (value - prior), weight };
  });
}

function spreadAbout(prior: number, estimates: readonly Noisy[]): number {
  let [excess, weights] = [0, 0];
  for (const { value, error } of estimates) {
    if (!Number.isFinite(error) || !(error > 0)) continue;
    const precision = 1 / (error * error);
    excess += precision * (value - prior) ** 2 - 1;
    weights += precision;
  }
  return weights > 0 ? Math.max(0, excess / weights) : 0;
}
