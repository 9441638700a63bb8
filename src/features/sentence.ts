import type { Value } from '../trees/index.ts';
import type { FeatureSpec, OwnKind } from './spec.ts';
import { OTHER } from './vocabulary.ts';

/** A value of a feature as a reason in words, e.g. `4 visits to the pricing page in the last 14 days`. */
export function sentence(spec: FeatureSpec, value: Value): string {
  if (spec.sentenceAbsent !== undefined && isAbsent(spec, value)) return spec.sentenceAbsent;
  if (value === null) return `${spec.name.replaceAll('_', ' ')}: not known`;
  return spec.sentence.replaceAll(/\{n(?: ([^{}|]*)\|([^{}|]*))?\}/gu, (_whole, one?: string, many?: string) => {
    const words = inWords(spec, value);
    if (one === undefined || many === undefined) return words;
    return `${words} ${words === '1' ? one : many}`;
  });
}

const kindOf = ({ kind }: FeatureSpec): OwnKind => (kind.op === 'cross' ? kind.kind : kind);

/** How a number is told. */
function scaleOf(spec: FeatureSpec): 'amount' | 'days' | 'date' | 'clock' | 'share' | 'times' | 'seconds' {
  if (spec.unit !== undefined) return spec.unit;
  const kind = kindOf(spec);
  switch (kind.op) {
    case 'since':
    case 'elapsed':
      return 'days';
    case 'daily':
      return kind.read === 'age' ? 'days' : 'amount';
    case 'until':
      return 'date';
    case 'local_time':
      return 'clock';
    case 'trend':
      return 'times';
    default:
      return 'amount';
  }
}

/** Missing, or what a person would read as none. */
function isAbsent(spec: FeatureSpec, value: Value): boolean {
  if (value === null || value === '' || Number.isNaN(value)) return true;
  if (typeof value !== 'number' || kindOf(spec).op === 'calendar') return false;
  const scale = scaleOf(spec);
  if (scale === 'amount' || scale === 'seconds') return Math.round(value) === 0;
  return (scale === 'share' || scale === 'times') && value === 0;
}

/** A value as a person reads it. */
export function inWords(spec: FeatureSpec, value: Value): string {
  if (value === null) return 'not known';
  if (typeof value === 'string') return value === OTHER ? 'another one' : (spec.words?.[value] ?? value.replaceAll('_', ' '));
  switch (scaleOf(spec)) {
    case 'seconds':
      return duration(value / 86_400);
    case 'days':
      return duration(value);
    case 'date':
      return value < 0 ? `${duration(-value)} ago` : `in ${duration(value)}`;
    case 'clock':
      return `${Math.floor(value)}:${String(Math.floor((value % 1) * 60)).padStart(2, '0')}`;
    case 'share':
      return `${Math.round(100 * value)} %`;
    case 'times':
      return String(Math.round(value * 10) / 10);
    case 'amount':
      return amount(value);
  }
}

const SCALES = [[1e12, 'trillion'], [1e9, 'billion'], [1e6, 'million']] as const;

/** A number with as many digits as help: `12`, `12,500`, `3.4 million`. */
function amount(value: number): string {
  const whole = Math.round(value);
  const scale = SCALES.find(([size]) => Math.abs(whole) >= size);
  if (scale === undefined) return grouped(whole);
  return `${String(Math.round((whole / scale[0]) * 10) / 10)} ${scale[1]}`;
}

const grouped = (whole: number): string => String(whole === 0 ? 0 : whole).replaceAll(/\B(?=(\d{3})+$)/gu, ',');

/** Days in the unit that a person would choose: `10 minutes`, `5 hours`, `2 days`, `7 weeks`. */
function duration(days: number): string {
  const minutes = Math.round(days * 1_440);
  if (minutes < 1) return 'a moment';
  if (minutes < 60) return plural(minutes, 'minute');
  if (minutes < 48 * 60) return plural(Math.round(minutes / 60), 'hour');
  return days < 21 ? plural(Math.round(days), 'day') : plural(Math.round(days / 7), 'week');
}

const plural = (count: number, unit: string): string => `${grouped(count)} ${unit}${count === 1 ? '' : 's'}`;
