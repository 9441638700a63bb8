import * as words from 'c/words';

/** What a record is called; its id where the user may not see the name. */
export function nameOf({ name, record, kind }) {
  return name ?? words.fill(kind === 'opportunity' ? words.item.unnamedDeal : words.item.unnamed, record);
}

/** Title and company of a lead; of an opportunity that it is one, and the company. */
export function aboutOf({ title, company, kind }) {
  return [kind === 'opportunity' ? words.item.deal : title, company].filter(Boolean).join(', ');
}
