import { DAY, MINUTE } from '../../base/index.ts';
import { tellAccounts } from './accounts.ts';
import { arrivalCount } from './arrivals.ts';
import { tellCampaigns } from './campaign.ts';
import { dealOfLead, expansion, type Deal } from './deal.ts';
import { isErased } from './erasure.ts';
import { dayOf } from '../hours.ts';
import { tellFiles } from './files.ts';
import { FOR, share } from './keyed.ts';
import { newLead, PREVIEW_DAYS, type Lead } from './lead.ts';
import { liveDeal } from './live-deal.ts';
import { liveLead } from './live-lead.ts';
import { convert, expand } from './open-deal.ts';
import type { Scene } from './scene.ts';
import { takeOver } from './owner.ts';
import { openBook, type Timed } from './told.ts';
import { tellUsers } from './users.ts';

/** Not every conversion opens an opportunity. */
const OPENS = 0.85;

/** The course of the world, day after day. It remembers the lives that are open, and of those that are over who became a customer. */
export interface Course {
  /** The last day that is over. */
  readonly day: () => number;
  /** Lets the next day pass, and tells what happened on it. */
  next(): Timed[];
  /** How many lives are open. */
  open(): number;
}

/** A course from the start of the world on. */
export function courseOf(scene: Scene, leadsPerDay: number): Course {
  const { seed, startDay, params } = scene;
  const book = openBook();
  const say = book.sayOf(null);
  const won = new Map<number, number>();
  let leads: Lead[] = [];
  let deals: Deal[] = [];
  let day = startDay - 1;

  const arrive = (on: number): void => {
    const count = arrivalCount(seed, on, leadsPerDay);
    for (let index = 0; index < count; index++) leads.push(newLead(scene, on, index));
  };
  for (let on = startDay; on < startDay + PREVIEW_DAYS; on++) arrive(on);

  const background = (): void => {
    tellUsers(day, scene, say);
    tellAccounts(day, scene, say);
    tellCampaigns(day, scene, say);
    tellFiles(day, scene, won, say);
    const count = arrivalCount(seed, day, leadsPerDay * params.volume.expansions, FOR.expansion);
    for (let index = 0; index < count; index++) {
      const deal = expansion(scene, day, index);
      if (deal === undefined) continue;
      expand(deal, scene, book.sayOf(deal));
      deals.push(deal);
    }
  };

  const liveOn = (lead: Lead): boolean => {
    const tell = book.sayOf(lead);
    if (isErased(lead, day, scene)) {
      lead.phase = 'closed';
      lead.endedAt = day * DAY;
      tell(lead.endedAt, 'salesforce', 'lead.deleted', { subject: lead.id });
      return false;
    }
    liveLead(lead, day, scene, tell);
    if (lead.phase !== 'converted') return lead.phase !== 'closed';
    takeOver(lead, lead.endedAt - 3 * MINUTE, tell);
    const deal = dealOfLead(lead, scene);
    if (share(seed, FOR.event, lead.day, lead.index, 5) < OPENS) {
      convert(lead, deal, scene, tell);
      deals.push(deal);
    } else tell(lead.endedAt - MINUTE, 'salesforce', 'lead.converted', { subject: lead.id });
    return false;
  };

  return {
    day: () => day,
    open: () => leads.length + deals.length,
    next() {
      day += 1;
      arrive(day + PREVIEW_DAYS);
      background();
      deals = deals.filter((deal) => {
        liveDeal(deal, day, scene, book.sayOf(deal));
        const isNewCustomer = deal.phase === 'won' && scene.companies.at(deal.company).customerSince === null && !won.has(deal.company);
        if (isNewCustomer) won.set(deal.company, dayOf(deal.endedAt));
        return deal.phase === 'open';
      });
      leads = leads.filter(liveOn);
      return book.close(day);
    },
  };
}
