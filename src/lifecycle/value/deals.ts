import type { SubjectId } from '../../events/index.ts';
import { columnName, FIRST_WORD, wordAt, type EventColumns, type NumberColumn, type TextColumn } from '../../log/index.ts';
import { batchesOf, type ReplaySource } from '../replay/source.ts';

/** What is known of the money of opportunities, and of which lead became which. Times in ms, as things became known. */
export interface Deals {
  readonly won: ReadonlyMap<SubjectId, Win>;
  /** By lead. */
  readonly converted: ReadonlyMap<SubjectId, { readonly known: number; readonly opportunity: SubjectId | null }>;
  /** The home currency, where an amount that was in it says so. */
  readonly currency: string | null;
}

export interface Win {
  readonly known: number;
  /** In the home currency; null where no rate was known. */
  readonly amount: number | null;
}

const TYPES = new Set(['lead.converted', 'opportunity.created', 'opportunity.changed', 'opportunity.won']);
const TEXTS = ['opportunity', 'lead', 'currency', 'conversion'] as const;
const AMOUNT = columnName('number', 'amount_home');
const FIELDS = new Set([...TEXTS.map((field) => columnName('text', field)), AMOUNT]);

/** One word on a deal, and when it became known: the order of words is that of what became known, then of the log. */
interface Told<T> {
  readonly known: number;
  readonly offset: number;
  readonly what: T;
}

/** Reads the deals of a log as they were known at `until`; what was delivered twice counts once. */
export function readDeals(source: ReplaySource, until: number): Deals {
  const last = new Map<SubjectId, Told<number>>();
  const won = new Map<SubjectId, Told<number | null>>();
  const converted = new Map<SubjectId, Told<SubjectId | null>>();
  const openedFor = new Map<SubjectId, Told<SubjectId>>();
  let currency: Told<string> | undefined;
  for (const batch of batchesOf(source, 'all', { fields: FIELDS, origin: 'without', types: TYPES })) {
    const taken = batch.types.words.map((type) => TYPES.has(type));
    const text = textsOf(batch);
    const amounts = batch.fields.get(AMOUNT) as NumberColumn | undefined;
    for (let row = 0; row < batch.count; row++) {
      const known = batch.knownAt[row]!;
      const type = batch.types.codes[row]! - FIRST_WORD;
      if (!taken[type] || batch.repeats[row] === 1 || known > until) continue;
      const told = <T>(what: T): Told<T> => ({ known, offset: batch.offsets[row]!, what });
      const subject = wordAt(batch.subjects, row) as SubjectId;
      if (batch.types.words[type] === 'lead.converted') {
        keep(converted, subject, told((text('opportunity', row) as SubjectId | undefined) ?? null), earlier);
        continue;
      }
      const home = text('conversion', row) === 'home' ? text('currency', row) : undefined;
      if (home !== undefined && (currency === undefined || earlier(told(home), currency))) currency = told(home);
      const lead = text('lead', row) as SubjectId | undefined;
      if (lead !== undefined) keep(openedFor, lead, told(subject), earlier);
      const amount = amounts?.values[row] ?? NaN;
      if (!Number.isNaN(amount)) keep(last, subject, told(amount), later);
      if (batch.types.words[type] === 'opportunity.won') keep(won, subject, told(Number.isNaN(amount) ? null : amount), earlier);
    }
  }
  return {
    won: mapped(won, ({ known, what }, subject) => ({ known, amount: what ?? last.get(subject)?.what ?? null })),
    converted: mapped(converted, ({ known, what }, lead) => ({ known, opportunity: what ?? openedFor.get(lead)?.what ?? null })),
    currency: currency?.what ?? null,
  };
}

type Moment = Pick<Told<unknown>, 'known' | 'offset'>;
const later = (a: Moment, b: Moment): boolean => a.known > b.known || (a.known === b.known && a.offset > b.offset);
const earlier = (a: Moment, b: Moment): boolean => later(b, a);

/** Keeps a word rather than the one that is held, whichever came first here. */
function keep<T>(kept: Map<SubjectId, Told<T>>, subject: SubjectId, told: Told<T>, rather: (a: Moment, b: Moment) => boolean): void {
  const held = kept.get(subject);
  if (held === undefined || rather(told, held)) kept.set(subject, told);
}

const mapped = <V, W>(from: ReadonlyMap<SubjectId, V>, to: (value: V, subject: SubjectId) => W): Map<SubjectId, W> =>
  new Map([...from].map(([subject, value]) => [subject, to(value, subject)]));

function textsOf({ fields }: EventColumns): (field: (typeof TEXTS)[number], row: number) => string | undefined {
  const columns = new Map(TEXTS.map((field) => [field, fields.get(columnName('text', field)) as TextColumn | undefined]));
  return (field, row) => wordAt(columns.get(field), row);
}
