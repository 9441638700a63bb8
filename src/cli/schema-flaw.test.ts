import { Type } from 'typebox';
import { expect, test } from 'vitest';
import { DutyFields } from './duties.ts';
import { schemaFlaw } from './schema-flaw.ts';

const schema = Type.Object(
  {
    region: Type.Optional(Type.Union([Type.Literal('us'), Type.Literal('eu')])),
    port: Type.Optional(Type.Integer()),
    issuers: Type.Optional(Type.Array(Type.Object({ issuer: Type.String(), audience: Type.String() }))),
    ...DutyFields,
  },
  { additionalProperties: false },
);

test.each([
  [{ region: 'mars' }, 'region: "mars"', 'is us or eu'],
  [{ port: 'x' }, 'port: "x"', 'must be integer'],
  [{ nonsense: 1 }, 'nonsense: "1"', 'is not known here'],
  [{ compaction: 7 }, 'compaction: "7"', 'is off or fields of its own'],
  [{ compaction: { often: 1 } }, 'compaction.often: "1"', 'is not known here'],
  [{ compaction: { every_minutes: -1 } }, 'compaction.every_minutes: "-1"', 'must be > 0'],
  [{ issuers: [{ issuer: 'a' }] }, 'issuers.0: "{"issuer":"a"}"', 'must have required properties audience'],
  [[1], 'the file: "[1]"', 'must be object'],
])('%j: the place, what stands there and the rule', (document, value, rule) => {
  expect(schemaFlaw(schema, document)).toEqual({ value, rule });
});

test('what the schema takes has none', () => {
  expect([{}, { region: 'eu', compaction: 'off' }, { compaction: { every_minutes: 5 } }].map((document) => schemaFlaw(schema, document))).toEqual([null, null, null]);
});
