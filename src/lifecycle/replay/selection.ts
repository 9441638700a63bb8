import { WORD_FIELDS, type Columns } from '../../features/index.ts';
import { columnName, type PartSelection } from '../../log/index.ts';

/** The columns of the history that a set of features is folded from, and those that say what a record is. */
export function selectionOf({ names, types }: Columns): PartSelection {
  const fields = new Set<string>(['text_decision']);
  for (const [i, name] of names.entries()) {
    const type = types[i]!;
    fields.add(columnName(type === 'category' ? 'text' : type === 'boolean' ? 'flag' : 'number', name));
    fields.add(columnName('text', name)); // holds an explicit null of any kind
  }
  for (const name of WORD_FIELDS) for (const kind of ['text', 'flag'] as const) fields.add(columnName(kind, name));
  return { fields, origin: 'without' };
}
