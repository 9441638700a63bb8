import type { SubjectId } from '../../events/index.ts';
import { columnName, FIRST_WORD, type EventColumns, type NumberColumn, type TextColumn } from '../../log/index.ts';
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

interface Told {
  known: number;
  offset: number;
  amount: number;
}

/** Reads the deals of a log as they were known at `until`; what was delivered twice counts once. */
export function readDeals(source: ReplaySource, until: number): Deals {
  const last = new Map<SubjectId, Told>();
  const won = new Map<SubjectId, Told>();
  const converted = new Map<SubjectId, { known: number; opportunity: SubjectId | null }>();
  const openedFor = new Map<SubjectId, SubjectId>();
  let currency: string | null = null;
  for (const batch of batchesOf(source, 'all', { fields: FIELDS, origin: 'without', types: TYPES })) {
    const taken = batch.types.words.map((type) => TYPES.has(type));
    const text = textsOf(batch);
    const amounts = batch.fields.get(AMOUNT) as NumberColumn | undefined;
    for (let row = 0; row < batch.count; row++) {
      const known = batch.knownAt[row]!;
      const type = batch.types.codes[row]! - FIRST_WORD;
      if (!taken[type] || batch.repeats[row] === 1 || known > until) continue;
      const subject = batch.subjects.words[batch.subjects.codes[row]! - FIRST_WORD] as SubjectId;
      if (batch.types.words[type] === 'lead.converted') {
        const earlier = converted.get(subject);
        if (earlier === undefined || known < earlier.known) converted.set(subject, { known, opportunity: (text('opportunity', row) as SubjectId | undefined) ?? null });
        continue;
      }
      if (text('conversion', row) === 'home') currency ??= text('currency', row) ?? null;
      const lead = text('lead', row) as SubjectId | undefined;
      if (lead !== undefined) openedFor.set(lead, subject);
      const told = { known, offset: batch.offsets[row]!, amount: amounts?.values[row] ?? NaN };
      if (!Number.isNaN(told.amount)) keep(last, subject, told, later);
      if (batch.types.words[type] === 'opportunity.won') keep(won, subject, told, earlier);
    }
  }
  for (const [lead, conversion] of converted) conversion.opportunity ??= openedFor.get(lead) ?? null;
  const amountOf = (subject: SubjectId, { amount }: Told): number | null => (Number.isNaN(amount) ? (last.get(subject)?.amount ?? null) : amount);
  const wins = [...won].map(([subject, told]) => [subject, { known: told.known, amount: amountOf(subject, told) }] as const);
  return { won: new Map(wins), converted, currency };
}

const later = (a: Told, b: Told): boolean => a.known > b.known || (a.known === b.known && a.offset > b.offset);
const earlier = (a: Told, b: Told): boolean => later(b, a);

function keep(kept: Map<SubjectId, Told>, subject: SubjectId, told: Told, rather: (a: Told, b: Told) => boolean): void {
  const held = kept.get(subject);
  if (held === undefined || rather(told, held)) kept.set(subject, told);
}

function textsOf({ fields }: EventColumns): (field: (typeof TEXTS)[number], row: number) => string | undefined {
  const columns = new Map(TEXTS.map((field) => [field, fields.get(columnName('text', field)) as TextColumn | undefined]));
  return (field, row) => {
    const column = columns.get(field);
    return column?.words[column.codes[row]! - FIRST_WORD];
  };
}
