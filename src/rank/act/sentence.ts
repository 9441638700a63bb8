import type { TargetName } from '../../features/index.ts';
import { list } from '../words.ts';
import { parseArmName, type ActionKind, type Arm } from './arm.ts';
import type { Blocked } from './constraint.ts';

const PHRASES: Record<ActionKind, string> = {
  call: 'Call',
  email: 'Send an e-mail',
  meeting: 'Propose a meeting',
  linkedin: 'Write on LinkedIn',
  nurture: 'Leave it to marketing’s mails',
  handover: 'Hand it over',
  wait: 'Wait',
};

const NOUNS: Record<ActionKind, string> = {
  call: 'a call',
  email: 'an e-mail',
  meeting: 'a meeting',
  linkedin: 'LinkedIn',
  nurture: 'marketing’s mails',
  handover: 'handing it over',
  wait: 'waiting',
};

const phrase = ({ kind, template }: Arm): string => `${PHRASES[kind]}${template === null ? '' : ` (${template.replaceAll('_', ' ')})`}`;

/** For what was drawn by lot: that it was, and how often that is done. */
export function chanceSentence(arm: Arm, exploration: number): string {
  return `${phrase(arm)}: drawn by lot, as ${Math.round(exploration * 100)} in 100 are, to learn what helps`;
}

const OUTCOMES: Record<TargetName, string> = { lead: 'leads like this one convert', opportunity: 'opportunities like this one are won' };

/** For what was learned: how much more often records like this one get there, in percentage points. */
export function effectSentence(arm: Arm, { effect, rule, target }: { effect: number; rule: Arm; target: TargetName }): string {
  return `${phrase(arm)}: ${OUTCOMES[target]} ${(100 * effect).toFixed(1)} points more often than after ${NOUNS[rule.kind]}`;
}

/** For waiting because nothing else is possible: which reasons rule out what. */
export function blockedSentence(blocked: readonly Blocked[]): string {
  const reasons = [...new Set(blocked.map(({ because }) => because))];
  if (reasons.length === 0) return 'Wait: the policy has no other action';
  if (reasons.length === 1) return `Wait: ${reasons[0]}`;
  const parts = reasons.map((reason) => `no ${without(blocked.filter(({ because }) => because === reason).map(({ arm }) => arm.kind))}, for ${reason}`);
  return `Wait: ${parts.join('; ')}`;
}

/** What the constraints kept out for one reason: `No e-mail or marketing’s mails: it has unsubscribed`. */
export function leftOutSentence({ actions, because }: { actions: readonly string[]; because: string }): string {
  return `No ${without(actions.map((name) => parseArmName(name).kind))}: ${because}`;
}

/** The nouns of these kinds, each once, as after `no`. */
const without = (kinds: readonly ActionKind[]): string => list([...new Set(kinds)].map((kind) => NOUNS[kind].replace(/^an? /u, '')));
