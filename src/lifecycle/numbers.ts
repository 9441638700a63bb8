import type { Decimal } from '../bundle/index.ts';

const PLAIN = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const GROUPED = /^([+-]?)\d{1,3}(?:,\d{3})+(?:\.\d*)?$/;

/**
 * The number that a cell holds, or null where it holds none. Beside plain numbers: grouped thousands, one currency sign
 * or code (`$1,200.50`, `EUR 3`), a percent sign (kept as written: `45%` is 45), and a negative in parentheses.
 */
export function parseNumber(cell: string, decimal: Decimal): number | null {
  if (decimal === '.' && PLAIN.test(cell)) return Number(cell);
  let text = cell.replace(/^\((.+)\)$/, '-$1').replace(/\s*%$/, '');
  text = text.replace(/^([+-]?)(?:\p{Sc}|[A-Z]{3}\s)\s*/u, '$1').replace(/\s*(?:\p{Sc}|\s[A-Z]{3})$/u, '');
  if (decimal === ',') text = swapMarks(text);
  if (GROUPED.test(text)) text = text.replaceAll(',', '');
  return PLAIN.test(text) ? Number(text) : null;
}

function swapMarks(text: string): string {
  return text.replaceAll(/[.,]/g, (mark) => (mark === '.' ? ',' : '.'));
}
