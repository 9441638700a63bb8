import { DAY, HOUR, MINUTE } from '../../base/index.ts';
import { accountId, successorId } from '../ids.ts';
import { TITLES } from '../market.ts';
import { firstName, lastName } from '../words.ts';
import type { Deal } from './deal.ts';
import { FOR, keyed, share } from './keyed.ts';
import type { Say, Scene } from './scene.ts';

/** Of a working day: about one opportunity in ten loses its contact before it is decided. */
const LEAVES = 0.002;
const SET_BACK = 0.6;

/** The contact of an opportunity may leave its company: the role goes, somebody else takes over, and much is to be said again. */
export function succeed(deal: Deal, day: number, { seed, companies, region }: Scene, say: Say): void {
  const successor = successorId(deal.day, deal.index);
  if (deal.contact === successor || share(seed, FOR.leaving, deal.day, deal.index, day) >= LEAVES) return;
  const at = day * DAY + 8 * HOUR;
  if (at <= deal.opened + HOUR) return;
  const random = keyed(seed, FOR.leaving, deal.day, deal.index);
  const { name, country } = companies.at(deal.company);
  const [first, last] = [firstName(random), lastName(random)];
  say(at, 'salesforce', 'contact.role_removed', { subject: deal.contact }, { opportunity: deal.id });
  say(at + MINUTE, 'salesforce', 'contact.created', { subject: successor }, {
    account: accountId(deal.company), first_name: first, last_name: last, region, country, title: random.pick(TITLES['director']!),
    email: `${first}.${last}@${name}.example`.toLowerCase(), phone: '+1 202 555 0100',
  });
  say(at + 2 * MINUTE, 'salesforce', 'contact.role_set', { subject: successor }, { opportunity: deal.id, role: 'Evaluator', primary: true });
  say(at + 2 * MINUTE, 'salesforce', 'opportunity.changed', { subject: deal.id }, { contact: successor });
  deal.contact = successor;
  deal.intent -= SET_BACK;
}
