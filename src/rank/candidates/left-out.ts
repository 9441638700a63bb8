import type { CandidateFacts } from '../assessment.ts';
import { targetOf } from '../../features/index.ts';
import { ago, until, type TellingTime } from '../days.ts';
import type { FlagSpec } from './flag.ts';

/** What is known of a record that is not on a list; times in ms. */
export interface LeftOutFacts extends CandidateFacts {
  readonly subject: string;
  readonly convertedAt: number | null;
  readonly closedAt: number | null;
}

export interface WordsOptions extends TellingTime {
  readonly flags: readonly FlagSpec[];
}

/** Why a record is not on a list, as its rep reads it: `closed yesterday: won`, `snoozed until Tuesday`. */
export function whyLeftOut(reason: string, facts: LeftOutFacts, options: WordsOptions): string {
  const past = (time: number | null | undefined): string => (typeof time === 'number' ? ` ${ago(time, options)}` : '');
  switch (reason) {
    case 'deleted':
      return 'deleted';
    case 'converted':
      return `closed${past(facts.convertedAt)}: ${targetOf(facts.subject) === 'opportunity' ? 'won' : 'converted'}`;
    case 'closed':
      return `closed${past(facts.closedAt)}: ${targetOf(facts.subject) === 'opportunity' ? 'lost' : 'disqualified'}`;
    case 'objected':
      return 'asked not to be profiled';
    case 'dismissed':
      return `dismissed${past(facts.dismissedAt)}`;
    case 'snoozed':
      return `snoozed until ${until(facts.snoozedUntil ?? options.now, options)}`;
    case 'touched':
      return `touched${past(facts.lastTouch)}`;
    case 'fatigued':
      return `contacted often lately without an answer, last contact${past(facts.lastTouch)}`;
    case 'absent':
      return 'its owner is away, and it can wait';
    case 'account':
      return 'others of its company are further up';
    default:
      return flagWords(reason, options.flags);
  }
}

const OWNER_WORDS: Readonly<Record<string, string>> = {
  'owner-left': 'its owner has left',
  'owner-away': 'its owner is away',
  unowned: 'nobody owns it yet',
};

/** What a flag says. */
export const flagWords = (flag: string, flags: readonly FlagSpec[]): string => OWNER_WORDS[flag] ?? flags.find(({ id }) => id === flag)?.words ?? flag;
