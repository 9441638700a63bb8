/**
 * The scorer's kernels, in AssemblyScript. Addresses are bytes; what lies where is laid out in flatten.ts.
 * A bin is kept as `bin - 128`, so that a signed compare, which is one instruction, orders bins.
 */

const BIAS: v128 = i8x16.splat(-128);

/**
 * Bins of one row: for each slot, how many of its thresholds lie below its value. Four slots make a quad, whose
 * thresholds lie side by side; a block is four quads. `lengths` holds the thresholds a slot of each quad (i32).
 */
export function binRow(values: usize, lengths: usize, thresholds: usize, blocks: i32, bins: usize): void {
  for (let block = 0; block < blocks; block++) {
    let counts0 = i32x4.splat(0);
    let counts1 = i32x4.splat(0);
    let counts2 = i32x4.splat(0);
    let counts3 = i32x4.splat(0);
    let value = v128.load(values);
    for (let end = thresholds + (<usize>load<i32>(lengths) << 4); thresholds < end; thresholds += 16) {
      counts0 = i32x4.sub(counts0, f32x4.gt(value, v128.load(thresholds)));
    }
    value = v128.load(values, 16);
    for (let end = thresholds + (<usize>load<i32>(lengths, 4) << 4); thresholds < end; thresholds += 16) {
      counts1 = i32x4.sub(counts1, f32x4.gt(value, v128.load(thresholds)));
    }
    value = v128.load(values, 32);
    for (let end = thresholds + (<usize>load<i32>(lengths, 8) << 4); thresholds < end; thresholds += 16) {
      counts2 = i32x4.sub(counts2, f32x4.gt(value, v128.load(thresholds)));
    }
    value = v128.load(values, 48);
    for (let end = thresholds + (<usize>load<i32>(lengths, 12) << 4); thresholds < end; thresholds += 16) {
      counts3 = i32x4.sub(counts3, f32x4.gt(value, v128.load(thresholds)));
    }
    const low = i16x8.narrow_i32x4_s(counts0, counts1);
    const high = i16x8.narrow_i32x4_s(counts2, counts3);
    v128.store(bins, v128.xor(i8x16.narrow_i16x8_u(low, high), BIAS));
    values += 64;
    lengths += 16;
    bins += 16;
  }
}

/**
 * One row's leaf indices, and the sum of its leaves, one tree after another. Sixteen trees are asked at a time: their
 * slots are looked up in the bins by swizzle. A group of sixteen trees holds, for each level from the last to the
 * first, 16 slots and 16 bounds (bytes); what fills the last group up are trees whose leaves are 0.
 */
export function scoreRow(
  bins: usize, blocks: i32, groups: i32, depth: i32, questions: usize, leaves: usize, leafBytes: i32, leafOf: usize,
): f64 {
  let sum: f64 = 0;
  const bins0 = v128.load(bins);
  const bins1 = v128.load(bins, 16);
  const bins2 = v128.load(bins, 32);
  const bins3 = v128.load(bins, 48);
  const end = bins + (<usize>blocks << 4);
  for (let group = 0; group < groups; group++) {
    let leaf = i8x16.splat(0);
    for (let level = 0; level < depth; level++) {
      let slot = v128.load(questions);
      let found = v128.or(
        v128.or(i8x16.swizzle(bins0, slot), i8x16.swizzle(bins1, i8x16.sub(slot, i8x16.splat(16)))),
        v128.or(
          i8x16.swizzle(bins2, i8x16.sub(slot, i8x16.splat(32))),
          i8x16.swizzle(bins3, i8x16.sub(slot, i8x16.splat(48))),
        ),
      );
      slot = i8x16.sub(slot, i8x16.splat(64));
      for (let at = bins + 64; at < end; at += 16) {
        found = v128.or(found, i8x16.swizzle(v128.load(at), slot));
        slot = i8x16.sub(slot, i8x16.splat(16));
      }
      leaf = i8x16.sub(i8x16.add(leaf, leaf), i8x16.gt_s(found, v128.load(questions, 16)));
      questions += 32;
    }
    v128.store(leafOf, leaf);
    for (let tree = 0; tree < 16; tree += 4) {
      sum += load<f64>(leaves + (<usize>load<u8>(leafOf) << 3));
      leaves += leafBytes;
      sum += load<f64>(leaves + (<usize>load<u8>(leafOf, 1) << 3));
      leaves += leafBytes;
      sum += load<f64>(leaves + (<usize>load<u8>(leafOf, 2) << 3));
      leaves += leafBytes;
      sum += load<f64>(leaves + (<usize>load<u8>(leafOf, 3) << 3));
      leaves += leafBytes;
      leafOf += 4;
    }
  }
  return sum;
}

/** The same for a row of more slots than a byte counts; the questions are those of `sumBlock`. */
export function scoreWideRow(
  bins: usize, trees: i32, depth: i32, questions: usize, leaves: usize, leafBytes: i32, leafOf: usize,
): f64 {
  let sum: f64 = 0;
  for (const end = leafOf + trees; leafOf < end; leafOf++) {
    let leaf = 0;
    for (const last = questions + (<usize>depth << 3); questions < last; questions += 8) {
      leaf = (leaf << 1) | i32(i32(load<i8>(bins + load<u32>(questions))) > i32(load<i8>(questions, 4)));
    }
    store<u8>(leafOf, <u8>leaf);
    sum += load<f64>(leaves + (<usize>leaf << 3));
    leaves += leafBytes;
  }
  return sum;
}

/**
 * The sums of a block of rows (a multiple of 32), tree by tree. Bins lie slot by slot, `stride` bytes each. A tree holds,
 * from its last level to its first, slot and bound (i32).
 */
export function sumBlock(
  bins: usize, stride: i32, trees: i32, depth: i32, questions: usize, leaves: usize, leafBytes: i32, rows: i32, leafOf: usize,
  sums: usize,
): void {
  memory.fill(sums, 0, <usize>rows << 3);
  for (let tree = 0; tree < trees; tree++) {
    leavesOfBlock(bins, stride, depth, questions, rows, leafOf);
    accumulate(leafOf, leaves, 3, rows, sums);
    questions += <usize>depth << 3;
    leaves += leafBytes;
  }
}

// @ts-ignore: decorator
@inline
function leavesOfBlock(bins: usize, stride: i32, depth: i32, questions: usize, rows: i32, leafOf: usize): void {
  const end = questions + (<usize>depth << 3);
  for (let row = 0; row < rows; row += 32) {
    let leaf0 = i8x16.splat(0);
    let leaf1 = i8x16.splat(0);
    for (let at = questions; at < end; at += 8) {
      const column = bins + load<u32>(at) * stride + row;
      const bound = v128.load8_splat(at, 4);
      leaf0 = i8x16.sub(i8x16.add(leaf0, leaf0), i8x16.gt_s(v128.load(column), bound));
      leaf1 = i8x16.sub(i8x16.add(leaf1, leaf1), i8x16.gt_s(v128.load(column, 16), bound));
    }
    v128.store(leafOf + row, leaf0);
    v128.store(leafOf + row, leaf1, 16);
  }
}

// @ts-ignore: decorator
@inline
function accumulate(leafOf: usize, table: usize, shift: i32, rows: i32, sums: usize): void {
  for (let row = 0; row < rows; row += 4) {
    const at = leafOf + row;
    const sum = sums + (row << 3);
    let pair = v128.load64_zero(table + (<usize>load<u8>(at) << shift));
    pair = v128.load64_lane(table + (<usize>load<u8>(at, 1) << shift), pair, 1);
    v128.store(sum, f64x2.add(v128.load(sum), pair));
    let next = v128.load64_zero(table + (<usize>load<u8>(at, 2) << shift));
    next = v128.load64_lane(table + (<usize>load<u8>(at, 3) << shift), next, 1);
    v128.store(sum, f64x2.add(v128.load(sum, 16), next), 16);
  }
}

/**
 * Adds a row's table lines to its contributions, tree by tree. A line is `width` (even) doubles; `places` holds for
 * each tree and entry where in the contributions it goes, in bytes (i32).
 */
export function explainRow(
  leafOf: usize, trees: i32, tables: usize, tableBytes: i32, width: i32, places: usize, contributions: usize,
): void {
  const bytes: usize = <usize>width << 3;
  for (const end = leafOf + trees; leafOf < end; leafOf++) {
    let line = tables + <usize>load<u8>(leafOf) * bytes;
    for (const last = line + bytes; line < last; line += 16) {
      const first = contributions + load<u32>(places);
      store<f64>(first, load<f64>(first) + load<f64>(line));
      const second = contributions + load<u32>(places, 4);
      store<f64>(second, load<f64>(second) + load<f64>(line, 8));
      places += 8;
    }
    tables += tableBytes;
  }
}

/** The same for a block of rows (a multiple of 32): contributions lie column by column, `columnBytes` each. */
export function explainBlock(
  bins: usize, stride: i32, trees: i32, depth: i32, questions: usize, tables: usize, tableBytes: i32, width: i32,
  places: usize, rows: i32, leafOf: usize, contributions: usize, columnBytes: i32,
): void {
  const bytes: usize = <usize>width << 3;
  const perByte = columnBytes >> 3;
  for (let tree = 0; tree < trees; tree++) {
    leavesOfBlock(bins, stride, depth, questions, rows, leafOf);
    let entry = 0;
    for (; entry + 6 <= width; entry += 6) {
      addSix(leafOf, tables + (<usize>entry << 3), bytes, rows, contributions, perByte, places);
      places += 24;
    }
    for (; entry < width; entry += 2) {
      addTwo(leafOf, tables + (<usize>entry << 3), bytes, rows, contributions, perByte, places);
      places += 8;
    }
    questions += <usize>depth << 3;
    tables += tableBytes;
  }
}

/** Adds entries of the rows' table lines to as many columns, two rows at a time. */
function addSix(
  leafOf: usize, table: usize, bytes: usize, rows: i32, contributions: usize, columnBytes: i32, places: usize,
): void {
  let column0 = contributions + <usize>load<u32>(places) * columnBytes;
  let column1 = contributions + <usize>load<u32>(places, 4) * columnBytes;
  let column2 = contributions + <usize>load<u32>(places, 8) * columnBytes;
  let column3 = contributions + <usize>load<u32>(places, 12) * columnBytes;
  let column4 = contributions + <usize>load<u32>(places, 16) * columnBytes;
  let column5 = contributions + <usize>load<u32>(places, 20) * columnBytes;
  for (const end = leafOf + rows; leafOf < end; leafOf += 2) {
    const first = table + <usize>load<u8>(leafOf) * bytes;
    const second = table + <usize>load<u8>(leafOf, 1) * bytes;
    let a = v128.load(first);
    let b = v128.load(second);
    column0 = addPair(column0, v128.shuffle<i64>(a, b, 0, 2));
    column1 = addPair(column1, v128.shuffle<i64>(a, b, 1, 3));
    a = v128.load(first, 16);
    b = v128.load(second, 16);
    column2 = addPair(column2, v128.shuffle<i64>(a, b, 0, 2));
    column3 = addPair(column3, v128.shuffle<i64>(a, b, 1, 3));
    a = v128.load(first, 32);
    b = v128.load(second, 32);
    column4 = addPair(column4, v128.shuffle<i64>(a, b, 0, 2));
    column5 = addPair(column5, v128.shuffle<i64>(a, b, 1, 3));
  }
}

function addTwo(
  leafOf: usize, table: usize, bytes: usize, rows: i32, contributions: usize, columnBytes: i32, places: usize,
): void {
  let column0 = contributions + <usize>load<u32>(places) * columnBytes;
  let column1 = contributions + <usize>load<u32>(places, 4) * columnBytes;
  for (const end = leafOf + rows; leafOf < end; leafOf += 2) {
    const a = v128.load(table + <usize>load<u8>(leafOf) * bytes);
    const b = v128.load(table + <usize>load<u8>(leafOf, 1) * bytes);
    column0 = addPair(column0, v128.shuffle<i64>(a, b, 0, 2));
    column1 = addPair(column1, v128.shuffle<i64>(a, b, 1, 3));
  }
}

// @ts-ignore: decorator
@inline
function addPair(column: usize, pair: v128): usize {
  v128.store(column, f64x2.add(v128.load(column), pair));
  return column + 16;
}

/**
 * The columns of a block as its rows, two by two. From the last pair of columns to the first, since that of an odd
 * count spills into the next row, which comes later.
 */
export function turnBlock(contributions: usize, columnBytes: i32, columns: i32, rows: i32, into: usize): void {
  const rowBytes: usize = <usize>columns << 3;
  const last: usize = (<usize>columns - 1) >> 1;
  for (const end = contributions + (<usize>rows << 3); contributions < end; contributions += 16) {
    let column = contributions + last * (columnBytes << 1);
    for (let at = into + (last << 4); at >= into; at -= 16) {
      const a = v128.load(column);
      const b = v128.load(column + columnBytes);
      v128.store(at, v128.shuffle<i64>(a, b, 0, 2));
      v128.store(at + rowBytes, v128.shuffle<i64>(a, b, 1, 3));
      column -= columnBytes << 1;
    }
    into += rowBytes << 1;
  }
}

/** Bins of one slot for a block of rows, out of float64 values; NaN stands for `missing`. */
export function binColumn(values: usize, rows: i32, thresholds: usize, count: i32, missing: f32, bins: usize): void {
  const absent = f32x4.splat(missing);
  const end = thresholds + (<usize>count << 2);
  for (let row = 0; row < rows; row += 16) {
    const a = four(values, absent);
    const b = four(values + 32, absent);
    const c = four(values + 64, absent);
    const d = four(values + 96, absent);
    let ca = i32x4.splat(0);
    let cb = i32x4.splat(0);
    let cc = i32x4.splat(0);
    let cd = i32x4.splat(0);
    for (let at = thresholds; at < end; at += 4) {
      const threshold = v128.load32_splat(at);
      ca = i32x4.sub(ca, f32x4.gt(a, threshold));
      cb = i32x4.sub(cb, f32x4.gt(b, threshold));
      cc = i32x4.sub(cc, f32x4.gt(c, threshold));
      cd = i32x4.sub(cd, f32x4.gt(d, threshold));
    }
    const low = i16x8.narrow_i32x4_s(ca, cb);
    const high = i16x8.narrow_i32x4_s(cc, cd);
    v128.store(bins + row, v128.xor(i8x16.narrow_i16x8_u(low, high), BIAS));
    values += 128;
  }
}

// @ts-ignore: decorator
@inline
function four(values: usize, absent: v128): v128 {
  const low = f32x4.demote_f64x2_zero(v128.load(values));
  const high = f32x4.demote_f64x2_zero(v128.load(values, 16));
  const all = v128.shuffle<i32>(low, high, 0, 1, 4, 5);
  return v128.bitselect(all, absent, f32x4.eq(all, all));
}
