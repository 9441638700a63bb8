/** One input's, or one theme's, share in a score. */
export interface Share<T> {
  of: T;
  /** In log-odds, as `contributions` are. */
  effect: number;
}

/**
 * The `most` inputs whose effect is largest, up or down, largest first; of equal ones the earlier. `contributions` are
 * those of `Scorer`, the expected value at their end; inputs without effect are no reasons.
 */
export function topInputs(contributions: Float64Array, most: number): Share<number>[] {
  const top: Share<number>[] = [];
  let smallest = 0; // what an effect must exceed to be among the top
  for (let input = 0; input + 1 < contributions.length; input++) {
    const effect = contributions[input]!;
    const size = Math.abs(effect);
    if (!(size > smallest) || most <= 0) continue;
    let at = top.length < most ? top.length : most - 1;
    for (; at > 0 && Math.abs(top[at - 1]!.effect) < size; at--) top[at] = top[at - 1]!;
    top[at] = { of: input, effect };
    if (top.length === most) smallest = Math.abs(top[most - 1]!.effect);
  }
  return top;
}

/**
 * Contributions added up by theme: `themeOf` names one for each input. Shapley values add, so the sum is the exact
 * share of the inputs of a theme. In the order in which the themes first occur.
 */
export function byTheme(contributions: Float64Array, themeOf: readonly string[]): Share<string>[] {
  const sums = new Map<string, number>();
  themeOf.forEach((theme, input) => sums.set(theme, (sums.get(theme) ?? 0) + contributions[input]!));
  return [...sums].map(([of, effect]) => ({ of, effect }));
}
