import { verdict } from '../experiment/index.ts';
import type { OffPolicyEstimate } from '../experiment/index.ts';
import type { TargetName } from '../features/index.ts';
import type { Assembled, LearnedPolicy, LeftOut } from '../lifecycle/index.ts';
import type { ActionPolicy } from '../rank/index.ts';

const points = (value: number): string => `${value >= 0 ? '+' : ''}${(100 * value).toFixed(2)}`;
const many = (count: number): string => Math.round(count).toLocaleString('en');

/** What was learned, for people: each action, then how it was found to do. */
export function learnedText({ effects, estimates, evaluation, document, leftOut }: LearnedPolicy, { recommendations, unripe, followed }: Assembled): string {
  const { decisions } = recommendations;
  const verb = verbOf(document.learned?.target);
  const shown = effects.filter(({ alone }) => alone.isShown);
  return [
    `${many(decisions.count)} recommendations of ${many(new Set(decisions.subject).size)} records; ${many(unripe)} more are not over yet`,
    ...leftOutText(leftOut),
    '',
    `${'Action'.padEnd(18)}  shown  done within a day   in the rules’ place, in points    alone, unseen   believed     n_eff`,
    ...followed.map(({ action, recommended, done }) => {
      const effect = effects.find(({ arm }) => arm === action);
      const share = recommended === 0 ? '' : `${Math.round((100 * done) / recommended)} %`;
      return `${action.padEnd(18)} ${many(recommended).padStart(6)}  ${share.padEnd(18)}  ${effect === undefined ? 'too few by lot: left to the rules' : effectText(effect)}`;
    }),
    '',
    ...estimatesText(Object.values(estimates), verb),
    shown.length === 0 ? 'No action is shown to help: these effects change nothing, and the rules go on' : `Policy with the effects that are shown (${shown.map(({ arm }) => arm).join(', ')}) ${verdict(evaluation, verb)}`,
  ].join('\n');
}

function effectText({ mean, error, alone, offset, effective }: LearnedPolicy['effects'][number]): string {
  const withError = (value: number, of: number): string => `${points(value)} ± ${(100 * of).toFixed(2)}`;
  return `${withError(mean, error).padEnd(33)} ${withError(alone.gain, alone.error).padEnd(15)} ${(alone.isShown ? points(offset) : 'not shown').padEnd(10)} ${many(effective).padStart(7)}`;
}

/** What records do that it went well with. */
export const verbOf = (target: TargetName | undefined): string => (target === 'opportunity' ? 'win' : 'convert');

/** Which recommendations tell nothing of the present policy, if any. */
export function leftOutText({ count, actions }: LeftOut): string[] {
  return count === 0 ? [] : [`${many(count)} of them are left out: the present policy may do there what was not possible then (${actions.join(', ')})`];
}

/** The estimators one under the other; intervals at 95 %. */
export function estimatesText(estimates: readonly OffPolicyEstimate[], verb: string): string[] {
  return estimates.map(({ estimator, value, gain, overlap }) => {
    const clipped = overlap.clipped === 0 ? '' : `, ${many(overlap.clipped)} weights clipped`;
    const blind = overlap.unsupported > 1e-6 ? `, ${(100 * overlap.unsupported).toFixed(1)} % where nothing was ever shown` : '';
    return `${estimator.padEnd(5)} ${(100 * value.value).toFixed(2)} % ${verb}, ${points(gain.value)} (${points(gain.low)} to ${points(gain.high)}) against the present, ${gain.by}, largest weight ${overlap.largest.toFixed(1)}${clipped}${blind}`;
  });
}

/** A policy, for people. */
export function policyText({ hash, document, arms, silent }: ActionPolicy): string {
  const { version, exploration, constraints, learned } = document;
  const never = arms.filter(({ explore }) => explore === 0).map(({ name }) => name);
  const { blocks, quiet, rest } = constraints;
  return [
    `Policy      ${hash}, version ${version}`,
    `Actions     ${arms.map(({ name }) => name).join(', ')}`,
    `By lot      ${Math.round(100 * exploration)} in 100, ${never.length === 0 ? 'any of them' : `never ${never.join(', ')}`}`,
    ...blocks.map(({ actions, because }) => `Ruled out   ${actions.join(', ')}: ${because}`),
    `Quiet       ${quiet.actions.join(', ')}: from ${quiet.from} to ${quiet.to} o’clock where the lead works${quiet.weekdays.length > 0 ? ', and on days off' : ''}`,
    `Rest        ${rest.actions.join(', ')}: for ${rest.hours} hours after a contact, unless there is news`,
    `Effects     ${silent === null ? 'learned, and acting' : `the rules act alone: ${silent}`}`,
    ...(learned === null ? [] : [`            ${verdict(learned.evaluation, verbOf(learned.target))}`]),
    ...(learned?.effects ?? []).map(({ arm, offset, slope, effective }) => `            ${arm}: ${points(offset)} points${slope > 0 ? ', more or less by record' : ''}, n_eff ${many(effective)}`),
  ].join('\n');
}
