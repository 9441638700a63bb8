import { DAY } from '../../base/index.ts';
import type { SubjectId } from '../../events/index.ts';
import type { TargetName } from '../../features/index.ts';
import type { Deals } from './deals.ts';

/** What outcomes of a target paid. */
export interface Paid {
  /** By subject, amounts in the home currency, above nothing. */
  readonly amounts: ReadonlyMap<SubjectId, number>;
  /** The share of outcomes that paid, of those old enough to tell; null where nothing tells. */
  readonly share: number | null;
  /** Outcomes that `share` rests on. */
  readonly judged: number;
}

/** How long after its conversion a lead's opportunity may take to be won and still count. */
const PAID_WITHIN = 90 * DAY;

/**
 * What the outcome of each record paid, as known at `until`: an opportunity that was won, its amount; a lead that converted, the
 * amount that its opportunity was won for within 90 days. Not every conversion is won: the share tells how many are, from those
 * whose 90 days are over. Wins without an amount in the home currency count for neither.
 */
export function paidOf(target: TargetName, { won, converted }: Deals, until: number): Paid {
  if (target === 'opportunity') {
    const amounts = [...won].flatMap(([subject, { amount }]) => (amount !== null && amount > 0 ? [[subject, amount] as const] : []));
    return { amounts: new Map(amounts), share: won.size === 0 ? null : 1, judged: won.size };
  }
  const amounts = new Map<SubjectId, number>();
  let judged = 0;
  let wins = 0;
  for (const [lead, { known, opportunity }] of converted) {
    const win = opportunity === null ? undefined : won.get(opportunity);
    const paid = win !== undefined && win.known <= known + PAID_WITHIN;
    if (paid && !(win.amount !== null && win.amount > 0)) continue;
    if (paid) amounts.set(lead, win.amount!);
    if (known + PAID_WITHIN > until) continue;
    judged += 1;
    wins += Number(paid);
  }
  return { amounts, share: judged === 0 ? null : wins / judged, judged };
}
