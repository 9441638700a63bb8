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

/** What the ERP knows of a customer at the end of a day. */
export function erpRow(scene: Scene, number: number, day: number): Data {
  const company = scene.companies.at(number);
  const since = company.customerSince!;
  const month = company.revenue / 12_000;
  const week = share(scene.seed, FOR.invoices, number, 1, Math.floor(day / 7));
  const quarter = share(scene.seed, FOR.invoices, number, 2, Math.floor(day / 91));
  const open = Math.floor(5 * week);
  const trouble = inTrouble(scene, number, day);
  const owed = Math.round(open * month * (0.2 + week));
  return {
    invoices_open: open,
    amount_open: owed,
    amount_overdue: trouble ? Math.round(0.7 * owed + month) : 0,
    days_overdue: trouble ? 10 + (day % TROUBLE_DAYS) : 0,
    orders_12m: Math.floor(2 + 12 * quarter),
    order_amount_12m: Math.round(month * (4 + 10 * quarter)),
    credit_limit: Math.round(month * 10),
    credit_state: !trouble ? 'good' : day % TROUBLE_DAYS > 25 ? 'hold' : 'watch',
    products_installed: 1 + (number % 4),
    contract_end: new Date(contractEnd(since, day) * DAY).toISOString().slice(0, 10),
    cases_open: Math.floor(3 * share(scene.seed, FOR.invoices, number, 3, Math.floor(day / 10))),
  };
}

/** The customers in the file of a day: all on Mondays, on other days those of whom something changed. */
export function erpRows(day: number, scene: Scene): { subject: number; data: Data }[] {
  if (!isWorkday(day)) return [];
  const rows: { subject: number; data: Data }[] = [];
  for (const number of scene.companies.customers()) {
    const full = (day + 3) % 7 === 0;
    if (full || share(scene.seed, FOR.row, number, day) < 0.15) rows.push({ subject: number, data: erpRow(scene, number, day) });
  }
  return rows;
}
