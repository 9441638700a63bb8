import type { Said } from './meaning.ts';
import type { Value } from './value.ts';

/** The event that a picklist's value stands for, beside the record's creation. */
export function consequence(kind: string, { meaning }: Said, word: string, data: Readonly<Record<string, Value | null>>): { type: string; data: Readonly<Record<string, unknown>> } | undefined {
  const { amount, currency, amount_home: home, conversion } = data;
  const money = Object.fromEntries(Object.entries({ amount, currency, amount_home: home, conversion }).filter(([, value]) => value !== undefined));
  switch (meaning) {
    case 'active':
      return kind === 'lead' ? { type: 'lead.changed', data: { status: word } } : undefined;
    case 'qualified':
      return { type: 'lead.qualified', data: { stage: word } };
    case 'converted':
      return { type: 'lead.converted', data: {} };
    case 'closed':
      return { type: 'lead.closed', data: { reason: word } };
    case 'won':
      return { type: 'opportunity.won', data: money };
    case 'lost':
      return { type: 'opportunity.lost', data: { ...money, reason: word } };
  }
}
