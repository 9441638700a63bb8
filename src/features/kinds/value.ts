import { Fault } from '../../base/index.ts';
import { flagValue, writeFlag } from './flag.ts';
import { cellOf, heldValue, writeHeld } from './held.ts';
import { cellFor, type Kind, type Scope } from './kind.ts';
import type { Input } from './need.ts';

/** How a boolean that is read as a category is told. */
const booleans = (code: number): string => (code === 1 ? 'true' : 'false');

/** One value of a field, as a number or a category. */
export function value(keep: 'latest' | 'first', input: Input & { field: string }, type: 'numeric' | 'categorical', scope: Scope): Kind {
  const facts = scope.field(input.event, input.field);
  const category = facts.type === 'category';
  if (category !== (type === 'categorical') && facts.type !== 'boolean') {
    throw new Fault({ kind: 'input', value: input.field, rule: `is ${category ? 'a category' : `a ${facts.type}`}, declared as ${type}`, remedy: 'declare its type' });
  }
  if (facts.type === 'boolean') {
    return {
      needs: [{ input, shape: { keep: `${keep}-flag` } }],
      bind: ([place]) => (view, base) => flagValue(view, base + place!.at),
      write: ([place], row) => writeFlag(row, place!.at),
      ...(type === 'categorical' && { words: booleans }),
    };
  }
  const name = cellFor(facts.type);
  const cell = cellOf(name);
  return {
    needs: [{ input, shape: { keep, cell: name } }],
    bind: ([place]) => (view, base) => heldValue(cell, view, base + place!.at),
    write: ([place], row) => writeHeld(cell, row, place!.at),
    ...(type === 'categorical' && { words: { field: input.field } }),
  };
}
