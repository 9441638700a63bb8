import { WASM } from './grow.wasm.ts';

/** The kernels of training (grow.as) over their own memory. Addresses are bytes. */
export interface GrowKernel {
  readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): number };
  binColumn(values: number, rows: number, borders: number, missing: number, bins: number): void;
  layRows(
    columns: number,
    pitch: number,
    count: number,
    from: number,
    to: number,
    out: number,
    width: number,
  ): void;
  gatherRows(table: number, width: number, rows: number, count: number, out: number): void;
  pack(pairs: number, rows: number, count: number, out: number): void;
  countEight(sums: number, table: number, width: number, packed: number, count: number): void;
  countFour(
    sums: number,
    table: number,
    width: number,
    packed: number,
    count: number,
    a: number,
    b: number,
    c: number,
    d: number,
  ): void;
  countOne(sums: number, table: number, width: number, packed: number, count: number): void;
  unpack(sums: number, histogram: number, count: number): void;
  addPairs(out: number, added: number, count: number): void;
  subtractPairs(out: number, taken: number, count: number): void;
  totalPairs(histogram: number, count: number, out: number): void;
  scoreColumn(
    histogram: number,
    bins: number,
    scores: number,
    g: number,
    h: number,
    l2: number,
    unsplit: number,
    ordered: number,
    sign: number,
  ): void;
  divide(rows: number, count: number, column: number, bin: number, ordered: number, out: number): number;
  descend(column: number, rows: number, bin: number, ordered: number, level: number, leaf: number): void;
  sumLeaves(pairs: number, weights: number, rows: number, leaf: number, sums: number): void;
  addLeaves(raw: number, rows: number, leaf: number, values: number): void;
  roundPairs(
    gradient: number,
    hessian: number,
    rows: number,
    gradientScale: number,
    hessianScale: number,
    pairs: number,
  ): void;
  countImportance(pairs: number, rows: number, ridge: number, counts: number): void;
  drawRows(
    pairs: number,
    rows: number,
    first: number,
    seed: number,
    ridge: number,
    threshold: number,
    scale: number,
    ids: number,
    drawn: number,
  ): number;
  gatherBytes(column: number, ids: number, count: number, out: number): void;
  logLossPairs(raw: number, labels: number, weights: number, rows: number, pairs: number): void;
  logLossSum(raw: number, labels: number, weights: number, rows: number): number;
}

/** What is needed of the platform's WebAssembly, which Node's types do not declare. */
interface Platform {
  WebAssembly: {
    Module: new (bytes: Uint8Array) => object;
    Instance: new (module: object) => { exports: unknown };
  };
}

let compiled: object | undefined;

/** A fresh instance with a memory of its own. */
export function createGrowKernel(): GrowKernel {
  const { WebAssembly } = globalThis as unknown as Platform;
  compiled ??= new WebAssembly.Module(Uint8Array.from(atob(WASM), (char) => char.charCodeAt(0)));
  return new WebAssembly.Instance(compiled).exports as GrowKernel;
}
