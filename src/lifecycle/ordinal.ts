import { Fault, quote } from '../base/index.ts';
import type { TableColumn } from '../bundle/index.ts';
import type { Inferred } from './infer.ts';
import type { RawColumn } from './raw-table.ts';

/**
 * A column whose levels a person put in order, lowest first. A declared level counts although it looks like a missing
 * marker. Throws a Fault where a cell holds a value that is not in the order.
 */
export function readOrdinal(raw: RawColumn, levels: readonly string[], isMissing: (text: string) => boolean): Inferred {
  const known = new Set(levels);
  const markers: [string, number][] = [];
  const strangers: string[] = [];
  let [filled, distinct] = [0, 0];
  raw.texts.forEach((text, code) => {
    const rows = raw.counts[code]!;
    if (known.has(text)) [filled, distinct] = [filled + rows, distinct + 1];
    else if (isMissing(text)) markers.push([text, rows]);
    else strangers.push(`${quote(text, 30)} in ${rows} rows`);
  });
  if (strangers.length > 0) throw notInOrder(raw.name, strangers);
  const column: TableColumn = { kind: 'ordinal', name: raw.name, levels: [...levels] };
  return { column: filled === 0 ? null : column, filled, distinct, markers, unreadable: 0, ambiguous: false };
}

function notInOrder(name: string, strangers: readonly string[]): Fault {
  const shown = strangers.slice(0, 4).join(', ');
  return new Fault({
    kind: 'input',
    value: `--ordinal ${quote(name)}`,
    rule: `the column also holds ${shown}${strangers.length > 4 ? ` and ${strangers.length - 4} more` : ''}`,
    remedy: 'put every level into the order',
  });
}
