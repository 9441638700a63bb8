import { defineCatalogue } from '../schema.ts';
import { ACCOUNT_EVENTS } from './account.ts';
import { CAMPAIGN_EVENTS } from './campaign.ts';
import { CONTACT_EVENTS } from './contact.ts';
import { DAILY_EVENTS } from './daily.ts';
import { EMAIL_EVENTS } from './email.ts';
import { LEAD_EVENTS } from './lead.ts';
import { LINK_EVENTS } from './link.ts';
import { OPPORTUNITY_EVENTS } from './opportunity.ts';
import { PRODUCT_EVENTS } from './product.ts';
import { SERVICE_EVENTS } from './service.ts';
import { TALK_EVENTS } from './talk.ts';
import { USER_EVENTS } from './user.ts';
import { WEB_EVENTS } from './web.ts';
import { WORK_EVENTS } from './work.ts';

/** Every event type that leadrank knows. Codes and tags are for ever; a changed meaning is a new version. */
export const catalogue = defineCatalogue([
  ...LEAD_EVENTS,
  ...CONTACT_EVENTS,
  ...ACCOUNT_EVENTS,
  ...OPPORTUNITY_EVENTS,
  ...CAMPAIGN_EVENTS,
  ...LINK_EVENTS,
  ...WEB_EVENTS,
  ...EMAIL_EVENTS,
  ...TALK_EVENTS,
  ...WORK_EVENTS,
  ...PRODUCT_EVENTS,
  ...DAILY_EVENTS,
  ...USER_EVENTS,
  ...SERVICE_EVENTS,
]);
