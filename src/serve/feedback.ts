import { Fault, quote } from '../base/index.ts';
import type { Decision } from '../audit/index.ts';
import type { FieldValue } from '../events/index.ts';
import { reasonsOf } from './reasons.ts';
import type { FeedbackRequest } from './schema.ts';

/** Why a user dismisses or disputes: codes, never free text, for a note about a person does not belong in a log. */
export const REASONS: Readonly<Record<string, readonly string[]>> = {
  dismiss: ['not_a_fit', 'no_need_now', 'unreachable', 'already_working', 'duplicate', 'customer', 'competitor', 'test_record', 'wrong_data', 'other'],
  dispute: ['too_high', 'too_low', 'wrong_reason', 'outdated_data'],
};

/** What a feedback says in the log. Throws a Fault for what its action does not take. */
export function readFeedback({ action, reason, until, theme, feature }: FeedbackRequest, decision: Decision, known: FeedbackContext): Record<string, FieldValue> {
  if (action === 'snooze' && !(Date.parse(until ?? '') > known.now)) {
    throw wrong(`until ${quote(until ?? null)}`, 'a snooze ends in the future', 'send a later time');
  }
  const reasons = REASONS[action];
  if (reasons !== undefined && (reason === undefined || !reasons.includes(reason))) {
    throw wrong(`reason ${quote(reason ?? null)}`, `a ${action} names its reason`, `send one of ${reasons.join(', ')}`);
  }
  if (action !== 'dispute' && (theme !== undefined || feature !== undefined)) {
    throw wrong(quote(theme ?? feature), `is disputed, and this is to ${action}`, 'send it with the action dispute');
  }
  if (reason === 'wrong_reason' && theme === undefined && feature === undefined && reasonsOf(decision).length > 0) {
    throw wrong(quote(reason), 'says that one of the reasons is wrong, and not which', `name its theme, one of ${themesOf(decision).join(', ')}, or a feature`);
  }
  const about = action === 'dispute' ? aboutOf(decision, theme, feature, known) : {};
  return {
    decision: decision.id,
    action,
    ...(reason === undefined ? {} : { reason }),
    ...(until === undefined ? {} : { until: new Date(until).toISOString() }),
    ...about,
  };
}

export interface FeedbackContext {
  /** ms */
  readonly now: number;
  /** The theme of a feature that the decision rested on; undefined for another. */
  themeOf(feature: string): string | undefined;
}

/** Which theme a dispute is about: the one that is named, or that of the feature. */
function aboutOf(decision: Decision, theme: string | undefined, feature: string | undefined, { themeOf }: FeedbackContext): Record<string, FieldValue> {
  if (feature !== undefined) {
    const of = themeOf(feature);
    if (of === undefined) throw wrong(`feature ${quote(feature)}`, 'is none that this decision rested on', 'name one of the model’s features');
    return { theme: of, feature_name: feature };
  }
  if (theme === undefined) return {};
  const themes = themesOf(decision);
  if (themes.includes(theme)) return { theme };
  throw wrong(`theme ${quote(theme)}`, 'is no reason of this decision', `name one of ${themes.join(', ')}`);
}

const themesOf = (decision: Decision): string[] => [...new Set(reasonsOf(decision).map(({ theme }) => theme))];

const wrong = (value: string, rule: string, remedy: string): Fault => new Fault({ kind: 'input', value, rule, remedy });
