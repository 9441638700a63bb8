import type { Warning, WarningCode } from '../lifecycle/index.ts';

/** Warnings of one kind, told together: they share a title and, where all agree, one advice and one message. */
export interface WarningGroup {
  code: WarningCode;
  title: string;
  weight: 'grave' | 'plain' | 'note';
  advice: string;
  /** What is said of each column; columns of which the same is said stand together. */
  items: { columns: string[]; message: string }[];
}

const TITLES: Record<WarningCode, [title: string, weight: WarningGroup['weight']]> = {
  'no-signal': ['It does no better than chance', 'grave'],
  'below-rules': ['It finds no more than the rules', 'grave'],
  leak: ['Gives the label away', 'grave'],
  'leak-suspect': ['May have been recorded after the outcome', 'grave'],
  'few-positives': ['Too few outcomes', 'grave'],
  'one-outcome-in-time': ['No time-ordered hold-out', 'plain'],
  'base-rate-drift': ['The base rate moves', 'plain'],
  'optimistic-split': ['Random and time-ordered hold-out disagree', 'plain'],
  'column-drift': ['Columns whose last rows look unlike the rest', 'plain'],
  'duplicate-rows': ['Rows that repeat', 'plain'],
  'id-like': ['Left out as ids', 'note'],
  constant: ['Left out as constant', 'note'],
  unreadable: ['Cells that could not be read', 'plain'],
  'ambiguous-dates': ['Dates that can be read in two ways', 'plain'],
  'similar-categories': ['Categories written in several ways', 'note'],
  label: ['The label', 'note'],
};

/** Groups warnings by kind, in the order in which they come. */
export function groupWarnings(warnings: readonly Warning[]): WarningGroup[] {
  return [...Map.groupBy(warnings, ({ code }) => code)].map(([code, group]) => {
    const [title, weight] = TITLES[code];
    const items = [...Map.groupBy(group, ({ message }) => message)].map(([message, same]) => ({
      message,
      columns: same.flatMap(({ column }) => (column === null ? [] : [column])),
    }));
    return { code, title, weight, advice: [...new Set(group.map(({ advice }) => advice))].join('; '), items };
  });
}
