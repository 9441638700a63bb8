import { serviceEvent, type Event, type SubjectId } from '../events/index.ts';

/** An event of a subject; `n` tells it from others. */
export function impression(subject: SubjectId, n: number, time = n): Event {
  const data = { user: `us_${'0'.repeat(20)}`, decision: `d_${n}`, position: 1 + n, list: 'l_1' };
  return serviceEvent({ type: 'impression.shown', subject, time, data, id: `e_${n}` });
}
