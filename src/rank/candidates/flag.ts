import type { Condition } from '../../rules/index.ts';

/** What is said of a record that stands out, and whether it is kept off the list for it. */
export interface FlagSpec {
  /** e.g. `customer`; the reason where it is left out. */
  readonly id: string;
  /** As a rep reads it, e.g. `existing customer`. */
  readonly words: string;
  readonly do: 'flag' | 'leave-out';
  /** All of these hold; none where `same` is given. */
  readonly when: readonly Condition[];
  /** A better candidate is the same person or of the same company; null: by `when` alone. */
  readonly same: 'person' | 'account' | null;
}

const CUSTOMERS = ['Customer', 'Customer - Direct', 'Customer - Channel'];
const PARTNERS = ['Partner', 'Channel Partner / Reseller', 'Installation Partner', 'Technology Partner', 'Reseller', 'Integrator'];

/** Flags in the words of Salesforce's standard picklists. */
export const DEFAULT_FLAGS: readonly FlagSpec[] = [
  { id: 'test', words: 'a test record', do: 'leave-out', when: [{ feature: 'lead_source', is: '=', value: 'Test' }], same: null },
  { id: 'competitor', words: 'a competitor', do: 'leave-out', when: [{ feature: 'account_type', is: '=', value: 'Competitor' }], same: null },
  { id: 'partner', words: 'a partner', do: 'leave-out', when: [{ feature: 'account_type', is: 'in', value: PARTNERS }], same: null },
  { id: 'duplicate', words: 'the same person as a lead further up', do: 'leave-out', when: [], same: 'person' },
  { id: 'customer', words: 'existing customer', do: 'flag', when: [{ feature: 'account_type', is: 'in', value: CUSTOMERS }], same: null },
  { id: 'open-opportunity', words: 'open opportunity at the company', do: 'flag', when: [{ feature: 'account_open_deals', is: '>=', value: 1 }], same: null },
  { id: 'do-not-call', words: 'do not call', do: 'flag', when: [{ feature: 'do_not_call', is: '>=', value: 1 }], same: null },
  { id: 'bounced', words: 'an e-mail to it came back', do: 'flag', when: [{ feature: 'emails_bounced', is: '>=', value: 1 }], same: null },
];

/** The features that flags look at. */
export const flagFields = (flags: readonly FlagSpec[]): string[] => flags.flatMap(({ when }) => when.map(({ feature }) => feature));
