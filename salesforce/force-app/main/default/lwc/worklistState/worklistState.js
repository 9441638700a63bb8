// What the list shows, as plain values: no row moves unless the rep asks for it.

/**
 * @typedef {object} WorklistState
 * @property {object|null} shown the worklist on the screen
 * @property {object|null} waiting a newer one whose order differs
 * @property {Object<string, import('c/feedback').Feedback>} marks what the rep said, by record id
 */

/** Nothing loaded yet. */
export const BLANK = Object.freeze({ shown: null, waiting: null, marks: Object.freeze({}) });

/** What is taken on or disputed stays where it is; any other action takes the lead from the work. */
export const leavesList = (feedback) => feedback !== undefined && !['accept', 'dispute'].includes(feedback.action);

/**
 * Takes a fresh worklist. The same order is shown at once, with new numbers in the same rows; another order waits for
 * the rep. Leads that the rep has dealt with stay where they are, dimmed, whatever the fresh list says of them.
 */
export function offer(state, fresh) {
  if (state.shown === null || state.shown.items.length === 0) return { ...state, shown: fresh, waiting: null };
  const open = (items) => items.filter((item) => !leavesList(state.marks[item.record]));
  const kept = open(state.shown.items);
  const next = open(fresh.items);
  const sameOrder = kept.every((item, index) => item.record === next[index]?.record);
  if (!sameOrder) return { ...state, waiting: fresh };
  const news = new Map(next.map((item) => [item.record, item]));
  const rows = state.shown.items.map((item) => news.get(item.record) ?? item);
  return { ...state, shown: { ...fresh, items: [...rows, ...next.slice(kept.length)] }, waiting: null };
}

/** Shows the waiting order. A mark is kept only while its lead is still listed. */
export function acceptOrder(state) {
  if (state.waiting === null) return state;
  const listed = new Set(state.waiting.items.map((item) => item.record));
  const marks = Object.fromEntries(Object.entries(state.marks).filter(([record]) => listed.has(record)));
  return { shown: state.waiting, waiting: null, marks };
}

/** Notes what the rep said, before the service has confirmed it. */
export function mark(state, record, feedback) {
  return { ...state, marks: { ...state.marks, [record]: feedback } };
}

/** Takes a mark back: the service did not take it. */
export function unmark(state, record) {
  const { [record]: _, ...marks } = state.marks;
  return { ...state, marks };
}
