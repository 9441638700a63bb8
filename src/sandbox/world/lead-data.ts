import { PRODUCTS, TERRITORIES, territoriesOf, ZONES } from '../market.ts';
import { profileOf } from '../profile.ts';
import { flightOn } from './campaign.ts';
import type { Company } from './company.ts';
import { boxesOf } from './consent.ts';
import { FOR, share } from './keyed.ts';
import type { Lead } from './lead.ts';
import { sendsOldSchema } from './old-schema.ts';
import type { Data, Scene } from './scene.ts';

/** Whether nobody knows at first of which account the lead is; a matching job finds it hours later. */
export const isLinkedLate = ({ day, index }: Lead, scene: Scene): boolean =>
  sendsOldSchema(day, scene) || share(scene.seed, FOR.event, day, index, 3) < 0.4;

/** Where a lead belongs; some to two territories, `;` between them. */
function territoryOf({ day, index }: Lead, { country }: Company, { seed, region, params }: Scene): string {
  const own = TERRITORIES[country]!;
  const luck = share(seed, FOR.event, day, index, 7) / params.mess.two_territories;
  if (!(luck < 1)) return own;
  const others = territoriesOf(region).filter((name) => name !== own);
  return `${own};${others[Math.floor(luck * others.length)]!}`;
}

/** What the CRM holds of a lead. */
export function leadData(lead: Lead, scene: Scene): Data {
  const who = profileOf(scene, lead.day, lead.index);
  const flight = who.campaign === null ? undefined : flightOn(scene, who.campaign, lead.day);
  return {
    region: scene.region,
    lead_source: who.source,
    industry: who.industry,
    country: who.country,
    campaign: who.campaign,
    employees: who.employees,
    annual_revenue: who.revenue,
    title: who.title,
    email: who.email,
    first_name: who.first,
    last_name: who.last,
    company: who.company,
    phone: who.phone,
    street: who.street,
    ...(!isLinkedLate(lead, scene) && { account: scene.companies.accountOf(who.at, lead.day) }),
    ...(flight !== undefined && { campaign_id: flight }),
    ...(!sendsOldSchema(lead.day, scene) && {
      time_zone: ZONES[who.country] ?? 'UTC',
      territory: territoryOf(lead, who.at, scene),
      product_interest: PRODUCTS[lead.index % PRODUCTS.length]!,
      ...boxesOf(lead),
    }),
  };
}
