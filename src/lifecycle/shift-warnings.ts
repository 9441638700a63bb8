import { columnOfInput } from './dates.ts';
import { columnShifts } from './drift.ts';
import type { TrainInput } from './train-input.ts';
import type { Warning } from './warning.ts';

const LARGE_SHIFT = 0.25; // population stability index
const LATE_SHARE = 0.25;

/** The columns whose last quarter looks unlike the rest; of a column's several inputs the worst speaks. */
export function shiftWarnings({ data, timeColumn }: TrainInput, order: Int32Array, by: 'time' | 'file'): Warning[] {
  const said = by === 'file' ? 'in file order' : 'over time';
  const cut = Math.round(order.length * (1 - LATE_SHARE));
  const worst = new Map<string, number>();
  for (const { column: input, psi } of columnShifts(data, order.subarray(0, cut), order.subarray(cut))) {
    const column = columnOfInput(input);
    if (column === timeColumn) continue;
    if (psi >= LARGE_SHIFT && psi > (worst.get(column) ?? 0)) worst.set(column, psi);
  }
  return [...worst].map(([column, psi]) => ({
    code: 'column-drift',
    column,
    value: psi,
    message: `stability index ${psi.toFixed(2)} of its last quarter ${said}; 0.25 is large`,
    advice: 'what the model learned from it may not hold: watch it, or leave it out',
  }));
}
