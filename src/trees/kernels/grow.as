/**
 * The kernels of training, in AssemblyScript. Addresses are bytes; what lies where is laid out in shard.ts. Beside each
 * stands its plain form in reference.ts. A row's gradient and hessian are a pair of i32; a sum of pairs is a pair of i64.
 */

/** Bits dropped from a pair when it is packed into one i64 for counting: see `pack`. */
const DROPPED: i32 = 13;
const HALF: i64 = 1 << (DROPPED - 1);

/** How many of 255 ascending borders (padded with Infinity) lie below each value; NaN stands for `missing`. */
export function binColumn(values: usize, rows: i32, borders: usize, missing: f64, bins: usize): void {
  for (let i = 0; i < rows; i++) {
    const given = load<f64>(values + (<usize>i << 3));
    const value = given == given ? <f64>(<f32>given) : missing;
    let at: usize = 0; // eight halvings: `at` is 8 times the number of borders known to lie below
    at += <usize>i32(value > load<f64>(borders + at, 127 * 8)) << 10;
    at += <usize>i32(value > load<f64>(borders + at, 63 * 8)) << 9;
    at += <usize>i32(value > load<f64>(borders + at, 31 * 8)) << 8;
    at += <usize>i32(value > load<f64>(borders + at, 15 * 8)) << 7;
    at += <usize>i32(value > load<f64>(borders + at, 7 * 8)) << 6;
    at += <usize>i32(value > load<f64>(borders + at, 3 * 8)) << 5;
    at += <usize>i32(value > load<f64>(borders + at, 8)) << 4;
    at += <usize>i32(value > load<f64>(borders + at)) << 3;
    store<u8>(bins + i, <u8>(at >> 3));
  }
}

/** Lays columns of bytes (`pitch` apart) side by side into rows of `width` bytes, for rows `from` to `to`. */
export function layRows(columns: usize, pitch: usize, count: i32, from: i32, to: i32, out: usize, width: i32): void {
  for (let c = 0; c < count; c++) {
    const column = columns + <usize>c * pitch;
    for (let i = from; i < to; i++) store<u8>(out + <usize>i * width + c, load<u8>(column + i));
  }
}

/** Copies the chosen rows of `width` bytes, a multiple of 16, one after another. */
export function gatherRows(table: usize, width: i32, rows: usize, count: i32, out: usize): void {
  for (let i = 0; i < count; i++) {
    const row = table + <usize>load<u32>(rows + (<usize>i << 2)) * width;
    for (let at = 0; at < width; at += 16) {
      v128.store(out, v128.load(row + at));
      out += 16;
    }
  }
}

/**
 * The chosen rows' pairs, each as one i64: the gradient in the upper half, the hessian in the lower, both rounded to
 * their upper bits. Sums of up to 10,240 such numbers keep the halves apart.
 */
export function pack(pairs: usize, rows: usize, count: i32, out: usize): void {
  for (let i = 0; i < count; i++) {
    const pair = pairs + (<usize>load<u32>(rows + (<usize>i << 2)) << 3);
    const g = (<i64>load<i32>(pair) + HALF) >> DROPPED;
    const h = (<i64>load<i32>(pair, 4) + HALF) >> DROPPED;
    store<i64>(out + (<usize>i << 3), (g << 32) + h);
  }
}

/** Adds packed pairs to the sums of eight columns that lie side by side; a column has 256 sums of 8 bytes. */
export function countEight(sums: usize, table: usize, width: i32, packed: usize, count: i32): void {
  const end = packed + (<usize>count << 3);
  while (packed < end) {
    const pair = load<i64>(packed);
    let at = sums + (<usize>load<u8>(table) << 3);
    store<i64>(at, load<i64>(at) + pair);
    at = sums + (<usize>load<u8>(table, 1) << 3);
    store<i64>(at, load<i64>(at, 2048) + pair, 2048);
    at = sums + (<usize>load<u8>(table, 2) << 3);
    store<i64>(at, load<i64>(at, 4096) + pair, 4096);
    at = sums + (<usize>load<u8>(table, 3) << 3);
    store<i64>(at, load<i64>(at, 6144) + pair, 6144);
    at = sums + (<usize>load<u8>(table, 4) << 3);
    store<i64>(at, load<i64>(at, 8192) + pair, 8192);
    at = sums + (<usize>load<u8>(table, 5) << 3);
    store<i64>(at, load<i64>(at, 10240) + pair, 10240);
    at = sums + (<usize>load<u8>(table, 6) << 3);
    store<i64>(at, load<i64>(at, 12288) + pair, 12288);
    at = sums + (<usize>load<u8>(table, 7) << 3);
    store<i64>(at, load<i64>(at, 14336) + pair, 14336);
    packed += 8;
    table += width;
  }
}

/** The same for any four columns. */
export function countFour(
  sums: usize, table: usize, width: i32, packed: usize, count: i32, a: i32, b: i32, c: i32, d: i32,
): void {
  const end = packed + (<usize>count << 3);
  while (packed < end) {
    const pair = load<i64>(packed);
    let at = sums + (<usize>load<u8>(table + a) << 3);
    store<i64>(at, load<i64>(at) + pair);
    at = sums + (<usize>load<u8>(table + b) << 3);
    store<i64>(at, load<i64>(at, 2048) + pair, 2048);
    at = sums + (<usize>load<u8>(table + c) << 3);
    store<i64>(at, load<i64>(at, 4096) + pair, 4096);
    at = sums + (<usize>load<u8>(table + d) << 3);
    store<i64>(at, load<i64>(at, 6144) + pair, 6144);
    packed += 8;
    table += width;
  }
}

/** The same for one column. */
export function countOne(sums: usize, table: usize, width: i32, packed: usize, count: i32): void {
  const end = packed + (<usize>count << 3);
  while (packed < end) {
    const at = sums + (<usize>load<u8>(table) << 3);
    store<i64>(at, load<i64>(at) + load<i64>(packed));
    packed += 8;
    table += width;
  }
}

/** Moves packed sums into pairs of i64 and leaves zeros. */
export function unpack(sums: usize, histogram: usize, count: i32): void {
  for (let i = 0; i < count; i++) {
    const sum = load<i64>(sums);
    store<i64>(sums, 0);
    const pair = i64x2.replace_lane(i64x2.splat(sum >> 32), 1, sum & 0xffffffff);
    v128.store(histogram, i64x2.add(v128.load(histogram), pair));
    sums += 8;
    histogram += 16;
  }
}

/** out += added, for `count` pairs. */
export function addPairs(out: usize, added: usize, count: i32): void {
  for (let end = out + (<usize>count << 4); out < end; out += 16, added += 16) {
    v128.store(out, i64x2.add(v128.load(out), v128.load(added)));
  }
}

/** out -= taken, for `count` pairs. */
export function subtractPairs(out: usize, taken: usize, count: i32): void {
  for (let end = out + (<usize>count << 4); out < end; out += 16, taken += 16) {
    v128.store(out, i64x2.sub(v128.load(out), v128.load(taken)));
  }
}

/** Stores the sums of `count` pairs as two f64. */
export function totalPairs(histogram: usize, count: i32, out: usize): void {
  let sum = i64x2.splat(0);
  for (let end = histogram + (<usize>count << 4); histogram < end; histogram += 16) {
    sum = i64x2.add(sum, v128.load(histogram));
  }
  store<f64>(out, <f64>i64x2.extract_lane(sum, 0));
  store<f64>(out, <f64>i64x2.extract_lane(sum, 1), 8);
}

/**
 * Adds to each candidate of one column what the two children are worth that it makes of one node: Σ G² / (H + l2).
 * `sign` forbids (by the node's worth unsplit) that the value falls (1) or rises (-1) above the border; 0 does not care.
 */
export function scoreColumn(
  histogram: usize, bins: i32, scores: usize, g: f64, h: f64, l2: f64, unsplit: f64, ordered: i32, sign: i32,
): void {
  const total = f64x2.replace_lane(f64x2.splat(g), 1, h);
  const least = f64x2.splat(0);
  const ridge = f64x2.splat(l2);
  let below = least; // gradient and hessian of the bins up to the candidate
  let both = unsplit;
  for (let end = scores + (<usize>bins << 3); scores < end; scores += 8, histogram += 16) {
    const pair = v128.load(histogram);
    if (v128.any_true(pair)) {
      const bin = f64x2.replace_lane(
        f64x2.splat(<f64>i64x2.extract_lane(pair, 0)), 1, <f64>i64x2.extract_lane(pair, 1),
      );
      below = ordered ? f64x2.add(below, bin) : bin;
      const above = f64x2.sub(total, below);
      const gs = v128.shuffle<f64>(below, above, 0, 2);
      const hs = f64x2.add(v128.shuffle<f64>(below, above, 1, 3), ridge);
      const worth = v128.and(f64x2.div(f64x2.mul(gs, gs), hs), f64x2.gt(hs, least));
      both = f64x2.extract_lane(worth, 0) + f64x2.extract_lane(worth, 1);
      if (sign) {
        const low = f64x2.extract_lane(gs, 0) * f64x2.extract_lane(hs, 1); // leaf values are -G / (H + l2)
        const high = f64x2.extract_lane(gs, 1) * f64x2.extract_lane(hs, 0);
        if (sign > 0 ? high > low : high < low) both = unsplit;
      }
    } else if (!ordered) both = unsplit; // an empty bin divides nothing; an ordered one divides as the one before it
    store<f64>(scores, load<f64>(scores) + both);
  }
}

/**
 * Divides rows by a split: those that pass go to `out` from its end, backwards, the others from its start. Returns the
 * number of the others.
 */
export function divide(rows: usize, count: i32, column: usize, bin: i32, ordered: i32, out: usize): i32 {
  let front = out;
  let back = out + (<usize>count << 2) - 4;
  for (let end = rows + (<usize>count << 2); rows < end; rows += 4) {
    const row = load<u32>(rows);
    const value = <i32>load<u8>(column + row);
    const passes = ordered ? i32(value > bin) : i32(value == bin);
    store<u32>(front, row);
    store<u32>(back, row);
    front += <usize>(4 - (passes << 2));
    back -= <usize>(passes << 2);
  }
  return <i32>((front - out) >> 2);
}

/** Sets bit `level` of the leaf of every row that passes a split. Reads and writes up to 15 bytes beyond the rows. */
export function descend(column: usize, rows: i32, bin: i32, ordered: i32, level: i32, leaf: usize): void {
  const bound = i8x16.splat(<i8>bin);
  const bit = i8x16.splat(<i8>(<i32>1 << level));
  for (let i = 0; i < rows; i += 16) {
    const bins = v128.load(column + i);
    const passes = ordered ? i8x16.gt_u(bins, bound) : i8x16.eq(bins, bound);
    v128.store(leaf + i, v128.or(v128.load(leaf + i), v128.and(passes, bit)));
  }
}

/** Adds up the pairs and the weights of each leaf's rows: three i64 a leaf, and one not used. */
export function sumLeaves(pairs: usize, weights: usize, rows: i32, leaf: usize, sums: usize): void {
  for (let i = 0; i < rows; i++) {
    const at = sums + (<usize>load<u8>(leaf + i) << 5);
    const pair = i64x2.extend_low_i32x4_s(v128.load64_zero(pairs + (<usize>i << 3)));
    v128.store(at, i64x2.add(v128.load(at), pair));
    store<i64>(at, load<i64>(at, 16) + <i64>load<i32>(weights + (<usize>i << 2)), 16);
  }
}

/** Adds each row's leaf value to its raw score. */
export function addLeaves(raw: usize, rows: i32, leaf: usize, values: usize): void {
  for (let i = 0; i < rows; i++) {
    const at = raw + (<usize>i << 3);
    store<f64>(at, load<f64>(at) + load<f64>(values + (<usize>load<u8>(leaf + i) << 3)));
  }
}

/** Rounds float64 derivatives to pairs of i32. */
export function roundPairs(
  gradient: usize, hessian: usize, rows: i32, gradientScale: f64, hessianScale: f64, pairs: usize,
): void {
  for (let i = 0; i < rows; i++) {
    const at = <usize>i << 3;
    store<i32>(pairs + at, <i32>nearest(load<f64>(gradient + at) * gradientScale));
    store<i32>(pairs + at, <i32>nearest(load<f64>(hessian + at) * hessianScale), 4);
  }
}

/** How much a row says, of its pair as floats: √(g² + ridge · h²). */
// @ts-ignore: decorator
@inline
function importance(pair: v128, ridge: f64): f64 {
  const squares = f64x2.mul(pair, pair);
  return sqrt(f64x2.extract_lane(squares, 0) + ridge * f64x2.extract_lane(squares, 1));
}

/** Counts rows by the upper 16 bits of their importance as a float32: 65,536 counts of 4 bytes. */
export function countImportance(pairs: usize, rows: i32, ridge: f64, counts: usize): void {
  for (let i = 0; i < rows; i++) {
    const pair = f64x2.convert_low_i32x4_s(v128.load64_zero(pairs + (<usize>i << 3)));
    const at = counts + <usize>((reinterpret<u32>(<f32>importance(pair, ridge)) >> 16) << 2);
    store<u32>(at, load<u32>(at) + 1);
  }
}

/**
 * Draws each row with the probability importance / threshold, and scales its pair by the inverse and by `scale`, a
 * power of two. The coin is a hash of the row's number (`first` is the first row's) and the seed. Returns how many are
 * drawn: their places and pairs. Every row is written, and the next one over it where it was not drawn: no branch to
 * guess.
 */
export function drawRows(
  pairs: usize, rows: i32, first: u32, seed: u32, ridge: f64, threshold: f64, scale: f64, ids: usize, drawn: usize,
): i32 {
  let count: usize = 0;
  for (let i = 0; i < rows; i++) {
    const pair = f64x2.convert_low_i32x4_s(v128.load64_zero(pairs + (<usize>i << 3)));
    let hash = (first + <u32>i) * 0x9e3779b9 ^ seed;
    hash = (hash ^ (hash >>> 16)) * 0x85ebca6b;
    hash = (hash ^ (hash >>> 13)) * 0xc2b2ae35;
    hash ^= hash >>> 16;
    const chance = min(importance(pair, ridge) / threshold, 1);
    const scaled = f64x2.nearest(f64x2.mul(pair, f64x2.splat(scale / chance)));
    store<u32>(ids + (count << 2), <u32>i);
    v128.store64_lane(drawn + (count << 3), i32x4.trunc_sat_f64x2_s_zero(scaled), 0);
    count += <usize>i32(<f64>hash < chance * 4294967296);
  }
  return <i32>count;
}

/** Copies the chosen bytes one after another. */
export function gatherBytes(column: usize, ids: usize, count: i32, out: usize): void {
  for (let i = 0; i < count; i++) store<u8>(out + i, load<u8>(column + load<u32>(ids + (<usize>i << 2))));
}

const LOG2_E: v128 = f64x2.splat(1.4426950408889634);
const LN_2: v128 = f64x2.splat(0.6931471805599453);
const ONE: v128 = f64x2.splat(1);
const FOUR: v128 = f64x2.splat(4);
const FARTHEST: v128 = f64x2.splat(40); // beyond, a derivative rounds to 0 or 1
const EXPONENT: v128 = f64x2.splat(6755399441055744 + 1023); // turns a whole number into the low bits of a float64

/** e^-|x| of two numbers; beyond 40, e^-40. */
function expBelow(x: v128): v128 {
  const t = f64x2.mul(f64x2.neg(f64x2.min(f64x2.abs(x), FARTHEST)), LOG2_E);
  const k = f64x2.nearest(t);
  const r = f64x2.mul(f64x2.sub(t, k), LN_2);
  let sum = f64x2.splat(1.0 / 39916800);
  sum = f64x2.add(f64x2.mul(sum, r), f64x2.splat(1.0 / 3628800));
  sum = f64x2.add(f64x2.mul(sum, r), f64x2.splat(1.0 / 362880));
  sum = f64x2.add(f64x2.mul(sum, r), f64x2.splat(1.0 / 40320));
  sum = f64x2.add(f64x2.mul(sum, r), f64x2.splat(1.0 / 5040));
  sum = f64x2.add(f64x2.mul(sum, r), f64x2.splat(1.0 / 720));
  sum = f64x2.add(f64x2.mul(sum, r), f64x2.splat(1.0 / 120));
  sum = f64x2.add(f64x2.mul(sum, r), f64x2.splat(1.0 / 24));
  sum = f64x2.add(f64x2.mul(sum, r), f64x2.splat(1.0 / 6));
  sum = f64x2.add(f64x2.mul(sum, r), f64x2.splat(0.5));
  sum = f64x2.add(f64x2.mul(sum, r), ONE);
  sum = f64x2.add(f64x2.mul(sum, r), ONE);
  return f64x2.mul(sum, i64x2.shl(f64x2.add(k, EXPONENT), 52));
}

/** The derivatives of the log-loss, weighted and rounded, two rows at a time; the hessian counts fourfold. */
export function logLossPairs(raw: usize, labels: usize, weights: usize, rows: i32, pairs: usize): void {
  for (let i = 0; i < rows; i += 2) {
    const x = v128.load(raw + (<usize>i << 3));
    const e = expBelow(x);
    const q = f64x2.div(ONE, f64x2.add(ONE, e));
    const eq = f64x2.mul(e, q);
    const p = v128.bitselect(eq, q, f64x2.lt(x, f64x2.splat(0)));
    const weight = f64x2.convert_low_i32x4_s(v128.load64_zero(weights + (<usize>i << 2)));
    const g = f64x2.mul(f64x2.sub(p, v128.load(labels + (<usize>i << 3))), weight);
    const h = f64x2.mul(f64x2.mul(f64x2.mul(eq, q), weight), FOUR);
    const gs = i32x4.trunc_sat_f64x2_s_zero(f64x2.nearest(g));
    const hs = i32x4.trunc_sat_f64x2_s_zero(f64x2.nearest(h));
    v128.store(pairs + (<usize>i << 3), v128.shuffle<i32>(gs, hs, 0, 4, 1, 5));
  }
}

/**
 * The sum of the log-losses, by weight: max(x, 0) - x · label + log(1 + e^-|x|). The logarithm is 2 artanh(e / (2 + e)),
 * whose argument is at most a third. The weight behind an odd last row has to be 0.
 */
export function logLossSum(raw: usize, labels: usize, weights: usize, rows: i32): f64 {
  let total = f64x2.splat(0);
  for (let i = 0; i < rows; i += 2) {
    const x = v128.load(raw + (<usize>i << 3));
    const e = expBelow(x);
    const s = f64x2.div(e, f64x2.add(e, f64x2.splat(2)));
    const z = f64x2.mul(s, s);
    let sum = f64x2.splat(1.0 / 27);
    for (let odd: f64 = 25; odd > 0; odd -= 2) sum = f64x2.add(f64x2.mul(sum, z), f64x2.splat(1 / odd));
    const above = f64x2.max(x, f64x2.splat(0));
    const given = f64x2.mul(x, v128.load(labels + (<usize>i << 3)));
    const loss = f64x2.add(f64x2.sub(above, given), f64x2.mul(f64x2.mul(sum, s), f64x2.splat(2)));
    const weight = f64x2.convert_low_i32x4_s(v128.load64_zero(weights + (<usize>i << 2)));
    total = f64x2.add(total, f64x2.mul(loss, weight));
  }
  return f64x2.extract_lane(total, 0) + f64x2.extract_lane(total, 1);
}
