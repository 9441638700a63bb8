/** What a careful colleague would say about the data or the model before it is used. */
export interface Warning {
  code: WarningCode;
  /** The column it is about, as the file names it; null: the table as a whole. */
  column: string | null;
  /** The figure that it rests on. */
  value: number;
  message: string;
  advice: string;
}

/** In the order in which a reader should see them. */
export const WARNING_CODES = [
  'no-signal',
  'below-rules',
  'leak',
  'leak-suspect',
  'few-positives',
  'one-outcome-in-time',
  'base-rate-drift',
  'optimistic-split',
  'column-drift',
  'duplicate-rows',
  'id-like',
  'constant',
  'unreadable',
  'ambiguous-dates',
  'similar-categories',
  'label',
] as const;

export type WarningCode = (typeof WARNING_CODES)[number];

/** Sorted by weight: first by kind, then by the size of the figure. */
export function sortWarnings(warnings: readonly Warning[]): Warning[] {
  const rank = (warning: Warning): number => WARNING_CODES.indexOf(warning.code);
  return warnings.toSorted((a, b) => rank(a) - rank(b) || b.value - a.value);
}

export function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
