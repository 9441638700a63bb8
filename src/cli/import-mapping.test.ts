import { expect, test } from 'vitest';
import { mappingOf } from './import-mapping.ts';

const fieldsOf = (header: readonly string[]) => mappingOf(header, { id: 'Id', owner: 'OwnerId', map: [] }).object.fields;

test.each([
  ['an export of the API', 'HasOptedOutOfEmail', 'DoNotCall'],
  ['a report', 'Email Opt Out', 'Do Not Call'],
  ['another CRM', 'Do Not Email', 'do_not_call'],
])('consent is found by name: %s', (_what, mails, calls) => {
  expect(fieldsOf(['Id', 'OwnerId', mails, calls])).toMatchObject({ opted_out: { column: mails }, do_not_call: { column: calls } });
});

test('of two columns for one field the first counts', () => {
  expect(fieldsOf(['Id', 'OwnerId', 'opted_out', 'HasOptedOutOfEmail'])).toMatchObject({ opted_out: { column: 'opted_out' } });
});
