import { EMPTY } from './accumulator.ts';
import type { TileCell } from './tile-cells.ts';

/** The greatest or smallest value, as a float32 (rounding keeps the order). NaN is none. */
function extreme(better: (a: number, b: number) => number, name: string): TileCell {
  const choose = (held: number, value: number): number => (Number.isNaN(held) ? value : better(held, value));
  const put = (view: DataView, at: number, value: number): void => {
    if (value !== EMPTY && !Number.isNaN(value)) view.setFloat32(at, choose(view.getFloat32(at, true), value + 0), true); // no -0: bytes are compared
  };
  return {
    bytes: 4,
    clear: (view, at) => view.setFloat32(at, NaN, true),
    add: put,
    write: (place, value) => `if (${value} !== -Infinity) {
      const at = ${place}, held = view.getFloat32(at, true);
      view.setFloat32(at, held !== held ? ${value} + 0 : ${name}(held, ${value} + 0), true);
    }`,
    none: NaN,
    join(answer, view, at) {
      const value = view.getFloat32(at, true);
      return Number.isNaN(value) ? answer : choose(answer, value);
    },
    merge: (view, at, other, from) => put(view, at, other.getFloat32(from, true)),
  };
}

export const maxCell = extreme(Math.max, 'Math.max');
export const minCell = extreme(Math.min, 'Math.min');
