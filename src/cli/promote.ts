import { CELL_SUBJECT, serviceEvent } from '../events/index.ts';
import type { TargetName } from '../features/index.ts';
import { isAboveRules, type AgainstRules } from '../lifecycle/index.ts';
import type { Log } from '../log/index.ts';

/** A model that was trained, and what it finds beside the rules; null where it was not compared. */
export interface Compared {
  readonly target: TargetName;
  readonly againstRules: AgainstRules | null;
}

/** Makes a stored bundle the one that decides of the records of a target, on every node that follows the log. */
export async function promoteBundle(log: Log, bundle: string, previous: string | null, time: number, target = 'lead'): Promise<void> {
  const data = { bundle, ...(previous !== null && { previous }), ...(target !== 'lead' && { target }) };
  await log.append([serviceEvent({ type: 'control.model.promoted', subject: CELL_SUBJECT, time, data })]);
}

/** Whether what was trained is to decide in the place of the points rules. */
export const aboveRules = ({ againstRules }: Pick<Compared, 'againstRules'>): boolean => isAboveRules(againstRules);

export interface PromoteOptions {
  /** What a model has to be above: the points rules, where it was compared with them, or nothing. */
  readonly floor?: 'rules' | 'none';
  /** ms */
  readonly time: number;
}

/** Promotes of what was trained what is to decide. Returns it. */
export async function promoteAbove<T extends Compared & { readonly id: string }>(log: Log, trained: readonly T[], { floor = 'rules', time }: PromoteOptions): Promise<T[]> {
  const wanted = trained.filter((one) => floor === 'none' || aboveRules(one));
  for (const { id, target } of wanted) await promoteBundle(log, id, null, time, target);
  return wanted;
}

/** Of what was trained and not promoted, why, one line each. */
export function notPromoted(trained: readonly Compared[], promoted: readonly Compared[]): string {
  const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
  return trained
    .filter((one) => !promoted.includes(one))
    .map(({ target, againstRules: found }) => {
      const { share, rules, model, gain } = found!;
      const tops = `of later ${target} outcomes the top ${percent(share)} by the rules holds ${percent(rules)}, by the model ${percent(model)} (difference ${percent(gain.low)} to ${percent(gain.high)})`;
      return `  not promoted: ${tops}; what decided before goes on. Train again when there are more outcomes, or with --even-below-rules\n`;
    })
    .join('');
}
