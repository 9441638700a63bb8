import { WASM } from './score.wasm.ts';

/** The scorer's kernels (score.as) over their own memory. Addresses and sizes are bytes. */
export interface ScoreKernel {
  memory: { readonly buffer: ArrayBuffer; grow(pages: number): number };
  binRow(values: number, lengths: number, thresholds: number, blocks: number, bins: number): void;
  binColumn(values: number, rows: number, thresholds: number, count: number, missing: number, bins: number): void;
  scoreRow(
    bins: number,
    blocks: number,
    groups: number,
    depth: number,
    questions: number,
    leaves: number,
    leafBytes: number,
    leafOf: number,
  ): number;
  scoreWideRow(
    bins: number,
    trees: number,
    depth: number,
    questions: number,
    leaves: number,
    leafBytes: number,
    leafOf: number,
  ): number;
  sumBlock(
    bins: number,
    stride: number,
    trees: number,
    depth: number,
    questions: number,
    leaves: number,
    leafBytes: number,
    rows: number,
    leafOf: number,
    sums: number,
  ): void;
  explainRow(
    leafOf: number,
    trees: number,
    tables: number,
    tableBytes: number,
    width: number,
    places: number,
    contributions: number,
  ): void;
  explainBlock(
    bins: number,
    stride: number,
    trees: number,
    depth: number,
    questions: number,
    tables: number,
    tableBytes: number,
    width: number,
    places: number,
    rows: number,
    leafOf: number,
    contributions: number,
    columnBytes: number,
  ): void;
  turnBlock(contributions: number, columnBytes: number, columns: number, rows: number, into: number): void;
}

/** What is needed of the platform's WebAssembly, which Node's types do not declare. */
interface Platform {
  WebAssembly: {
    Module: new (bytes: Uint8Array) => object;
    Instance: new (module: object) => { exports: unknown };
  };
}

const PAGE = 65_536;
let compiled: object | undefined;

/** Kernels with a memory of at least `bytes`; what is never touched of it costs nothing. */
export function createScoreKernel(bytes: number): ScoreKernel {
  const { WebAssembly } = globalThis as unknown as Platform;
  compiled ??= new WebAssembly.Module(Uint8Array.from(atob(WASM), (char) => char.charCodeAt(0)));
  const kernel = new WebAssembly.Instance(compiled).exports as ScoreKernel;
  kernel.memory.grow(Math.max(0, Math.ceil((bytes - kernel.memory.buffer.byteLength) / PAGE)));
  return kernel;
}
