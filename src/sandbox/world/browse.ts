import { MINUTE, type Random } from '../../base/index.ts';
import type { Data, Say, Whom } from './scene.ts';

const PAGES: readonly (readonly [page: string, stage: string])[] = [
  ['product', 'consideration'], ['docs', 'consideration'], ['blog', 'awareness'], ['home', 'awareness'], ['home', 'awareness'],
  ['product', 'consideration'], ['case_study', 'decision'], ['careers', 'awareness'],
];
const CHANNELS = ['direct', 'organic_search', 'paid_search', 'social', 'referral', 'email'] as const;
const ASSETS = ['whitepaper', 'datasheet', 'case_study', 'price_list', 'video'] as const;

/** One visit to the site. `interest` in [0, 1] decides how near to a purchase the pages are. */
export function visit(random: Random, time: number, whom: Whom, interest: number, say: Say): void {
  const share = random.uniform();
  const pricing = 0.04 + 0.22 * interest;
  const [page, stage] =
    share < pricing ? ['pricing', 'decision'] : PAGES[Math.floor(((share - pricing) / (1 - pricing)) * PAGES.length)]!;
  const channel = random.pick(CHANNELS);
  const data: Data = { page, stage, channel, seconds: Math.round(5 + random.exponential(40 + 80 * interest)) };
  if (channel.endsWith('search')) data['search'] = random.uniform() < 0.3 + 0.4 * interest ? 'brand' : 'problem';
  say(time, 'web', 'web.visited', whom, data);
  const more = random.uniform();
  if (more < 0.015 + 0.05 * interest) {
    say(time + 2 * MINUTE, 'web', 'web.form_submitted', whom, { form: page === 'pricing' ? 'demo' : 'contact', stage });
  } else if (more < 0.06 + 0.12 * interest) {
    say(time + 3 * MINUTE, 'web', 'web.asset_downloaded', whom, { asset: random.pick(ASSETS), stage });
  } else if (more > 0.99) {
    say(time + MINUTE, 'web', 'web.searched', whom, { topic: interest > 0.5 ? 'pricing' : 'product' });
  }
}
