import { DAY } from '../../base/index.ts';
import { campaignId } from '../ids.ts';
import { FOR, keyed } from './keyed.ts';
import type { Say, Scene } from './scene.ts';

/** A campaign runs in flights of so many days, with pauses between them. */
const FLIGHT_DAYS = 60;
const PAUSE_DAYS = 12;
const TYPES = ['Email', 'Content', 'Webinar', 'Social', 'Event'] as const;

const flightNumber = (day: number, order: number): number => Math.floor((day + 17 * order) / FLIGHT_DAYS);
const firstDay = (flight: number, order: number): number => flight * FLIGHT_DAYS - 17 * order;
const isRunning = (day: number, order: number): boolean => day - firstDay(flightNumber(day, order), order) < FLIGHT_DAYS - PAUSE_DAYS;

const campaignNames = ({ params }: Scene): string[] => Object.keys(params.market.campaigns).filter((name) => name !== '');

/** The record of the flight of a campaign that runs on a day; undefined while it pauses. */
export function flightOn(scene: Scene, name: string, day: number): string | undefined {
  const order = campaignNames(scene).indexOf(name);
  return isRunning(day, order) ? campaignId(order, flightNumber(day, order)) : undefined;
}

/** The flights that begin on a day; at the start, those that run already. */
export function tellCampaigns(day: number, scene: Scene, say: Say): void {
  for (const [order, name] of campaignNames(scene).entries()) {
    const flight = flightNumber(day, order);
    const first = firstDay(flight, order);
    if (day !== first && !(day === scene.startDay && isRunning(day, order))) continue;
    const random = keyed(scene.seed, FOR.flight, order, flight);
    const iso = (of: number): string => new Date(of * DAY).toISOString().slice(0, 10);
    say(day * DAY, 'salesforce', 'campaign.created', { subject: campaignId(order, flight) }, {
      name, type: TYPES[order % TYPES.length]!, status: 'In Progress', active: true, budget: 2_000 + random.below(20) * 1_000,
      currency: scene.region === 'eu' ? 'EUR' : 'USD', start: iso(first), end: iso(first + FLIGHT_DAYS - PAUSE_DAYS - 1),
    });
  }
}

/** What the advertising systems report of a day: a row for each flight that ran. */
export function marketingRows(day: number, scene: Scene): { subject: string; data: Record<string, number> }[] {
  return campaignNames(scene).flatMap((_name, order) => {
    if (!isRunning(day, order)) return [];
    const flight = flightNumber(day, order);
    const random = keyed(scene.seed, FOR.row, order, day);
    const spend = Math.round(100 * (40 + random.exponential(60))) / 100;
    const impressions = Math.round(spend * (30 + 40 * random.uniform()));
    const clicks = Math.round(impressions * (0.005 + 0.02 * random.uniform()));
    const leads = Math.round(clicks * 0.08 * random.uniform());
    return [{ subject: campaignId(order, flight), data: { spend, impressions, clicks, leads, responses: Math.round(clicks * 0.2) } }];
  });
}
