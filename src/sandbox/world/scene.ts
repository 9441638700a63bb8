import type { People } from '../profile.ts';
import type { RawEvent } from '../raw.ts';

export type Source = 'salesforce' | 'web' | 'email' | 'telephony' | 'erp' | 'marketing' | 'product';
export type Data = RawEvent['data'];

/** Who an event is of. */
export interface Whom {
  readonly subject: string;
  /** Left out where the type means it anyway. */
  readonly kind?: 'lead' | 'contact' | 'visitor' | 'account' | 'opportunity' | 'campaign' | 'user';
}

/** What lives share: the market, the parameters, and where to tell what happens. */
export interface Scene extends People {
  readonly startDay: number;
  readonly reps: number;
  readonly region: string;
  /** Which of the possible courses of things: 0 is the one that is told, others are for finding out chances. */
  readonly fate: number;
}

/** Tells what happens to one record. */
export type Say = (time: number, source: Source, type: string, whom: Whom, data?: Data) => void;
