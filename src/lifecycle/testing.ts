import { random } from '../base/index.ts';
import type { RawColumn, RawTable } from './raw-table.ts';

/** A raw column of these cells, for tests. */
export function rawColumn(name: string, cells: readonly string[]): RawColumn {
  const texts = [...new Set(cells)];
  const codes = Int32Array.from(cells, (cell) => texts.indexOf(cell));
  return { name, texts, codes, counts: texts.map((text) => cells.filter((cell) => cell === text).length) };
}

/** A raw table of these columns, for tests. */
export function rawTable(columns: Record<string, readonly string[]>): RawTable {
  const built = Object.entries(columns).map(([name, cells]) => rawColumn(name, cells));
  return { path: 'test.csv', separator: ',', header: 'first', rows: built[0]!.codes.length, columns: built };
}

/** Rows whose outcome follows `x` and `kind` with some noise; `noise` says nothing. For tests. */
export function learnableTable(rows: number, seed = 1): Record<string, string[]> {
  const source = random(seed);
  const table = { x: [] as string[], kind: [] as string[], noise: [] as string[], won: [] as string[] };
  for (let row = 0; row < rows; row++) {
    const x = source.normal();
    const kind = source.pick(['a', 'b', 'c']);
    const isWon = 0.8 * x + (kind === 'a' ? 1 : 0) + source.normal() > 0.8;
    table.x.push(x.toFixed(3));
    table.kind.push(kind);
    table.noise.push(String(source.below(50)));
    table.won.push(isWon ? 'Yes' : 'No');
  }
  return table;
}
