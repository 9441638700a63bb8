import { isOwn, OWN } from './catalogue/own.ts';
import type { SubjectKind } from './event.ts';
import type { Catalogue, EventSchema, FieldSchema } from './schema.ts';

/** The catalogue as a page of Markdown: what senders may send, and what becomes of each field. */
export function catalogueReference({ types }: Catalogue): string {
  return [PREAMBLE, ...types.map(section), ownSection()].join('\n');
}

const PREAMBLE = `# Events
What leadrank takes, as CloudEvents 1.0 in JSON: \`specversion\`, \`id\` (unique within \`source\`), \`source\`, \`type\` (with
its version, \`lead.created.v2\`; without one the newest is meant), \`subject\` (the id of the record in its own system),
\`subjectkind\` (what the record is; without it the first kind that the type names is meant), \`time\` (ISO 8601 with a
zone) and \`data\`. The tables say what \`data\` may hold, and what the gate makes of it:

| privacy | what passes |
|---|---|
| plain | the value; a category that holds an e-mail address or a telephone number is left blank |
| coarsen | a class that many share: \`seniority\` of a title, \`email_domain_class\` of an address |
| pseudonymise, employee | a random subject id; its link to the outside id can be erased |
| drop | nothing |

A \`time\` is ISO 8601 with a zone, a \`date\` a calendar day like \`2026-03-02\`, a \`reference\` the id of another record in
its own system. Rows of a daily file count from \`available\` on: the moment at which the file was complete.

A refusal names the field and shows what came of a plain one: itself where it can be no one's name, address or telephone number
(\`"31.12.2025"\`, \`"-1"\`), else its form, letters as x (\`"xxxxx 50"\`). Of any other value it says the type and length.

A field that is not listed is dropped. Codes and tags are those of the log ([formats](formats.md)).
`;

function section({ name, code, kinds, scopes, versions }: EventSchema): string {
  const newest = versions.length;
  const lines = [
    `## ${name}`,
    `Of ${oneOfKinds(kinds)}; scope ${scopes.map((scope) => `\`${scope}\``).join(' or ')}; code ${code}.`,
  ];
  versions.forEach(({ fields, needs }, index) => {
    const rows = Object.entries(fields).flatMap(([field, schema]) => (isOwn(field) ? [] : [row(field, schema)]));
    const old = index + 1 < newest ? ', lifted to the next' : '';
    if (newest > 1) lines.push('', `Version ${index + 1}${old}:`);
    if (rows.length === 0) lines.push('No fields.');
    else lines.push('', '| field | type | privacy | rule | tag |', '|---|---|---|---|---|', ...rows);
    if (Object.keys(fields).some(isOwn)) lines.push('', 'And the [own fields](#own-fields).');
    if (needs !== undefined) lines.push('', `Needs one of ${needs.join(', ')}.`);
  });
  return `${lines.join('\n')}\n`;
}

function ownSection(): string {
  const rows = Object.entries(OWN).map(([name, schema]) => row(name, schema));
  return `## Own fields
Places for fields that only this client has; [a mapping](../how-to/mapping.md) says which of them holds what.

| field | type | privacy | rule | tag |
|---|---|---|---|---|
${rows.join('\n')}
`;
}

function oneOfKinds(kinds: readonly SubjectKind[]): string {
  return kinds.map((kind) => `${/^[ao]/u.test(kind) ? 'an' : 'a'} ${kind}`).join(' or ');
}

function row(
  name: string,
  { type, privacy, coarsener, kind, required, values, otherwise, past, min, max, maxLength, tag }: FieldSchema,
): string {
  const rules = [
    required === true ? 'required' : '',
    values === undefined ? '' : `one of ${values.join(', ')}`,
    otherwise === undefined ? '' : `anything else becomes ${otherwise}`,
    min === undefined ? '' : `${min} to ${max}`,
    past === true ? 'not ahead of our clock' : '',
    maxLength === undefined || values !== undefined ? '' : `at most ${maxLength} characters`,
  ];
  const what = kind === undefined ? type : `${type}, ${kind === 'same' ? 'of the same kind' : kind}`;
  return `| ${name} | ${what} | ${coarsener ?? privacy} | ${rules.filter(Boolean).join('; ')} | ${tag} |`;
}
