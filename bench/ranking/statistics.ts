import { random } from '../../src/base/index.ts';

/** Student's t at 97.5 %, by degrees of freedom from 1; beyond, the normal one is near. */
const T = [12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.16, 2.145, 2.131, 2.12, 2.11, 2.101, 2.093];

export const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** The mean of what independent worlds gave, with its 95 % interval by Student's t. */
export function tInterval(values: readonly number[]): { value: number; low: number; high: number } {
  const value = meanOf(values);
  const variance = values.reduce((sum, one) => sum + (one - value) ** 2, 0) / (values.length - 1);
  const half = (T[values.length - 2] ?? 1.96) * Math.sqrt(variance / values.length);
  return { value, low: value - half, high: value + half };
}

/** A probability that was shown, what came, and of which record: decisions of one record share its outcome. */
export interface Shown {
  readonly said: number;
  readonly seen: 0 | 1;
  readonly cluster: string;
}

export interface Calibrated {
  readonly rows: number;
  readonly clusters: number;
  readonly said: number;
  readonly seen: number;
  /** Root mean square distance between said and seen by tenths, less what chance adds to its square. */
  readonly debiased: { readonly value: number; readonly low: number; readonly high: number };
}

const TENTHS = 10;
const RESAMPLES = 1_000;

/**
 * As the product's debiased calibration error (Kumar, Liang & Ma 2019), but what chance adds is reckoned from records, not from
 * decisions: those of one record are no independent ones. The interval draws the tenths anew by their errors.
 */
export function calibrationIn(rows: readonly Shown[], seed: number): Calibrated {
  const order = rows.toSorted((a, b) => a.said - b.said);
  const tenths = Array.from({ length: TENTHS }, (_, i) => order.slice(Math.round((i * order.length) / TENTHS), Math.round(((i + 1) * order.length) / TENTHS))).filter((part) => part.length > 0);
  const gaps = tenths.map(gapOf);
  const draw = random(seed);
  const weighted = (of: (gap: Gap) => number): number => gaps.reduce((sum, one) => sum + one.share * of(one), 0);
  const chance = weighted(({ variance }) => variance);
  const value = Math.sqrt(Math.max(0, weighted(({ gap }) => gap ** 2) - chance));
  const drawn = Array.from({ length: RESAMPLES }, () => {
    const again = weighted(({ gap, variance }) => (gap + Math.sqrt(variance) * draw.normal()) ** 2);
    return Math.sqrt(Math.max(0, again - 2 * chance)); // drawn anew, there is chance in it twice
  }).toSorted((a, b) => a - b);
  const at = (share: number): number => drawn[Math.round(share * (RESAMPLES - 1))]!;
  return {
    rows: rows.length,
    clusters: new Set(rows.map(({ cluster }) => cluster)).size,
    said: meanOf(rows.map(({ said }) => said)),
    seen: meanOf(rows.map(({ seen }) => seen)),
    debiased: { value, low: Math.min(value, at(0.025)), high: Math.max(value, at(0.975)) },
  };

  /** How far said lies above seen in a part, and the variance of that by records. */
  function gapOf(part: readonly Shown[]): Gap {
    const gap = meanOf(part.map(({ said, seen }) => said - seen));
    const sums = new Map<string, number>();
    for (const { said, seen, cluster } of part) sums.set(cluster, (sums.get(cluster) ?? 0) + said - seen - gap);
    const squares = [...sums.values()].reduce((sum, one) => sum + one * one, 0);
    return { share: part.length / rows.length, gap, variance: ((sums.size / Math.max(1, sums.size - 1)) * squares) / part.length ** 2 };
  }
}

interface Gap {
  readonly share: number;
  readonly gap: number;
  readonly variance: number;
}
