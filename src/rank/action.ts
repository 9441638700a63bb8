import { DAY } from '../base/index.ts';
import type { Action, Grade, RecordFacts } from './assessment.ts';
import { span } from './words.ts';

interface Situation extends RecordFacts {
  readonly grade: Grade;
  readonly now: number;
}

interface ActionRule {
  readonly kind: Action['kind'];
  readonly when: (situation: Situation) => boolean;
  readonly sentence: (situation: Situation) => string;
}

const untouched = ({ lastTouch }: Situation): boolean => lastTouch === null;
const sinceTouch = ({ lastTouch, now }: Situation): number => now - (lastTouch ?? -Infinity);
const sinceEvent = ({ lastEvent, now }: Situation): number => now - lastEvent;
const answered = (situation: Situation): boolean =>
  situation.lastEvent > (situation.lastTouch ?? situation.created) && sinceEvent(situation) <= 2 * DAY;

/** The first rule that fits decides. Every one names the fact that it stands on. */
const ACTIONS: readonly ActionRule[] = [
  {
    kind: 'call',
    when: (it) => untouched(it) && it.now - it.created <= DAY,
    sentence: (it) => `Call now: the lead came in ${span(it.now - it.created)} ago and nobody has been in touch`,
  },
  {
    kind: 'call',
    when: answered,
    sentence: (it) =>
      `Call today: news came in ${span(sinceEvent(it))} ago${untouched(it) ? '' : ', after your last contact'}`,
  },
  {
    kind: 'wait',
    when: (it) => sinceTouch(it) <= DAY,
    sentence: (it) => `Wait for an answer: you were in touch ${span(sinceTouch(it))} ago`,
  },
  {
    kind: 'wait',
    when: (it) => it.grade === 'D' && sinceEvent(it) > 14 * DAY,
    sentence: (it) => `Leave it for now: nothing has happened for ${span(sinceEvent(it))}`,
  },
  {
    kind: 'meeting',
    when: (it) => it.grade === 'A' && sinceTouch(it) <= 7 * DAY,
    sentence: (it) => `Propose a meeting: one of the strongest leads, last contact ${span(sinceTouch(it))} ago`,
  },
  {
    kind: 'call',
    when: (it) => untouched(it) && it.grade <= 'B',
    sentence: (it) => `Call: nobody has been in touch since the lead came in ${span(it.now - it.created)} ago`,
  },
  {
    kind: 'email',
    when: untouched,
    sentence: (it) =>
      `Send an e-mail: nobody has been in touch since the lead came in ${span(it.now - it.created)} ago`,
  },
  {
    kind: 'email',
    when: () => true,
    sentence: (it) => `Send an e-mail: the last contact was ${span(sinceTouch(it))} ago`,
  },
];

/** The next best action by plain rules; no chance is involved, so its propensity is 1. */
export function nextAction(facts: RecordFacts, grade: Grade, now: number): Action {
  const situation: Situation = { ...facts, grade, now };
  const rule = ACTIONS.find(({ when }) => when(situation))!;
  return { kind: rule.kind, sentence: rule.sentence(situation), propensity: 1 };
}
