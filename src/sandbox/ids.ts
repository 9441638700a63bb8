import { longId } from '../cell/index.ts';

const pad = (value: number, digits: number): string => String(value).padStart(digits, '0');
/** Base 36 with capitals: 1.6 million in four places. */
const pad36 = (value: number, digits: number): string => value.toString(36).toUpperCase().padStart(digits, '0');

/** A queue is a group in Salesforce. */
export const queueId = (number: number): string => longId(`00GSIM${pad(number, 9)}`);
export const userId = (number: number): string => longId(`005SIM${pad(number, 9)}`);

/** What came of what: the lead, its contact and its opportunity bear the same day (since 1970) and number on that day. */
const dated = (prefix: string, day: number, index: number): string => longId(`${prefix}${pad(day, 5)}${pad36(index, 4)}`);

/** A lead is found again by the day it came in and its number on that day. */
export const leadId = (day: number, index: number): string => dated('00QSIM', day, index);
/** The same person entered a second time. */
export const twinId = (day: number, index: number): string => dated('00QTWN', day, index);
export const contactId = (day: number, index: number): string => dated('003SIM', day, index);
export const opportunityId = (day: number, index: number): string => dated('006SIM', day, index);
/** An opportunity with a customer, which no lead led to. */
export const expansionId = (day: number, index: number): string => dated('006SIX', day, index);

/** Who takes over from the contact of an opportunity; below zero is the number of one with a customer. */
export const successorId = (day: number, index: number): string => (index < 0 ? dated('003NXC', day, -1 - index) : dated('003NXT', day, index));

export const accountId = (company: number): string => longId(`001SIM${pad36(company, 9)}`);
/** The same company entered a second time. */
export const twinAccountId = (company: number): string => longId(`001TWN${pad36(company, 9)}`);
/** A customer's people. */
export const customerContactId = (company: number, person: number): string => longId(`003CUS${pad36(company, 8)}${person}`);
export const campaignId = (campaign: number, flight: number): string => longId(`701SIM${pad(campaign, 3)}${pad36(flight, 6)}`);

/** Undefined when the id is not one of this world's opportunities; `of` says what opened it. */
export function parseOpportunityId(id: string): { day: number; index: number; of: 'lead' | 'customer' } | undefined {
  const [, kind, day, number] = /^006(SIM|SIX)(\d{5})([0-9A-Z]{4})/u.exec(id) ?? [];
  if (kind === undefined || number === undefined) return undefined;
  const place = { day: Number(day), index: Number.parseInt(number, 36) };
  const of = kind === 'SIM' ? 'lead' : 'customer';
  const made = of === 'lead' ? opportunityId(place.day, place.index) : expansionId(place.day, place.index);
  return made === id ? { ...place, of } : undefined;
}

/** Undefined when the id is not one of this world's leads. */
export function parseLeadId(id: string): { day: number; index: number } | undefined {
  const [, day, number] = /^00Q(?:SIM|TWN)(\d{5})([0-9A-Z]{4})/u.exec(id) ?? [];
  if (day === undefined || number === undefined) return undefined;
  const index = Number.parseInt(number, 36);
  if (leadId(Number(day), index) !== id && twinId(Number(day), index) !== id) return undefined;
  return { day: Number(day), index };
}
