import { Fault } from '../base/portable.ts';
import { holdOut, isJudgeable, MOST_JUDGED, type HeldOut, type Part } from './hold-outs.ts';

/** The last tenth in time says when to stop; of a small table each of the last four, after the rows before it. */
const WINDOWS = [0.6, 0.7, 0.8, 0.9, 1];
const FEW_ROWS = 4_000;

/**
 * Hold-outs in time: the rows of a later window judge what was learned from all rows before it, at whatever level they
 * are. No instant stands on both sides, and no group. Windows that cannot judge are left out. Throws a Fault unless there
 * is one finite time a row.
 */
export function laterHoldOuts(all: Part, times: Float64Array): HeldOut[] {
  checkTimes(times, all.data.rows);
  const order = Int32Array.from(times.keys()).toSorted((a, b) => times[a]! - times[b]! || a - b);
  const cuts = WINDOWS.map((share) => changeAt(order, times, Math.round(share * order.length)));
  const windows = cuts.slice(1).map((end, i) => ({ start: cuts[i]!, end }));
  return windows.slice(order.length < FEW_ROWS ? 0 : -1).flatMap(({ start, end }) => {
    const held = thinned(order.slice(start, end)).toSorted();
    const rest = withoutGroups(order.slice(0, start).toSorted(), held, all.options.groups);
    const found = holdOut(all, rest, held);
    const late: HeldOut = { ...found, validation: { ...found.validation, level: 'free' } };
    return isJudgeable(late) ? [late] : [];
  });
}

/** At most so many rows judge: every one, or evenly many of them. */
function thinned(rows: Int32Array): Int32Array {
  if (rows.length <= MOST_JUDGED) return rows;
  return Int32Array.from({ length: MOST_JUDGED }, (_, i) => rows[Math.floor((i * rows.length) / MOST_JUDGED)]!);
}

/** The first place from `cut` on where the time changes. */
function changeAt(order: Int32Array, times: Float64Array, cut: number): number {
  let at = cut;
  while (at > 0 && at < order.length && times[order[at]!] === times[order[at - 1]!]) at++;
  return at;
}

function withoutGroups(rows: Int32Array, held: Int32Array, groups: Int32Array | undefined): Int32Array {
  if (groups === undefined) return rows;
  const seen = new Set(Array.from(held, (row) => groups[row]!));
  return rows.filter((row) => !seen.has(groups[row]!));
}

function checkTimes(times: Float64Array, rows: number): void {
  const wrong = times.findIndex((time) => !Number.isFinite(time));
  if (times.length === rows && wrong < 0) return;
  throw new Fault({
    kind: 'input',
    value: times.length === rows ? `time ${times[wrong]} of row ${wrong}` : `${times.length} times`,
    rule: times.length === rows ? 'a time is a finite number' : `there are ${rows} rows`,
    remedy: 'give one time a row, or leave the times out',
  });
}
