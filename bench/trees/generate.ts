// Writes a table for the training race: 60 columns with interactions, missing values and noise, a fifth of the rows for
// judging. Usage: node bench/trees/generate.ts ROWS FILE
import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { random, sigmoid } from '../../src/base/portable.ts';

export const COLUMNS = 60;
/** Columns of float32 one after another, then the labels: `rows` to train on and a fifth as many to judge by. */
export const heldOut = (rows: number): number => Math.floor(rows / 5);

function write(rows: number, path: string): void {
  const all = rows + heldOut(rows);
  mkdirSync(dirname(path), { recursive: true });
  const file = openSync(path, 'w');
  const score = new Float32Array(all);
  let previous = new Float32Array(all);
  for (let c = 0; c < COLUMNS; c++) {
    const source = random(`column ${c}`);
    const column = new Float32Array(all);
    for (let row = 0; row < all; row++) {
      const u = source.uniform();
      const value = c % 3 === 0 ? u : c % 3 === 1 ? u * u * 100 : Math.floor(u * 40);
      column[row] = value;
      const centred = u - 0.5;
      if (c < 12) score[row]! += centred * (1.6 - c / 10);
      else if (c < 24) score[row]! += 4 * centred * (previous[row]! - 0.5) * (c % 2);
      else if (c < 36) score[row]! += u > 0.8 ? 0.35 : 0;
      if (c % 10 === 9 && u < 0.1) column[row] = NaN;
      previous[row] = u;
    }
    writeSync(file, column);
  }
  const coin = random('labels');
  writeSync(file, score.map((value) => Number(coin.uniform() < sigmoid(1.6 * value - 1.2))));
  closeSync(file);
}

if (import.meta.main) write(Number(process.argv[2]), process.argv[3]!);
