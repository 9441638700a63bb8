import type { Grade, LastScore, TrendPoint } from '../rank/index.ts';

/** A record's last score and its trend, as one row. */
export interface ScoreRow {
  readonly last: Omit<LastScore, 'reasons'>;
  readonly trend: readonly TrendPoint[];
  /** Whether it was looked up in the journal how far the trend goes back: nothing older comes there. */
  readonly recalled: boolean;
}

/**
 * time f64 | probability f64, NaN for none | score u8 | grade's letter u8 | bundle's length u8 | points u8, its highest bit
 * set where the trend was recalled | bundle, ASCII | per point: time f64, score u8. Little endian.
 */
const HEAD = 20;
const POINT = 9;
const RECALLED = 0x80;

export function encodeRow({ last, trend, recalled }: ScoreRow): Uint8Array {
  const { bundle } = last;
  const bytes = Buffer.alloc(HEAD + bundle.length + trend.length * POINT);
  bytes.writeDoubleLE(last.time, 0);
  bytes.writeDoubleLE(last.probability ?? NaN, 8);
  bytes[16] = last.score;
  bytes[17] = last.grade.charCodeAt(0);
  bytes[18] = bundle.length;
  bytes[19] = trend.length | (recalled ? RECALLED : 0);
  bytes.write(bundle, HEAD, 'latin1');
  trend.forEach(({ time, score }, n) => {
    const at = bytes.length - (trend.length - n) * POINT;
    bytes.writeDoubleLE(time, at);
    bytes[at + 8] = score;
  });
  return bytes;
}

export function decodeRow(row: Uint8Array): ScoreRow {
  const bytes = Buffer.from(row.buffer, row.byteOffset, row.byteLength);
  const bundleEnd = HEAD + bytes[18]!;
  const probability = bytes.readDoubleLE(8);
  const trend = Array.from({ length: bytes[19]! & ~RECALLED }, (_, n) => {
    const at = bundleEnd + n * POINT;
    return { time: bytes.readDoubleLE(at), score: bytes[at + 8]! };
  });
  const last = {
    time: bytes.readDoubleLE(0),
    probability: Number.isNaN(probability) ? null : probability,
    score: bytes[16]!,
    grade: String.fromCharCode(bytes[17]!) as Grade,
    bundle: bytes.toString('latin1', HEAD, bundleEnd),
  };
  return { last, trend, recalled: bytes[19]! >= RECALLED };
}
