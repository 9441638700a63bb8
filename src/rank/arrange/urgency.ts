import type { WorkingTime } from '../calendar/working-time.ts';
import type { SpecOf } from '../policy/adjustments.ts';
import type { CandidateFacts } from '../assessment.ts';
import { span } from '../words.ts';

/** How much sooner a record is wanted for what happened when, and in which words. A factor of 1 says nothing. */
export interface Urgency {
  readonly factor: number;
  readonly sentence: string;
}

const NONE: Urgency = { factor: 1, sentence: '' };

/** Working time that is left until a record that nobody has touched is due, negative once it is over; null where none is due. */
export function dueIn({ within, lost }: SpecOf<'deadline'>, { created, lastTouch }: CandidateFacts, work: WorkingTime): number | null {
  if (lastTouch !== null) return null;
  const waited = work.since(created);
  return waited >= lost ? null : within - waited;
}

export function deadlineUrgency(spec: SpecOf<'deadline'>, facts: CandidateFacts, work: WorkingTime, now: number): Urgency {
  const left = dueIn(spec, facts, work);
  if (left === null) return NONE;
  const came = `nobody has been in touch since it came in ${span(now - facts.created)} ago`;
  if (left > spec.near) return { factor: spec.lift, sentence: `${came}; a first contact is due within ${span(left)} of working time` };
  if (left >= 0) return { factor: spec.rush, sentence: `its deadline is near: ${came}, and ${span(left)} of working time is left` };
  const over = -left / (spec.lost - spec.within);
  return { factor: 1 + (spec.lift - 1) * (1 - over), sentence: `its first contact is overdue: ${came}` };
}

/** Something happened after the last contact, or before any. */
export function freshnessUrgency({ within, lift }: SpecOf<'freshness'>, facts: CandidateFacts, now: number): Urgency {
  const { created, lastTouch, lastEvent } = facts;
  const age = Math.max(0, now - lastEvent);
  if (lastEvent <= (lastTouch ?? created) || age >= within) return NONE;
  const after = lastTouch === null ? 'nobody has been in touch yet' : 'nobody has been in touch since';
  return { factor: 1 + (lift - 1) * (1 - age / within), sentence: `something happened ${span(age)} ago, and ${after}` };
}

/** The last contact was just now, and nothing came of it yet. */
export function restUrgency({ within, lift }: SpecOf<'rest'>, { lastTouch, lastEvent }: CandidateFacts, now: number): Urgency {
  if (lastTouch === null || lastEvent > lastTouch) return NONE;
  const age = Math.max(0, now - lastTouch);
  if (age >= within) return NONE;
  return { factor: lift + (1 - lift) * (age / within), sentence: `it was contacted ${span(age)} ago and has not answered yet` };
}

/** What somebody promised or planned for the record is due, and there was no contact since it was said that could have been it. */
export function promiseUrgency({ near, missed, lift }: SpecOf<'promise'>, { due = null, lastTouch }: CandidateFacts, now: number): Urgency {
  if (due === null || due.at - now > near || (lastTouch !== null && lastTouch > due.since && lastTouch >= due.at - near)) return NONE;
  const late = Math.max(0, now - due.at) / missed;
  if (late >= 1) return NONE;
  const what = due.kind === 'promise' ? 'what was promised to it' : 'a task for it';
  const sentence = due.at >= now ? `${what} is due in ${span(due.at - now)}` : `${what} was due ${span(now - due.at)} ago`;
  return { factor: 1 + (lift - 1) * (1 - late), sentence };
}
