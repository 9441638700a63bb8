import * as words from 'c/words';

/**
 * What a wired Apex result means for the page.
 * @typedef {{ state: 'loading' } | { state: 'ready', value: object } | { state: 'problem', problem: Problem }} Answer
 * @typedef {{ reason: string, title: string, hint: string, canRetry: boolean }} Problem
 */

/** Reads what `@wire` handed over: nothing yet, the service's JSON, a typed `unavailable`, or an Apex error. */
export function readAnswer({ data, error }) {
  if (error) return { state: 'problem', problem: problemOf('error', messageOf(error)) };
  if (data === undefined || data === null) return { state: 'loading' };
  if (isUnavailable(data)) return { state: 'problem', problem: problemOf(data.reason) };
  return { state: 'ready', value: data };
}

/** True for the typed answer that Apex gives when the service could not be asked or did not take it. */
export function isUnavailable(data) {
  return data?.state === 'unavailable';
}

/** Whether the rules give an answer, or one record of it, where nothing failed: as an experiment has it, or for want of a model. */
export const isByRules = ({ arm, design }) => arm === 'control' || design === 'rules';

/** The first readable message of an Apex or network error. */
export function messageOf(error) {
  const body = Array.isArray(error?.body) ? error.body[0] : error?.body;
  return body?.message ?? error?.message ?? '';
}

function problemOf(reason, message = '') {
  const { state, insight, fill } = words;
  const texts = {
    unauthorized: [state.unauthorizedTitle, state.unauthorizedHint, false],
    timeout: [state.timeoutTitle, state.timeoutHint, true],
    'not-found': [insight.notScoredTitle, insight.notScoredHint, true],
    error: [state.errorTitle, fill(state.errorHint, message), true],
  };
  const [title, hint, canRetry] = texts[reason] ?? [state.unavailableTitle, state.unavailableHint, true];
  return { reason, title, hint, canRetry };
}
