import { DAY, mix32, random } from '../../src/base/index.ts';
import type { FieldValue } from '../../src/events/index.ts';

/** A book of active leads as its sources tell of it: reps in teams, accounts, campaigns, leads in no order, and what happens to them. */
export interface Told {
  readonly id: string;
  readonly source: string;
  readonly type: string;
  /** Of what record, as outside ids go. */
  readonly kind: 'user' | 'account' | 'lead';
  readonly subject: number;
  /** ms */
  readonly time: number;
  /** References are numbers of users and accounts. */
  readonly data: Readonly<Record<string, FieldValue>>;
}

export const BOOK_START = Date.UTC(2026, 0, 5);
export const BOOK_DAYS = 60;
/** What happens to a lead after it came in, on average. */
const LATER = 9;
const LEADS_A_REP = 140;
const REPS_A_TEAM = 9;
const LEADS_AN_ACCOUNT = 5;
const draw = random(1);

const lead = (number: number, reps: number, accounts: number): Record<string, FieldValue> => ({
  owner: `user ${number % reps}`, account: `account ${mix32(number) % accounts}`, lead_source: draw.pick(['Web', 'Event', 'Partner']),
  industry: draw.pick(['retail', 'energy', 'health', 'finance', 'media']), country: draw.pick(['DE', 'FR', 'US', 'GB']),
  employees: draw.below(5_000), annual_revenue: draw.below(1e9), status: 'new',
});

const HAPPENINGS: readonly [share: number, source: string, type: string, data: () => Record<string, FieldValue>][] = [
  [0.45, 'web', 'web.visited', () => ({ page: draw.pick(['pricing', 'product', 'docs', 'blog', 'home']), seconds: draw.below(300) })],
  [0.7, 'mail', 'email.opened', () => ({ template: 'spring' })],
  [0.85, 'mail', 'email.sent', () => ({ template: 'spring' })],
  [0.93, 'phone', 'call.logged', () => ({ outcome: draw.pick(['connected', 'voicemail', 'no_answer']), seconds: draw.below(900) })],
  [0.97, 'crm', 'lead.changed', () => ({ status: draw.pick(['working', 'nurturing', 'new']), rating: draw.pick(['Hot', 'Warm', 'Cold']) })],
  [1, 'web', 'web.form_submitted', () => ({ form: 'contact' })],
];

/** What happens to leads of a book of so many, each as likely as the others: nothing is hot but reps and accounts. */
export function* happenings(leads: number, count: number, from: number, step: number): Generator<Told> {
  for (let i = 0; i < count; i++) yield happening(draw.below(leads), Math.round(from + i * step));
}

let number = 0;
const id = (): string => `book-${process.pid}-${(number++).toString(36).padStart(12, '0')}`;

function happening(subject: number, time: number): Told {
  const at = draw.uniform();
  const [, source, type, data] = HAPPENINGS.find(([share]) => at < share)!;
  return { id: id(), source, type, kind: 'lead', subject, time, data: data() };
}

/** The book from nothing: who sells, whom to, then leads as they come in and what happens to those that are there. */
export function* book(leads: number, later = LATER): Generator<Told> {
  const reps = Math.max(10, Math.round(leads / LEADS_A_REP));
  const accounts = Math.max(10, Math.round(leads / LEADS_AN_ACCOUNT));
  const told = (type: string, kind: Told['kind'], subject: number, data: Told['data']): Told => ({ id: id(), source: 'crm', type, kind, subject, time: BOOK_START, data });
  for (let rep = 0; rep < reps; rep++) yield told('user.changed', 'user', rep, { manager: `user ${reps + Math.floor(rep / REPS_A_TEAM)}`, active: true });
  for (let account = 0; account < accounts; account++) yield told('account.created', 'account', account, { owner: `user ${account % reps}`, industry: 'retail' });
  const all = leads * (1 + later);
  const step = (BOOK_DAYS * DAY) / all;
  for (let i = 0, known = 0; i < all; i++) {
    const time = Math.round(BOOK_START + i * step);
    if (i % (1 + later) === 0) yield { ...told('lead.created', 'lead', known, lead(known++, reps, accounts)), time };
    else yield happening(draw.below(known), time);
  }
}
