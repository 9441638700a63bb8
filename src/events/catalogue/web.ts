import type { EventSchema } from '../schema.ts';
import { typesOf } from './define.ts';
import { category, classOf, count, oneOf, reference, required, seconds } from './fields.ts';

const PAGES = ['pricing', 'product', 'docs', 'blog', 'careers', 'home', 'case_study', 'webinar', 'contact'];
const ASSETS = ['whitepaper', 'case_study', 'datasheet', 'price_list', 'template', 'webinar', 'video', 'trial_guide'];
const TOPICS = ['pricing', 'product', 'integration', 'support', 'security', 'careers', 'competitor'];
/** Where in a purchase a content belongs. */
export const STAGES = ['awareness', 'consideration', 'decision', 'customer'];
const CHANNELS = ['direct', 'organic_search', 'paid_search', 'social', 'referral', 'email', 'display', 'partner'];
/** What was searched for elsewhere, as far as a class says it. */
const SEARCHES = ['brand', 'product', 'problem', 'competitor'];

const web = typesOf({ kinds: ['lead', 'contact', 'visitor'], scopes: ['web'] });

export const WEB_EVENTS: readonly EventSchema[] = [
  web(10, 'web.visited', {
    page: required(classOf(1, PAGES)), // a path may hold a name or an address
    seconds: seconds(2),
    stage: oneOf(3, STAGES),
    channel: classOf(4, CHANNELS),
    search: classOf(5, SEARCHES),
    device: classOf(6, ['desktop', 'mobile', 'tablet']),
    product: category(7),
    campaign_id: reference(8, 'campaign'),
  }),
  web(11, 'web.form_submitted', {
    form: required(category(1)),
    stage: oneOf(2, STAGES),
    channel: classOf(3, CHANNELS),
    product: category(4),
    campaign_id: reference(5, 'campaign'),
  }),
  web(12, 'web.asset_downloaded', {
    asset: required(classOf(1, ASSETS)),
    stage: oneOf(2, STAGES),
    product: category(3),
    campaign_id: reference(4, 'campaign'),
  }),
  web(13, 'web.searched', { topic: required(classOf(1, TOPICS)), results: count(2) }),
  web(14, 'web.chatted', { seconds: seconds(1), messages: count(2), topic: classOf(3, TOPICS) }),
];
