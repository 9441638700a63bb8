import { orderOf } from './order-samples.ts';
import type { Readings } from './readings.ts';
import { bitsOf, isCategorical } from './values.ts';
import { FRESH, type Workspace } from './workspace.ts';

/** What tells of samples. Times in ms. */
export interface SampleHeads {
  /** Into a list of names. */
  readonly subjects: Int32Array<ArrayBuffer>;
  readonly times: Float64Array<ArrayBuffer>;
  /** 1 or 0; NaN where the horizon is not over yet. */
  readonly labels: Float64Array<ArrayBuffer>;
  readonly weights: Float64Array<ArrayBuffer>;
  /** Into `REASONS`. */
  readonly reasons: Uint8Array<ArrayBuffer>;
  /** Of a decision that was shown: the offset of the event that says so, before which all is seen; else NaN. */
  readonly offsets: Float64Array<ArrayBuffer>;
}

/** Samples in the order of `orderOf`, with what is read of their own rows. */
export interface SampleRows extends SampleHeads {
  /** Column by column, those of `readings.own` that are wanted, in their order: values in 32 bits as of `bitsOf`. */
  readonly bits: Uint32Array<ArrayBuffer>;
  /** By sample, then the own part of a feature that leaves it out; not rounded. */
  readonly parts: Float64Array<ArrayBuffer>;
}

/** Samples, while their number is not known yet. */
export interface SampleSink {
  /** Adds a sample, as of `SampleHeads`. Returns its number; what is read of its own row is to be written to `page`, from `at` on. */
  add(subject: number, time: number, label: number, weight: number, reason: number, offset: number): number;
  /** Room for the values of the sample that was added last, in the order of `readings.own`. */
  page(): Float64Array;
  at(): number;
  /** Also which sample, by its number, stands in which row. Then it is empty. */
  finish(names: readonly string[]): { readonly rows: SampleRows; readonly order: Int32Array };
}

const PAGE_BITS = 10;
const PAGE = 2 ** PAGE_BITS; // samples
const [SUBJECT, TIME, LABEL, WEIGHT, REASON, OFFSET, HEAD] = [0, 1, 2, 3, 4, 5, 6];

/** Samples lie one behind the other in a page until it is full; then it is put into columns, and when all are there, these into order. */
export function createSink(readings: Readings, workspace: Workspace): SampleSink {
  const size = HEAD + readings.own.length;
  const layer = createLayer(readings);
  const page = new Float64Array(PAGE * size);
  const pages: SampleRows[] = []; // also those that are not full any more
  let count = 0;
  let at = 0;

  const put = (): void => {
    const rows = (pages[(count - 1) >>> PAGE_BITS] ??= { ...headsOf(PAGE, FRESH), ...layer.room(PAGE, FRESH) });
    const floats = new Float32Array(rows.bits.buffer);
    for (let row = 0; row < PAGE; row++) {
      layHead(rows, row, page, row * size);
      layer.lay(rows, floats, row, page, row * size + HEAD);
    }
  };

  return {
    add(subject, time, label, weight, reason, offset) {
      if (count > 0 && count % PAGE === 0) put();
      at = (count % PAGE) * size;
      page[at + SUBJECT] = subject;
      page[at + TIME] = time;
      page[at + LABEL] = label;
      page[at + WEIGHT] = weight;
      page[at + REASON] = reason;
      page[at + OFFSET] = offset;
      return count++;
    },
    page: () => page,
    at: () => at + HEAD,
    finish(names) {
      if (count > 0) put();
      const full = pages.slice(0, Math.ceil(count / PAGE));
      const order = orderOf({ names, ...headsIn(full, headsOf(count, workspace)) });
      const rows: SampleRows = { ...headsOf(count, workspace), ...layer.room(count, workspace) };
      layer.arrange(full, order, rows);
      count = 0;
      return { rows, order };
    },
  };
}

const headsOf = (count: number, { take }: Workspace): SampleHeads => ({
  subjects: take(Int32Array, count),
  times: take(Float64Array, count),
  labels: take(Float64Array, count),
  weights: take(Float64Array, count),
  reasons: take(Uint8Array, count),
  offsets: take(Float64Array, count),
});

/** What tells of the samples in pages, in their order. */
function headsIn(pages: readonly SampleRows[], into: SampleHeads): SampleHeads {
  const { length } = into.times;
  for (const name of HEADS) for (const [i, page] of pages.entries()) into[name].set(page[name].subarray(0, length - i * PAGE), i * PAGE);
  return into;
}

const HEADS = ['subjects', 'times', 'labels', 'weights', 'reasons', 'offsets'] as const;

function layHead(heads: SampleHeads, row: number, page: Float64Array, at: number): void {
  heads.subjects[row] = page[at + SUBJECT]!;
  heads.times[row] = page[at + TIME]!;
  heads.labels[row] = page[at + LABEL]!;
  heads.weights[row] = page[at + WEIGHT]!;
  heads.reasons[row] = page[at + REASON]!;
  heads.offsets[row] = page[at + OFFSET]!;
}

/** Puts the values of samples into columns. */
function createLayer({ specs, wanted, own }: Readings) {
  const width = specs.length - wanted;
  const held = own.flatMap((place, i) => (place < wanted ? [i] : []));
  const isCode = Uint8Array.from(held, (i) => Number(isCategorical(specs[own[i]!]!)));
  const from = Int32Array.from(held);
  const parts = own.flatMap((place, i) => (place >= wanted ? [{ from: i, to: place - wanted }] : []));
  return {
    room: (count: number, { take }: Workspace) => ({ bits: take(Uint32Array, count * held.length), parts: take(Float64Array, count * width) }),
    /** `floats` are those of `bits`. */
    lay({ bits, parts: into, times: { length } }: SampleRows, floats: Float32Array, row: number, page: Float64Array, at: number): void {
      for (let column = 0, place = row; column < from.length; column++, place += length) {
        if (isCode[column] === 1) bits[place] = bitsOf(page[at + from[column]!]!);
        else floats[place] = page[at + from[column]!]!;
      }
      for (const part of parts) into[row * width + part.to] = page[at + part.from]!;
    },
    /** Puts the samples of pages into columns, in an order. */
    arrange(pages: readonly SampleRows[], order: Int32Array, into: SampleRows): void {
      for (const name of HEADS) pickPaged(pages.map((page) => page[name]), 0, order, into[name]);
      const bits = pages.map((page) => page.bits);
      for (let column = 0; column < from.length; column++) pickPaged(bits, column * PAGE, order, into.bits.subarray(column * order.length));
      for (let row = 0; row < order.length; row++) {
        const page = pages[order[row]! >>> PAGE_BITS]!;
        const at = (order[row]! & (PAGE - 1)) * width;
        for (let part = 0; part < width; part++) into.parts[row * width + part] = page.parts[at + part]!;
      }
    },
  };
}

/** Samples of a column that begins at a place in each page. */
function pickPaged(pages: readonly Column[], begin: number, order: Int32Array, into: Column): void {
  for (let i = 0; i < order.length; i++) into[i] = pages[order[i]! >>> PAGE_BITS]![begin + (order[i]! & (PAGE - 1))]!;
}

type Column = Float64Array | Int32Array | Uint32Array | Uint8Array;
