import { DAY } from '../../base/index.ts';
import { targetOf } from '../../features/index.ts';
import { span } from '../words.ts';
import type { ActionKind, Arm } from './arm.ts';
import type { Allowed, Blocked } from './constraint.ts';
import { countOf, type Situation } from './situation.ts';

interface ActionRule {
  readonly kind: ActionKind;
  readonly when: (it: Situation) => boolean;
  /** `blocked`: what the constraints kept out. */
  readonly sentence: (it: Situation, blocked: readonly Blocked[]) => string;
}

/** What the rules recommend, and why. */
export interface Ruled {
  readonly arm: Arm;
  readonly sentence: string;
}

const isUntouched = ({ lastTouch }: Situation): boolean => lastTouch === null;
const sinceTouch = ({ lastTouch, now }: Situation): number => now - (lastTouch ?? -Infinity);
const sinceEvent = ({ lastEvent, now }: Situation): number => now - lastEvent;
const age = ({ created, now }: Situation): number => now - created;
const hasAnswered = (it: Situation): boolean => it.lastEvent > (it.lastTouch ?? it.created) && sinceEvent(it) <= 2 * DAY;
const isSilent = (it: Situation): boolean => it.grade === 'D' && sinceEvent(it) > 14 * DAY;
const isTried = (it: Situation): boolean => countOf(it, 'calls_missed_14d') >= 3 && countOf(it, 'calls_connected_30d') === 0;

const beginning = ({ subject }: Situation): string => (targetOf(subject) === 'opportunity' ? 'the opportunity was opened' : 'the lead came in');

/** How long nobody has been in touch. */
const quietSince = (it: Situation): string =>
  isUntouched(it)
    ? `nobody has been in touch since ${beginning(it)} ${span(age(it))} ago`
    : `the last contact was ${span(sinceTouch(it))} ago`;

/** Why it is not a call, as one would expect. */
function whyNoCall(blocked: readonly Blocked[]): string {
  const because = blocked.find(({ arm }) => arm.kind === 'call')?.because;
  return because === undefined ? '' : `; no call, for ${because}`;
}

/** Every rule names the fact that it stands on. */
const RULES: readonly ActionRule[] = [
  {
    kind: 'call',
    when: (it) => isUntouched(it) && age(it) <= DAY,
    sentence: (it) => `Call now: ${beginning(it)} ${span(age(it))} ago and nobody has been in touch`,
  },
  {
    kind: 'call',
    when: hasAnswered,
    sentence: (it) =>
      `Call today: news came in ${span(sinceEvent(it))} ago${isUntouched(it) ? '' : ', after your last contact'}`,
  },
  {
    kind: 'email',
    when: hasAnswered,
    sentence: (it, blocked) => `Send an e-mail: news came in ${span(sinceEvent(it))} ago${whyNoCall(blocked)}`,
  },
  {
    kind: 'wait',
    when: (it) => sinceTouch(it) <= DAY,
    sentence: (it) => `Wait for an answer: you were in touch ${span(sinceTouch(it))} ago`,
  },
  {
    kind: 'nurture',
    when: isSilent,
    sentence: (it) => `Leave it to marketing’s mails: nothing has happened for ${span(sinceEvent(it))}`,
  },
  {
    kind: 'wait',
    when: isSilent,
    sentence: (it) => `Leave it for now: nothing has happened for ${span(sinceEvent(it))}`,
  },
  {
    kind: 'handover',
    when: (it) => isUntouched(it) && age(it) > 3 * DAY && countOf(it, 'promises_broken') > 0,
    sentence: (it) => `Hand it over: it was promised a call, and ${quietSince(it)}`,
  },
  {
    kind: 'meeting',
    when: (it) => it.grade === 'A' && sinceTouch(it) <= 7 * DAY,
    sentence: (it) => `Propose a meeting: one of the strongest, last contact ${span(sinceTouch(it))} ago`,
  },
  {
    kind: 'linkedin',
    when: isTried,
    sentence: (it) => `Write on LinkedIn: ${countOf(it, 'calls_missed_14d')} calls were not taken in the last 14 days`,
  },
  { kind: 'call', when: (it) => isUntouched(it) && it.grade <= 'B', sentence: (it) => `Call: ${quietSince(it)}` },
  { kind: 'email', when: () => true, sentence: (it) => `Send an e-mail: ${quietSince(it)}` },
  { kind: 'call', when: () => true, sentence: (it) => `Call: ${quietSince(it)}` },
  { kind: 'linkedin', when: () => true, sentence: (it) => `Write on LinkedIn: ${quietSince(it)}` },
];

/** The first rule that fits and whose action is left; undefined where none is. Of several templates the first is meant. */
export function ruled({ left, blocked }: Allowed, situation: Situation): Ruled | undefined {
  for (const { kind, when, sentence } of RULES) {
    const arm = left.find((it) => it.kind === kind);
    if (arm !== undefined && when(situation)) return { arm, sentence: sentence(situation, blocked) };
  }
  return undefined;
}
