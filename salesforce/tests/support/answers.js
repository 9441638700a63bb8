import worklist from '../../../fixtures/api/worklist.json';
import insight from '../../../fixtures/api/insight.json';

const NAMES = [
  { name: 'Amara Okafor', company: 'Northwind Logistics', title: 'Head of Operations' },
  { name: 'Jonas Lindqvist', company: 'Baltic Timber', title: null },
  { name: 'Priya Raman', company: 'Kestrel Analytics', title: 'VP Data' },
];

/** The service's own worklist of two leads and a third like them, named as Apex does; `over` replaces fields of it. */
export function worklistAnswer(over = {}) {
  const third = { ...worklist.items[1], record: '00QSIM000000077AAA', decision: 'd_third', position: 3, score: 61, grade: 'B' };
  const items = [...worklist.items, third].map((item, index) => ({ ...item, ...NAMES[index] }));
  return { ...worklist, items, ...over };
}

/** The same list with its leads in another order. */
export function reordered(answer, order) {
  return { ...answer, items: order.map((from, index) => ({ ...answer.items[from], position: index + 1 })) };
}

/** The service's own insight, named as Apex does. */
export function insightAnswer(over = {}) {
  return { ...insight, ...NAMES[0], ...over };
}

/** What Apex answers when the service does not. */
export function unavailable(reason) {
  return { state: 'unavailable', reason };
}

/** When the fixtures were made, ms. */
export const MADE_AT = Date.parse(worklist.generatedAt);
