import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { coarseners } from './coarsen.ts';
import { createCodec } from './codec.ts';
import { createGate, type Gate, type Sender } from './gate.ts';
import { isSubject, memoryIdentities } from './identities.ts';
import { isRejection } from './rejection.ts';
import type { FieldSchema } from './schema.ts';
import { allowed, wireEvent, type Typed } from './wire.fixture.ts';

const NOW = Date.UTC(2026, 2, 2, 8, 30);
const ALL: Sender = {
  scopes: ['crm', 'web', 'email', 'telephony', 'marketing', 'erp', 'product', 'feedback', 'service'],
};
const RUNS = { numRuns: 1_000 };
const aGate = (): Gate => createGate({ identities: memoryIdentities(), clock: () => NOW });

const NAME = 'Anneliese Quodlibet';
const MAIL = 'anneliese.quodlibet@quodlibet.example';
const PHONE = '+43 660 1234567';
const LOCAL = '06601234567';
const CANARY = /anneliese|quodlibet|1234567/iu;

/** Personal data wherever a source could put it: by name, address and number, alone, in a list, in a longer text. */
const personal = fc.constantFrom<unknown>(NAME, MAIL, PHONE, LOCAL, `call ${PHONE}`, `<${MAIL}>`, [NAME], { name: NAME }, NAME.repeat(9));
/** In open categories and ids a bare name can not be told from a word of the sender's own; addresses and numbers can. */
const reachable = fc.constantFrom<unknown>(MAIL, PHONE, `ask ${MAIL}`, `call ${PHONE}`, `${NAME} <${MAIL}>`);

const isOpen = ({ type, privacy, values }: FieldSchema): boolean =>
  (type === 'category' || type === 'string') && privacy === 'plain' && values === undefined;

describe('events of every type', () => {
  it('that keep the rules pass, with subjects in the place of ids, and lie in the log as they passed', () => {
    const gate = aGate();
    const codec = createCodec();
    fc.assert(
      fc.property(wireEvent(allowed(NOW), NOW), (typed) => {
        const event = gate.parse(typed.wire, ALL);
        if (isRejection(event)) throw new Error(`${typed.wire.type}: ${event.message}`);
        expect(event.type).toBe(typed.schema.name);
        expect(isSubject(typed.wire.subjectkind as 'lead', event.subject)).toBe(true);
        const newest = typed.schema.versions.at(-1)!.fields;
        for (const [name, value] of Object.entries(event.data)) checkPassed(typed, newest[name]!, value);
        const logged = { ...event, offset: 3, received: NOW, knownAt: NOW };
        expect(codec.decode(codec.encode(logged), 3)).toStrictEqual(logged);
      }),
      RUNS,
    );
  });

  it('that carry personal data wherever it fits: none of it passes, and no refusal quotes it', () => {
    const gate = aGate();
    const good = allowed(NOW);
    const bad = wireEvent((field, name) => {
      const canary = isOpen(field) ? reachable : personal;
      return field.required === true ? fc.oneof(good(field, name), canary) : canary;
    }, NOW);
    const unmapped = fc.dictionary(fc.constantFrom(NAME, MAIL, 'note', 'name_of_contact'), personal);
    let passed = 0;
    fc.assert(
      fc.property(bad, unmapped, ({ wire }, more) => {
        const event = gate.parse({ ...wire, subject: MAIL, data: { ...wire.data, ...more } }, ALL);
        if (!isRejection(event)) passed += 1;
        expect(JSON.stringify(event)).not.toMatch(CANARY);
      }),
      RUNS,
    );
    expect(passed).toBeGreaterThan(100);
  });

  it('with anything in any attribute or field: an event or one line, never a throw', () => {
    const gate = aGate();
    const good = allowed(NOW);
    const spoilt = wireEvent((field, name) => fc.oneof({ weight: 4, arbitrary: good(field, name) }, fc.anything()), NOW);
    const attribute = fc.constantFrom('id', 'source', 'type', 'subject', 'subjectkind', 'time', 'data', 'specversion');
    fc.assert(
      fc.property(spoilt, fc.option(fc.tuple(attribute, fc.anything())), ({ wire }, change) => {
        const result = gate.parse(change === null ? wire : { ...wire, [change[0]]: change[1] }, ALL);
        if (isRejection(result)) expect(result.message).toMatch(/^[^\n]+: [^\n]+; [^\n]+$/u);
      }),
      RUNS,
    );
  });
});

function checkPassed({ schema, wire }: Typed, field: FieldSchema, value: unknown): void {
  const where = `${schema.name} tag ${field.tag}`;
  expect(field.privacy, where).not.toBe('drop');
  if (value === null) return;
  if (field.type === 'reference') {
    const kind = field.kind === 'same' ? (wire.subjectkind as 'lead') : field.kind!;
    expect(isSubject(kind, value), where).toBe(true);
  }
  if (field.privacy === 'coarsen') expect(Object.keys(coarseners), where).toContain(field.coarsener);
  if (field.type === 'number' || field.type === 'time' || field.type === 'date') expect(typeof value, where).toBe('number');
  if (field.values !== undefined) expect(field.values, where).toContain(value);
}
