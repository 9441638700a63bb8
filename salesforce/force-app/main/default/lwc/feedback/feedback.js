import locale from '@salesforce/i18n/locale';
import timeZone from '@salesforce/i18n/timeZone';
import sendFeedback from '@salesforce/apex/LeadRankController.sendFeedback';
import { isUnavailable } from 'c/answer';
import * as words from 'c/words';

/**
 * What a rep says about a lead.
 * @typedef {object} Feedback
 * @property {'done'|'accept'|'snooze'|'dismiss'|'dispute'} action
 * @property {string|null} reason a code of the service, for dismiss and dispute
 * @property {string|null} snoozeUntil ISO time, for snooze
 * @property {string|null} theme which reason a dispute is about
 */

/** Sends a feedback about a decision; true when the service has taken it. Never throws. */
export async function give(decision, { action, reason, snoozeUntil, theme }) {
  try {
    return !isUnavailable(await sendFeedback({ decisionId: decision, action, reason, snoozeUntil, theme }));
  } catch {
    return false;
  }
}

/** What stands beside the lead from then on: `Snoozed until Tue, Mar 3`. */
export function markText({ action, snoozeUntil }) {
  const { mark, fill } = words;
  const texts = { done: mark.done, accept: mark.accepted, snooze: mark.snoozed, dismiss: mark.dismissed, dispute: mark.disputed };
  return fill(texts[action], dayText(snoozeUntil));
}

/** The toast that says that the feedback about `name` was taken, or was not. */
export function toastOf(name, { action, snoozeUntil }, saved) {
  const { toast, fill } = words;
  if (!saved) {
    return { title: fill(toast.failedTitle, name), message: toast.failedHint, variant: 'error', mode: 'sticky' };
  }
  const texts = { done: toast.done, accept: toast.accepted, snooze: toast.snoozed, dismiss: toast.dismissed, dispute: toast.disputed };
  return { title: fill(texts[action], name, dayText(snoozeUntil)), variant: 'success' };
}

function dayText(time) {
  if (!time) return '';
  const format = new Intl.DateTimeFormat(locale, { weekday: 'short', day: 'numeric', month: 'short', timeZone });
  return format.format(new Date(time));
}
