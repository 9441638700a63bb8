import { FOR, share } from './keyed.ts';
import type { Data, Scene } from './scene.ts';

/** What a person asked not to be bothered with. */
export interface Consent {
  readonly noCalls: boolean;
  readonly noMails: boolean;
}

/** Of the person who comes in as a lead on a day under a number. */
export function consentOf({ seed, params: { mess } }: Pick<Scene, 'seed' | 'params'>, day: number, index: number): Consent {
  const luck = (nth: number): number => share(seed, FOR.consent, day, index, nth);
  return { noCalls: luck(0) < mess.no_calls, noMails: luck(1) < mess.no_mails };
}

/** As the CRM has it, in the boxes of a lead and of a contact: those that are ticked. */
export const boxesOf = ({ noCalls, noMails }: Consent): Data => ({ ...(noCalls && { do_not_call: true }), ...(noMails && { opted_out: true }) });
