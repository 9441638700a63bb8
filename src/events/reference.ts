import type { Catalogue, EventSchema, FieldSchema } from './schema.ts';

/** The catalogue as a page of Markdown: what senders may send, and what becomes of each field. */
export function catalogueReference({ types }: Catalogue): string {
  return `${PREAMBLE}\n${types.map(section).join('\n')}`;
}

const PREAMBLE = `# Events
What leadrank takes, as CloudEvents 1.0 in JSON: \`specversion\`, \`id\` (unique within \`source\`), \`source\`, \`type\` (with
its version, \`lead.created.v2\`; without one the newest is meant), \`subject\` (the id of the record in its own system),
\`time\` (ISO 8601 with a zone) and \`data\`. The tables say what \`data\` may hold, and what the gate makes of it:

| privacy | what passes |
|---|---|
| plain | the value; a category that holds an e-mail address or a telephone number is left blank |
| coarsen | a class that many share: \`seniority\` of a title, \`email_domain_class\` of an address |
| pseudonymise, employee | a random subject id; its link to the outside id can be erased |
| drop | nothing |

A field that is not listed is dropped. Codes and tags are those of the log ([formats](formats.md)).
`;

function section({ name, code, kind, scopes, versions }: EventSchema): string {
  const newest = versions.length;
  const lines = [
    `## ${name}`,
    `Of a ${kind}; scope ${scopes.map((scope) => `\`${scope}\``).join(' or ')}; code ${code}.`,
  ];
  versions.forEach(({ fields }, index) => {
    const rows = Object.entries(fields).map(([field, schema]) => row(field, schema));
    const old = index + 1 < newest ? ', lifted to the next' : '';
    if (newest > 1) lines.push('', `Version ${index + 1}${old}:`);
    if (rows.length === 0) lines.push('No fields.');
    else lines.push('', '| field | type | privacy | rule | tag |', '|---|---|---|---|---|', ...rows);
  });
  return `${lines.join('\n')}\n`;
}

function row(
  name: string,
  { type, privacy, coarsener, required, values, otherwise, min, max, maxLength, tag }: FieldSchema,
): string {
  const rules = [
    required === true ? 'required' : '',
    values === undefined ? '' : `one of ${values.join(', ')}`,
    otherwise === undefined ? '' : `anything else becomes ${otherwise}`,
    min === undefined ? '' : `${min} to ${max}`,
    maxLength === undefined || values !== undefined ? '' : `at most ${maxLength} characters`,
  ];
  return `| ${name} | ${type} | ${coarsener ?? privacy} | ${rules.filter(Boolean).join('; ')} | ${tag} |`;
}
