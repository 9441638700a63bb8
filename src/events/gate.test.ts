import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createGate, type Sender } from './gate.ts';
import { memoryIdentities } from './identities.ts';
import { isEvent, isRejection } from './rejection.ts';
import type { Event, Rejection } from './event.ts';
import type { LeftOut } from './clean.ts';
import { catalogue } from './catalogue/index.ts';

const NOW = Date.UTC(2026, 2, 2, 8, 30);
const ALL: Sender = {
  scopes: ['crm', 'web', 'email', 'telephony', 'marketing', 'erp', 'product', 'feedback', 'service'],
};

function setUp() {
  const identities = memoryIdentities();
  const leftOut: LeftOut[] = [];
  const gate = createGate({ identities, clock: () => NOW, onLeftOut: (_type, counts) => leftOut.push(counts) });
  return { identities, gate, leftOut };
}

function created(data: Record<string, unknown> = {}, rest: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    specversion: '1.0',
    id: '00QSIM000000123AAA:1',
    source: 'salesforce',
    type: 'lead.created.v2',
    subject: '00QSIM000000123AAA',
    time: '2026-03-02T08:29:00Z',
    data: { owner: '005SIM000000001AAA', lead_source: 'Web', ...data },
    ...rest,
  };
}

function passed(result: Event | Rejection): Event {
  if (isRejection(result)) throw new Error(result.message);
  return result;
}

function refused(result: Event | Rejection): Rejection {
  if (isEvent(result)) throw new Error('it passed');
  return result;
}

describe('the gate lets through', () => {
  it('a lead, with subjects for ids and classes for personal values', () => {
    const { gate, identities, leftOut } = setUp();
    const raw = created({
      title: 'VP of Sales',
      email: 'Anna.Muster@uni-graz.ac.at',
      first_name: 'Anna',
      last_name: 'Muster',
      company: 'Muster & Co',
      phone: '+43 660 1234567',
      street: 'Am Graben 1',
      employees: 12,
      shoe_size: 44,
      rating: '',
    });
    const event = passed(gate.parse(raw, ALL));
    expect(event).toMatchObject({ type: 'lead.created', version: 2, source: 'salesforce', time: NOW - 60_000 });
    expect(event.data).toEqual({
      owner: identities.find('user', '005SIM000000001AAA'),
      lead_source: 'Web',
      rating: null,
      employees: 12,
      title: 'vp',
      email: 'education',
    });
    expect(event.subject).toBe(identities.find('lead', '00QSIM000000123AAA'));
    expect(JSON.stringify(event)).not.toMatch(/00QSIM|005SIM|Anna|Muster|Graben|1234567/u);
    expect(leftOut).toEqual([{ unmapped: 1, dropped: 5, withheld: 0, suppressed: 0 }]);
  });

  it('an event without a version as the newest, and an old version lifted to it', () => {
    const { gate } = setUp();
    expect(passed(gate.parse(created({ employees: 7 }, { type: 'lead.created' }), ALL)).data['employees']).toBe(7);
    const old = passed(gate.parse(created({ company_size: 250 }, { type: 'lead.created.v1' }), ALL));
    expect(old.version).toBe(2);
    expect(old.data).toMatchObject({ employees: 250, lead_source: 'Web' });
    expect(old.data).not.toHaveProperty('company_size');
  });

  it('a page outside the vocabulary as other, and no address in a category', () => {
    const { gate, leftOut } = setUp();
    const visit = created({}, { type: 'web.visited', data: { page: '/reset?mail=anna@example.com' } });
    expect(passed(gate.parse(visit, ALL)).data).toEqual({ page: 'other' });
    const event = passed(
      gate.parse(created({ lead_source: 'anna@example.com', campaign: 'call +43 660 1234567' }), ALL),
    );
    expect(event.data).toMatchObject({ lead_source: null, campaign: null });
    expect(leftOut.at(-1)).toEqual({ unmapped: 0, dropped: 0, withheld: 2, suppressed: 0 });
  });

  it('the same id from the same source as the same id, and no other', () => {
    const id = (key: number, source = 'salesforce', outside = 'a:1'): string => {
      const gate = createGate({
        identities: memoryIdentities(),
        clock: () => NOW,
        idKey: new Uint8Array(32).fill(key),
      });
      return passed(gate.parse(created({}, { id: outside, source }), ALL)).id;
    };
    expect(id(1)).toBe(id(1));
    expect(new Set([id(1), id(2), id(1, 'web'), id(1, 'salesforce', 'a:2')]).size).toBe(4);
  });
});

describe('the gate knows of what record an event is', () => {
  const held = (rest: Record<string, unknown>): Record<string, unknown> =>
    created({}, { type: 'meeting.held', subject: 'x1', data: {}, ...rest });

  it('by subjectkind, and without it by the first kind of the type', () => {
    const { gate, identities } = setUp();
    expect(passed(gate.parse(held({}), ALL)).subject).toBe(identities.find('lead', 'x1'));
    const contact = passed(gate.parse(held({ subjectkind: 'contact' }), ALL));
    expect(contact.subject).toMatch(/^ct_/u);
    expect(contact.subject).toBe(identities.find('contact', 'x1'));
    expect(refused(gate.parse(held({ subjectkind: 'campaign' }), ALL)).message).toMatch(/lead or contact/u);
    expect(refused(gate.parse(held({ subjectkind: 7 }), ALL)).code).toBe('malformed');
  });

  it('and puts subjects in the place of the records that it names', () => {
    const { gate, identities } = setUp();
    const data = { owner: '005A', account: '001A', lead: '00QA', amount: 10, close_date: '2026-03-31', name: 'Muster AG' };
    const deal = created({}, { type: 'opportunity.created', subject: '006A', data });
    expect(passed(gate.parse(deal, ALL))).toMatchObject({
      subject: identities.find('opportunity', '006A'),
      data: {
        owner: identities.find('user', '005A'),
        account: identities.find('account', '001A'),
        lead: identities.find('lead', '00QA'),
        close_date: Date.UTC(2026, 2, 31),
      },
    });
    const merge = created({}, { type: 'record.merged', subjectkind: 'account', subject: '001A', data: { loser: '001B' } });
    expect(passed(gate.parse(merge, ALL)).data).toEqual({ loser: identities.find('account', '001B') });
  });
});

describe('the gate refuses', () => {
  const cases: [string, Record<string, unknown>, Rejection['code'], RegExp][] = [
    ['another specification', created({}, { specversion: '0.3' }), 'malformed', /specversion/u],
    ['an id with an address in it', created({}, { id: 'anna@example.com' }), 'malformed', /^id \(a text of 16 characters\): /u],
    ['a missing subject', created({}, { subject: undefined }), 'malformed', /^subject \(nothing\): /u],
    ['a time without a zone', created({}, { time: '2026-03-02T08:29:00' }), 'malformed', /zone/u],
    ['the 30th of February', created({}, { time: '2026-02-30T08:29:00Z' }), 'malformed', /^lead\.created\.v2 time "2026-02-30T08:29:00Z": is not an ISO/u],
    ['a list as data', created({}, { data: [] }), 'malformed', /^data \(a list of 0\): /u],
    ['an unknown type', created({}, { type: 'lead.sold' }), 'unknown-type', /"lead.sold": is not in the catalogue/u],
    ['a type inherited from Object', created({}, { type: 'constructor.name' }), 'unknown-type', /constructor/u],
    ['a newer version', created({}, { type: 'lead.created.v3' }), 'version', /newer than v2/u],
    ['an event from the future', created({}, { time: '2026-03-02T08:35:01Z' }), 'future', /lead\.created\.v2 2026-03-02T08:35:01\.000Z: happens more than 5 minutes from now; set the clock/u],
    ['a missing field', { ...created({}), type: 'call.logged' }, 'missing-field', /call.logged.v1 outcome: is required/u],
    ['a day that is none', created({}, { type: 'opportunity.changed', data: { close_date: '2026-02-30' } }), 'wrong-field', /calendar day/u],
    ['a link to nobody', created({}, { type: 'link.visitor', data: { by: 'form' } }), 'missing-field', /needs one of lead/u],
    [
      'a file that will be complete tomorrow',
      created({}, { type: 'erp.daily', data: { day: '2026-03-02', available: '2026-03-03T04:00:00Z' } }),
      'future',
      /available 2026-03-03T04:00:00\.000Z: lies ahead/u,
    ],
    ['a number in words', created({ employees: 'About 50' }), 'wrong-field', /^lead\.created\.v2 employees \(of the form "xxxxx 50"\): is not a finite number/u],
    ['a title that is none', created({ title: ['Anna'] }), 'wrong-field', /^lead\.created\.v2 title \(a list of 1\): is not a string/u],
    ['a number as text', created({ employees: '12' }), 'wrong-field', /employees "12": is not a finite number/u],
    ['a number out of range', created({ employees: -1 }), 'wrong-field', /-1.*outside 0/u],
    ['a category of 81 characters', created({ industry: 'x'.repeat(81) }), 'wrong-field', /longer than 80/u],
    [
      'an unknown outcome',
      created({}, { type: 'call.logged', data: { outcome: 'sang' } }),
      'wrong-field',
      /sang.*none of connected/u,
    ],
  ];
  it.each(cases)('%s', (_name, raw, code, message) => {
    const { gate, identities } = setUp();
    const result = refused(gate.parse(raw, ALL));
    expect(result.code).toBe(code);
    expect(result.message).toMatch(message);
    expect(identities.find('lead', '00QSIM000000123AAA')).toBeUndefined();
    expect(identities.find('user', '005SIM000000001AAA')).toBeUndefined();
  });

  it('and says which field is to blame, where one is', () => {
    const { gate } = setUp();
    const field = (raw: object): object | undefined => refused(gate.parse(raw, ALL)).field;
    expect(field(created({ employees: 'many' }))).toEqual({ type: 'lead.created.v2', name: 'employees' });
    expect(field({ ...created(), type: 'call.logged' })).toEqual({ type: 'call.logged.v1', name: 'outcome' });
    expect(field(created({}, { time: 'now' }))).toBeUndefined();
  });

  it("control events from outside, and a source that is not the sender's", () => {
    const { gate } = setUp();
    const control = created({}, { type: 'control.model.promoted', data: { bundle: 'b1' } });
    const outside = ALL.scopes.filter((scope) => scope !== 'service');
    expect(refused(gate.parse(control, { scopes: outside }))).toMatchObject({ code: 'scope' });
    expect(refused(gate.parse(created(), { scopes: ['web'] }))).toMatchObject({ code: 'scope' });
    expect(refused(gate.parse(created(), { scopes: ['crm'], source: 'erp' }))).toMatchObject({ code: 'scope' });
    expect(isEvent(gate.parse(created(), { scopes: ['crm'], source: 'salesforce' }))).toBe(true);
  });

  it('every type from every sender without its scope', () => {
    const { gate } = setUp();
    for (const type of catalogue.types) {
      const scopes = ALL.scopes.filter((scope) => !type.scopes.includes(scope));
      expect(refused(gate.parse(created({}, { type: type.name }), { scopes })).code).toBe('scope');
    }
  });

  it('without quoting what is personal', () => {
    const { gate } = setUp();
    const secret = 'Anna Muster';
    for (const data of [
      { owner: { secret } },
      { title: [secret] },
      { email: 1 },
      { owner: secret.repeat(20) },
      { [secret]: 1, owner: 5 },
    ]) {
      expect(refused(gate.parse(created(data), ALL)).message).not.toContain('Muster');
    }
    for (const rest of [
      { type: secret },
      { id: secret },
      { source: secret },
      { time: secret },
      { subject: `${secret}\n` },
    ]) {
      expect(refused(gate.parse(created({}, rest), ALL)).message).not.toContain('Muster');
    }
  });

  it('anything else at all, with one line and without throwing', () => {
    const { gate } = setUp();
    const anything = fc.oneof(
      fc.anything(),
      fc
        .record({ data: fc.anything(), type: fc.constantFrom(...catalogue.types.map((type) => type.name)) })
        .map((parts) => created({}, parts)),
      fc
        .dictionary(fc.constantFrom(...Object.keys(catalogue.types[0]!.versions[1]!.fields)), fc.anything())
        .map((data) => created(data)),
    );
    fc.assert(
      fc.property(anything, (raw) => {
        const result = gate.parse(raw, ALL);
        if (isEvent(result)) {
          for (const value of Object.values(result.data))
            expect(['string', 'number', 'boolean', 'object']).toContain(typeof value);
        } else {
          expect(result.message).toMatch(/^[^\n]+: [^\n]+; [^\n]+$/u);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('who was erased', () => {
  /** A gate that keeps out one lead and one contact. */
  const keeping = () => {
    const identities = { ...memoryIdentities(), isSuppressed: (kind: string, id: string) => ['lead gone', 'contact gone'].includes(`${kind} ${id}`) };
    const leftOut: LeftOut[] = [];
    return { identities, leftOut, gate: createGate({ identities, clock: () => NOW, onLeftOut: (_type, what) => leftOut.push(what) }) };
  };
  const RULE = /was erased here and is on the suppression list; erase it at the source, too, or run `bin\/leadrank audit readmit`/u;

  it('is refused as a subject, whatever else is wrong with the event, and nothing of it is known afterwards', () => {
    const { gate, identities } = keeping();
    for (const data of [{}, { employees: 'plenty' }]) {
      const result = refused(gate.parse(created(data, { subject: 'gone' }), ALL));
      expect([result.code, result.message]).toEqual(['suppressed', expect.stringMatching(RULE)]);
    }
    expect([identities.find('lead', 'gone'), identities.find('user', '005SIM000000001AAA')]).toEqual([undefined, undefined]);
  });

  it('is left out where another record only names it', () => {
    const { gate, leftOut } = keeping();
    const event = gate.parse(created({}, { type: 'opportunity.created', data: { owner: '005SIM000000001AAA', contact: 'gone' } }), ALL);
    expect(event).toMatchObject({ data: { contact: null } });
    expect(leftOut).toEqual([expect.objectContaining({ suppressed: 1 })]);
  });

  it('is refused where the event says nothing without it', () => {
    const { gate } = keeping();
    expect(refused(gate.parse(created({}, { type: 'link.visitor', subject: 'v', data: { lead: 'gone' } }), ALL)).message).toMatch(/^link.visitor.v1 lead: was erased/u);
    expect(isEvent(gate.parse(created({}, { type: 'link.visitor', subject: 'v', data: { lead: 'gone', contact: 'c' } }), ALL))).toBe(true);
    expect(refused(gate.parse(created({}, { type: 'record.merged', data: { loser: 'gone' } }), ALL)).code).toBe('suppressed');
  });

  it('is let in again under the subject that it was given since', () => {
    const { gate, identities } = keeping();
    const again = identities.subjectOf('lead', 'gone');
    expect(gate.parse(created({}, { subject: 'gone' }), ALL)).toMatchObject({ subject: again });
  });
});
