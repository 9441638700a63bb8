import type { Estimate } from '../lifecycle/index.ts';

const whole = new Intl.NumberFormat('en');

/** 9240 as `9,240`. */
export function count(value: number): string {
  return whole.format(value);
}

/** 0.3854 as `38.5 %`. */
export function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

/** A figure of three decimals; a dash where there is none. */
export function figure(value: number, digits = 3): string {
  return Number.isFinite(value) ? value.toFixed(digits) : '–';
}

const four = new Intl.NumberFormat('en', { maximumSignificantDigits: 4 });

/** A number in the unit of its label, to four digits: 12,340 or 0.05678. */
export function amount(value: number): string {
  return Number.isFinite(value) ? four.format(value) : '–';
}

/** `0.913 (0.905–0.920)`. */
export function estimate({ value, low, high }: Estimate, digits = 3): string {
  return `${figure(value, digits)} (${figure(low, digits)}–${figure(high, digits)})`;
}
