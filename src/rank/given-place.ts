import { until, type TellingTime } from './days.ts';
import type { Reason } from './assessment.ts';
import type { AdjustmentName } from './policy/adjustments.ts';
import type { Policy } from './policy.ts';

/** What gave a record its place: the adjustments that acted on it, and the probability with which the lot brought it; 1 where another source did. */
export interface GivenPlace {
  readonly adjustments: readonly { readonly name: AdjustmentName; readonly rule: string | null; readonly before: number; readonly after: number }[];
  readonly drawn: number;
}

/** That a place was given, by a pin of the policy or by lot, as a reason of the theme `place`; a pin comes last and so counts. Its effect is no figure: 0. */
export function givenPlaceReasons({ adjustments, drawn }: GivenPlace, { adjustments: specs }: Pick<Policy, 'adjustments'>, telling: TellingTime): Reason[] {
  const reason = (sentence: string, direction: Reason['direction'] = 'for'): Reason[] => [{ theme: 'place', direction, sentence, effect: 0 }];
  const pin = adjustments.find(({ name }) => name === 'pins');
  if (pin !== undefined) {
    const rule = specs.flatMap((spec) => (spec.name === 'pins' ? spec.rules : [])).find(({ id }) => id === pin.rule);
    const end = rule?.until ?? null;
    return reason(`pinned by your team${end === null ? '' : ` until ${until(end, telling)}`}`, pin.after > pin.before ? 'against' : 'for');
  }
  const isDrawn = drawn < 1 || adjustments.some(({ name }) => name === 'exploration');
  return isDrawn ? reason('drawn by lot, to learn from records further down') : [];
}
