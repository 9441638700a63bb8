import { DAY } from '../../base/index.ts';
import { isWorkday } from '../hours.ts';
import { FOR, share } from './keyed.ts';
import type { Data, Scene } from './scene.ts';

const TROUBLE_DAYS = 45;

/** Whether a customer pays late in the block of days that holds this one. */
export const inTrouble = ({ seed }: Scene, company: number, day: number): boolean =>
  share(seed, FOR.invoices, company, Math.floor(day / TROUBLE_DAYS)) < 0.12;

/** The day on which a customer's contract ends, next after the given one. */
export function contractEnd(since: number, day: number): number {
  return since + 365 * (Math.floor((day - since) / 365) + 1);
}

/** Customers that were won, by company: the day since which they are. */
export type Won = ReadonlyMap<number, number>;

/** Before that a new customer has no invoice to pay. */
const FIRST_INVOICE_DAYS = 21;

/** What the ERP knows of a customer at the end of a day; `since` is the day on which it became one. */
export function erpRow(scene: Scene, number: number, day: number, since: number): Data {
  const company = scene.companies.at(number);
  const isNew = since >= scene.startDay;
  const year = isNew ? Math.min(1, (day - since) / 365) : 1; // how much of the last twelve months it was a customer
  const month = company.revenue / 12_000;
  const week = share(scene.seed, FOR.invoices, number, 1, Math.floor(day / 7));
  const quarter = share(scene.seed, FOR.invoices, number, 2, Math.floor(day / 91));
  const open = isNew && day - since < FIRST_INVOICE_DAYS ? 0 : Math.floor(5 * week);
  const trouble = inTrouble(scene, number, day) && !(isNew && open === 0);
  const owed = Math.round(open * month * (0.2 + week));
  return {
    invoices_open: open,
    amount_open: owed,
    amount_overdue: trouble ? Math.round(0.7 * owed + month) : 0,
    days_overdue: trouble ? 10 + (day % TROUBLE_DAYS) : 0,
    orders_12m: isNew ? 1 + Math.floor(12 * quarter * year) : Math.floor(2 + 12 * quarter),
    order_amount_12m: Math.round(month * (4 + 10 * quarter) * Math.max(year, 0.1)),
    credit_limit: Math.round(month * 10),
    credit_state: !trouble ? 'good' : day % TROUBLE_DAYS > 25 ? 'hold' : 'watch',
    products_installed: 1 + (number % 4),
    contract_end: new Date(contractEnd(since, day) * DAY).toISOString().slice(0, 10),
    cases_open: Math.floor(3 * share(scene.seed, FOR.invoices, number, 3, Math.floor(day / 10))),
  };
}

/** The customers in the file of a day: all on Mondays, on other days those of whom something changed; those that were won among them. */
export function erpRows(day: number, scene: Scene, won: Won): { subject: number; data: Data }[] {
  if (!isWorkday(day)) return [];
  const rows: { subject: number; data: Data }[] = [];
  const tell = (number: number, since: number): void => {
    const full = (day + 3) % 7 === 0;
    if (full || since === day - 1 || share(scene.seed, FOR.row, number, day) < 0.15) rows.push({ subject: number, data: erpRow(scene, number, day, since) });
  };
  for (const number of scene.companies.customers()) tell(number, scene.companies.at(number).customerSince!);
  for (const [number, since] of won) tell(number, since);
  return rows;
}
