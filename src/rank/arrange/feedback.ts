import type { CandidateFacts } from '../assessment.ts';
import type { SpecOf } from '../policy/adjustments.ts';
import { span } from '../words.ts';
import type { Urgency } from './urgency.ts';

/** What the rep said of a record lately. */
export function feedbackUrgency({ within, accepted, disputed: doubt }: SpecOf<'feedback'>, facts: CandidateFacts, now: number): Urgency {
  const { acceptedAt = null, lastTouch, disputed = null } = facts;
  const isOpen = acceptedAt !== null && now - acceptedAt < within && acceptedAt > (lastTouch ?? -Infinity);
  const isDoubted = disputed !== null && now - disputed.at < within;
  const doubted = !isDoubted ? 1 : disputed.reason === 'too_low' ? 1 / doubt : doubt;
  const said = [
    ...(isOpen ? [`you took it on ${span(now - acceptedAt)} ago`] : []),
    ...(isDoubted ? [`you disputed its place ${span(now - disputed.at)} ago`] : []),
  ];
  return { factor: (isOpen ? accepted : 1) * doubted, sentence: said.join(', and ') };
}
