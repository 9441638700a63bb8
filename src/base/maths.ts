/**
 * Deterministic elementary functions: built from IEEE 754 additions, multiplications and divisions in a fixed order, so
 * the last bit is the same on every engine. `Math.exp` and `Math.log` may differ there and stay out of models and folds.
 */

const LN2_HIGH = 6.93147180369123816490e-1; // the upper bits of ln 2: k·LN2_HIGH is exact for |k| < 2^11
const LN2_LOW = 1.90821492927058770002e-10;
const words = new DataView(new ArrayBuffer(8));

/** 2^k for an integer k in [-1074, 1023], exactly. */
export function pow2(k: number): number {
  if (k < -1022) return pow2(k + 52) * 2 ** -52;
  words.setUint32(0, (k + 1023) << 20);
  words.setUint32(4, 0);
  return words.getFloat64(0);
}

/** e^x, within 1 ulp or so of the true value. exp(NaN) is NaN; overflow gives Infinity, underflow 0. */
export function exp(x: number): number {
  if (x !== x) return x;
  if (x > 709.782712893384) return Infinity;
  if (x < -745.1332191019412) return 0;
  const k = Math.round(x / (LN2_HIGH + LN2_LOW));
  const r = x - k * LN2_HIGH - k * LN2_LOW; // |r| ≤ ln 2 / 2
  let sum = 1;
  for (let n = 17; n >= 1; n--) sum = 1 + (r * sum) / n; // Taylor by Horner: the remainder is below 2^-60
  if (k > 1023) return sum * 2 * pow2(k - 1);
  return k < -1022 ? sum * pow2(k + 64) * 2 ** -64 : sum * pow2(k);
}

/** Natural logarithm. log(0) is -Infinity, log of a negative number is NaN. */
export function log(x: number): number {
  if (x !== x || x < 0) return NaN;
  if (x === 0) return -Infinity;
  if (x === Infinity) return x;
  let k = 0;
  if (x < 2.2250738585072014e-308) {
    x *= 2 ** 54;
    k = -54;
  }
  words.setFloat64(0, x);
  const high = words.getUint32(0);
  k += (high >>> 20) - 1023;
  words.setUint32(0, (high & 0xfffff) | 0x3ff00000);
  let m = words.getFloat64(0); // in [1, 2)
  if (m > Math.SQRT2) {
    m /= 2;
    k += 1;
  }
  const s = (m - 1) / (m + 1); // log m = 2·artanh s, |s| ≤ 0.1716
  const z = s * s;
  let sum = 0;
  for (let n = 23; n >= 3; n -= 2) sum = (sum + 1 / n) * z;
  return k * LN2_HIGH + (2 * s + (2 * s * sum + k * LN2_LOW));
}

/** 1 / (1 + e^-x), without overflow. */
export function sigmoid(x: number): number {
  if (x >= 0) return 1 / (1 + exp(-x));
  const e = exp(x);
  return e / (1 + e);
}

/** ln(p / (1 - p)). */
export function logit(p: number): number {
  return log(p) - log(1 - p);
}
