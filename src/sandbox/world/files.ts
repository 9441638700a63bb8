import { DAY, HOUR } from '../../base/index.ts';
import { accountId } from '../ids.ts';
import { currencyOf } from './accounts.ts';
import { marketingRows } from './campaign.ts';
import { erpRows, type Won } from './erp.ts';
import { FOR, share } from './keyed.ts';
import type { Data, Say, Scene } from './scene.ts';

/** A file that is late comes so much later at most, and what is restated comes two days after. */
const LATEST = 30 * HOUR;
const RESTATED_AFTER = 50 * HOUR;

/** The daily files of a day (days since 1970): when each is complete, what it holds, and what is put right later. */
export function tellFiles(day: number, scene: Scene, won: Won, say: Say): void {
  const erp = arrival('erp', 0, day, scene);
  if (erp !== null) {
    for (const { subject, data } of erpRows(day, scene, won)) {
      const whom = { subject: accountId(subject) };
      const row = rowOf(day, { ...data, currency: currencyOf(scene.companies.at(subject)) });
      say(erp.at, 'erp', 'erp.daily', whom, row(erp.at));
      if (erp.restated && subject % 3 === 0) {
        const owed = Math.round(Number(data['amount_open']) * 0.9);
        say(erp.at + RESTATED_AFTER, 'erp', 'erp.daily', whom, { ...row(erp.at + RESTATED_AFTER), amount_open: owed, restates: true });
      }
    }
  }
  const marketing = arrival('marketing', 1, day, scene);
  if (marketing === null) return;
  for (const { subject, data } of marketingRows(day, scene)) {
    const row = rowOf(day, { ...data, currency: scene.region === 'eu' ? 'EUR' : 'USD' });
    say(marketing.at, 'marketing', 'marketing.daily', { subject }, row(marketing.at));
    if (marketing.restated) {
      const clicks = Math.round(Number(data['clicks']) * 0.95);
      const at = marketing.at + RESTATED_AFTER;
      say(at, 'marketing', 'marketing.daily', { subject }, { ...row(at), clicks, restates: true });
    }
  }
}

/** When the file of a day is there; null where it never comes. */
function arrival(feed: 'erp' | 'marketing', key: number, day: number, { seed, params }: Scene): { at: number; restated: boolean } | null {
  const { hour, late, missing, restated } = params.feeds[feed];
  const luck = share(seed, FOR.file, key, day);
  if (luck < missing) return null;
  const delay = luck < missing + late ? share(seed, FOR.file, key, day, 1) * LATEST : 0;
  const at = Math.floor((day + 1) * DAY + hour * HOUR + delay);
  return { at, restated: share(seed, FOR.file, key, day, 2) < restated };
}

const rowOf =
  (day: number, data: Data) =>
  (available: number): Data => ({
    day: new Date(day * DAY).toISOString().slice(0, 10),
    available: new Date(available).toISOString(),
    ...data,
  });
