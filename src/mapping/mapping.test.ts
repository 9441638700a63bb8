import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { createGate, isRejection, memoryIdentities, type Event, type LoggedEvent, type SubjectId } from '../events/index.ts';
import { columnNames, openMemoryState, OPPORTUNITY_FEATURES } from '../features/index.ts';
import { readElsewhere } from './filled.ts';
import { createPreview } from './preview.ts';
import { readRates } from './rates.ts';
import { readMapping } from './read.ts';
import { createRowMapper } from './rows.ts';

const NOW = Date.UTC(2026, 2, 2);
const page = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'how-to', 'mapping.md'), 'utf8');
const example = parse(/```yaml\n(.+?)```/su.exec(page)![1]!) as { objects: Record<string, Record<string, unknown>> };
const mapping = readMapping(example);

function eventsOf(name: string, row: Record<string, string>): { events: Event[]; unknownValue?: string; missingRate?: string } {
  const header = Object.keys(row);
  const mapped = createRowMapper({ object: mapping.objects[name]!, rates: mapping.rates, header, now: NOW })(Object.values(row));
  const gate = createGate({ identities: memoryIdentities(), clock: () => NOW });
  const events = mapped.events.map(({ event: raw }) => {
    const event = gate.parse(raw, { scopes: ['crm', 'erp'] });
    if (isRejection(event)) throw new Error(event.message);
    return event;
  });
  return { ...mapped, events };
}

const LEAD = {
  Id: '00Q1', CreatedDate: '2026-01-05', RecordType: 'Standard', OwnerId: '005A', LeadSource: 'Web', NumberOfEmployees: '1,200',
  Region__c: 'Europe', Budget_Band__c: '50-100k', Status: 'Converted', LastStatusChange: '2026-02-01 10:00', LastModifiedDate: '2026-02-02',
  HasOptedOutOfEmail: 'false', DoNotCall: 'true',
};
const DEAL = {
  Id: '0061', CreatedDate: '2025-08-05', OwnerId: '005A', AccountId: '001A', Amount: '$1,000', CurrencyIsoCode: 'USD', CloseDate: '2025-12-31',
  StageName: 'Closed Won', LastStageChangeDate: '2025-11-03',
};

describe('the mapping of the documentation', () => {
  it('makes of a lead its creation, how it stands, and its outcome', () => {
    const { events } = eventsOf('Lead', LEAD);
    expect(events.map(({ type, time }) => [type, time])).toEqual([
      ['lead.created', Date.UTC(2026, 0, 5)],
      ['lead.changed', Date.UTC(2026, 1, 2)],
      ['lead.converted', Date.UTC(2026, 1, 1, 10)],
    ]);
    expect(events[0]!.data).toEqual({ lead_source: 'Web' });
    expect(events[1]!.data).toMatchObject({ employees: 1200, region: 'eu', time_zone: 'Europe/Berlin', own_category_1: '50-100k', opted_out: false, do_not_call: true });
  });

  it('counts the words of a record type as that type means them', () => {
    const outcome = (change: object): string[] => eventsOf('Lead', { ...LEAD, ...change }).events.slice(2).map(({ type }) => type);
    expect(outcome({ RecordType: 'Partner', Status: 'Signed' })).toEqual(['lead.converted']);
    expect(outcome({ RecordType: 'Partner', Status: 'Declined' })).toEqual(['lead.closed']);
    expect(outcome({ Status: 'SQL' })).toEqual(['lead.qualified']);
    expect(outcome({ Status: 'Working' })).toEqual(['lead.changed']);
    expect(outcome({ Status: 'Signed' })).toEqual([]);
    expect(eventsOf('Lead', { ...LEAD, Status: 'Signed' })).toMatchObject({ unknownValue: 'Signed' });
  });

  it('converts amounts at the rate of their time, and flags those without one', () => {
    const deal = (change: object) => eventsOf('Opportunity', { ...DEAL, ...change });
    expect(deal({}).events.map(({ type }) => type)).toEqual(['opportunity.created', 'opportunity.won']);
    expect(deal({}).events[1]!.data).toEqual({ amount: 1000, currency: 'USD', amount_home: 860, conversion: 'converted' });
    expect(deal({ CreatedDate: '2025-03-01' }).events.map(({ data }) => data['amount_home'])).toEqual([960, 860]); // made in March, won in November
    expect(deal({ CurrencyIsoCode: 'EUR' }).events[0]!.data).toMatchObject({ amount_home: 1000, conversion: 'home' });
    expect(deal({ CreatedDate: '2024-12-31' })).toMatchObject({ missingRate: 'USD' });
    expect(deal({ CurrencyIsoCode: 'GBP' }).events[0]!.data).toEqual(expect.not.objectContaining({ amount_home: expect.anything() }));
    expect(deal({ StageName: 'Proposal' }).events).toMatchObject([{ data: { stage: 'Proposal', stage_order: 1 } }]);
  });

  it('takes a day alone for its end: what ended on the day that it began did so after', () => {
    const times = (change: object): number[] => {
      const { events } = eventsOf('Lead', { ...LEAD, CreatedDate: '2026-02-27T09:00:00Z', ...change });
      return events.filter(({ type }) => type !== 'lead.changed').map(({ time }) => time);
    };
    expect(times({ LastStatusChange: '2026-02-27' })).toEqual([Date.UTC(2026, 1, 27, 9), Date.UTC(2026, 1, 28) - 1]);
    expect(times({ LastStatusChange: '2026-03-02' })[1]).toBe(NOW); // of a day that is not over
    expect(times({ LastStatusChange: '2026-02-27 10:00' })[1]).toBe(Date.UTC(2026, 1, 27, 10));
  });

  it('makes a daily row of a feed, with own columns', () => {
    const row = { AccountId: '001A', FileComplete: '2026-03-01T04:00:00Z', Date: '2026-02-28', Overdue: '1.012,5', Credit: 'hold', Machines: '7' };
    expect(eventsOf('Invoices', row).events).toMatchObject([
      { type: 'erp.daily', data: { day: Date.UTC(2026, 1, 28), available: Date.UTC(2026, 2, 1, 4), amount_overdue: 1012.5, own_number_1: 7 } },
    ]);
  });

  it('may have an id of any printable characters', () => {
    for (const Id of ['ACME 12 ä', 'x'.repeat(100)]) expect(eventsOf('Lead', { ...LEAD, Id }).events).toHaveLength(3);
  });

  it('says of a time that is none that it is none', () => {
    expect(() => eventsOf('Lead', { ...LEAD, LastStatusChange: 'last week' })).toThrow(/^lead\.converted\.v\d time \(of the form "xxxx xxxx"\): is not an ISO 8601 time/u);
  });

  it('is not previewed by a column that is no picklist', () => {
    const preview = createPreview(mapping.objects['Lead']!, Object.keys(LEAD));
    expect(() => {
      for (let i = 0; i <= 10_000; i++) preview.add(Object.values({ ...LEAD, Status: String(i) }));
    }).toThrow(/column "Status": holds more than 10,000 values; a picklist has few/u);
  });

  it('is previewed with counts', () => {
    const preview = createPreview(mapping.objects['Lead']!, Object.keys(LEAD));
    for (const Status of ['New', 'New', 'SQL', 'Odd', '']) preview.add(Object.values({ ...LEAD, Status }));
    preview.add(Object.values({ ...LEAD, RecordType: 'Partner', Status: 'New' }));
    expect(preview.read()).toEqual([
      { recordType: 'Partner', value: 'New', rows: 1, meaning: null },
      { recordType: 'Standard', value: 'New', rows: 2, meaning: 'active' },
      { recordType: 'Standard', value: '', rows: 1, meaning: null },
      { recordType: 'Standard', value: 'Odd', rows: 1, meaning: null },
      { recordType: 'Standard', value: 'SQL', rows: 1, meaning: 'qualified' },
    ]);
  });
});

describe('what a file says of the past', () => {
  const lead = { is: 'lead', id: 'Id', time: 'Created', fields: { owner: 'Owner', lead_source: 'Source', rating: 'Rating' }, outcome: { column: 'S', at: 'At', values: { active: ['Open'], converted: ['Won'] } } };
  const row = { Id: '1', Created: '2026-01-05T08:00:00Z', Owner: '005A', Source: 'Web', Rating: 'Hot', S: 'Won', At: '2026-02-01T10:00:00Z' };
  const told = (object: object, change: object = {}) => {
    const { objects, rates } = readMapping({ objects: { A: object } });
    const given = { ...row, ...change };
    const { events } = createRowMapper({ object: objects['A']!, rates, header: Object.keys(given), now: NOW })(Object.values(given));
    return events.map(({ event, known }) => Object.assign({ known }, event as { id: string; type: string; time: string; data: object }));
  };

  it('is known from the import on', () => {
    expect(told(lead).map(({ type, known }) => [type, known])).toEqual([['lead.created', NOW], ['lead.converted', NOW]]);
  });

  it('is priced by its currency, whichever of both stands in the part that never changes', () => {
    const deal = { is: 'opportunity', id: 'Id', time: 'Created', modified: 'Modified', fields: { owner: 'Owner', amount: 'Amount', currency: 'Currency' } };
    const split = (immutable: string[], Currency = 'USD') => {
      const { objects, rates } = readMapping({ home_currency: 'EUR', rates: { USD: { '2020-01-01': 0.5 }, GBP: { '2026-01-01': 2 } }, objects: { A: { ...deal, immutable: ['owner', ...immutable] } } });
      const given = { Id: '1', Created: '2025-01-05', Modified: '2025-06-05', Owner: '005A', Amount: '100', Currency };
      const { events, ...mapped } = createRowMapper({ object: objects['A']!, rates, header: Object.keys(given), now: NOW })(Object.values(given));
      return { ...mapped, data: events.map(({ event }) => (event as { data: object }).data) };
    };
    const home = { amount: 100, amount_home: 50, conversion: 'converted' };
    expect(split(['currency']).data).toEqual([{ owner: '005A', currency: 'USD' }, home]);
    expect(split(['amount']).data).toEqual([{ owner: '005A', ...home }, { currency: 'USD' }]);
    expect(split(['currency'])).not.toHaveProperty('missingRate');
    expect(split(['currency'], 'GBP')).toMatchObject({ missingRate: 'GBP', data: [{ owner: '005A', currency: 'GBP' }, { amount: 100, conversion: 'missing' }] });
  });

  it('is known from its time where it never changes: that a record was created, what is immutable, and how it ended', () => {
    const [created, changed, converted] = told({ ...lead, immutable: ['lead_source'] });
    expect(created).toMatchObject({ type: 'lead.created', time: '2026-01-05T08:00:00.000Z', data: { lead_source: 'Web' }, known: Date.UTC(2026, 0, 5, 8) });
    expect(created!.data).not.toHaveProperty('owner');
    expect(changed).toMatchObject({ type: 'lead.changed', time: '2026-01-05T08:00:00.000Z', data: { owner: '005A', rating: 'Hot' }, known: NOW });
    expect(told({ ...lead, immutable: [], modified: 'At' })[1]).toMatchObject({ type: 'lead.changed', time: '2026-02-01T10:00:00.000Z', known: NOW });
    expect(converted).toMatchObject({ type: 'lead.converted', time: '2026-02-01T10:00:00.000Z', known: Date.UTC(2026, 1, 1, 10) });
    expect(told({ ...lead, immutable: ['lead_source'] }, { S: 'Open' })[2]).toMatchObject({ type: 'lead.changed', data: { status: 'Open' }, known: NOW }); // it may have been another before
  });

  it('in a later export of the same record is told beside the earlier', () => {
    const ids = (change: object): string[] => told({ ...lead, immutable: ['lead_source'] }, change).map(({ id }) => id);
    expect(ids({})).toEqual(ids({}));
    expect(ids({ Rating: 'Cold' })[1]).not.toBe(ids({})[1]);
    expect(ids({ Rating: 'Cold' })[0]).toBe(ids({})[0]);
  });

  it('of what happened is known from when it was entered', () => {
    const call = { is: 'call.logged', id: 'Id', time: 'Created', fields: { outcome: { constant: 'connected' } } };
    expect(told(call)).toMatchObject([{ known: Date.UTC(2026, 0, 5, 8) }]);
    expect(told({ ...call, known: 'At' })).toMatchObject([{ time: '2026-01-05T08:00:00.000Z', known: Date.UTC(2026, 1, 1, 10) }]);
    expect(told({ ...call, known: 'At' }, { At: '2025-01-01' })).toMatchObject([{ known: Date.UTC(2026, 0, 5, 8) }]); // not before it happened
    expect(told({ ...call, time: undefined })).toMatchObject([{ known: NOW }]);
  });

  it('can be said of every kind of record', () => {
    for (const is of ['lead', 'contact', 'account', 'opportunity', 'campaign']) {
      const { events } = createRowMapper({ object: readMapping({ objects: { A: { is, id: 'Id', time: 'Created', immutable: [], fields: { owner: 'Owner' } } } }).objects['A']!, rates: readRates(undefined, {}), header: Object.keys(row), now: NOW })(Object.values(row));
      const gate = createGate({ identities: memoryIdentities(), clock: () => NOW });
      expect(events.map(({ event }) => gate.parse(event, { scopes: ['crm'] })).filter(isRejection)).toEqual([]);
      expect(events).toHaveLength(2);
    }
  });
});

describe('own features', () => {
  it('are declarations like those of the house', () => {
    expect(mapping.features).toMatchObject([
      { name: 'budget_band', entity: 'lead', kind: { op: 'latest', event: ['lead.created', 'lead.changed'], type: 'categorical' }, sentence: 'has a budget of {n}', source: 'salesforce' },
      { name: 'demo_requests_30d', kind: { op: 'count', window: 30 * 86_400_000, where: { field: 'form', in: ['demo'] } }, source: 'web', sentenceAbsent: 'no demo requests 30d recorded' },
      { name: 'machines', kind: { op: 'cross', entity: 'account', kind: { op: 'latest', event: ['erp.daily'], type: 'numeric' } }, source: 'erp' },
      { name: 'buyer_level', entity: 'opportunity', kind: { op: 'cross', entity: 'contact', kind: { op: 'latest', event: ['contact.created', 'contact.changed'] } } },
    ]);
  });

  it.each([
    ['two kinds', { of: 'lead', latest: 'industry', count: 'web.visited' }, /features\.x: has not exactly one kind; give one of latest/u],
    ['no window', { of: 'lead', sum: 'seconds', events: ['web.visited'] }, /sum needs a window; give days/u],
    ['an unknown field', { of: 'lead', latest: 'shoe' }, /features\.x: shoe: is no field of lead\.created or lead\.changed; use owner, lead_source, /u],
    ['an unknown event', { of: 'lead', count: 'web.danced', days: 3 }, /features\.x: web\.danced: is no event type/u],
    ['an unknown field of a condition', { of: 'lead', count: 'web.form_submitted', days: 3, where: { frm: ['demo'] } }, /features\.x: frm: is no field of web\.form_submitted; use form, /u],
    ['a cycle', { of: 'lead', from: 'lead', latest: 'industry' }, /features\.x: "lead": x of a lead reads from a lead: a cycle/u],
    ['a window too long', { of: 'lead', count: 'web.visited', days: 999 }, /features\.x\.days: "999": is a number from 1 to 180/u],
    ['a record without a rank', { of: 'contact', latest: 'department' }, /features\.x\.of: contact: is not ranked; use lead or opportunity, and read it with from: contact/u],
    ['an unknown record', { of: 'shoe', latest: 'industry' }, /features\.x\.of: "shoe": is not known here; use lead/u],
  ])('with %s are refused', (_name, given, message) => {
    expect(() => readMapping({ features: { x: given } })).toThrow(message);
  });
});

describe('an own feature on a field', () => {
  const lead = { is: 'lead', id: 'Id', fields: { owner: 'Owner', own_category_1: 'Band__c' } };
  const deal = { is: 'opportunity', id: 'Id', fields: { owner: 'Owner', amount: 'Amount' }, outcome: { column: 'S', values: { active: ['New'] } } };
  const read = (x: object, more: object = {}) => readMapping({ objects: { Lead: lead, Deal: deal }, features: { x }, ...more });

  it.each([
    ['that its object leaves out', { of: 'lead', latest: 'own_category_2' }, 'features.x: own_category_2: is not filled by Lead, which fills owner, own_category_1; name its column under objects.Lead.fields, or read another field'],
    ['of one of its events alone', { of: 'lead', latest: 'industry', events: ['lead.changed'] }, 'features.x: industry: is not filled by Lead'],
    ['that a condition asks for', { of: 'lead', latest: 'own_category_1', where: { industry: ['Energy'] } }, 'features.x: industry: is not filled by Lead'],
    ['of the linked record', { of: 'opportunity', from: 'account', latest: 'industry' }, 'features.x: industry: is not filled by A or B, which fill type, own_flag_1; name its column under objects.A.fields'],
    ['that needs a home currency', { of: 'opportunity', latest: 'amount_home' }, 'features.x: amount_home: is not filled by Deal, which fills owner, amount'],
  ])('%s is refused', (_name, given, message) => {
    const accounts = { A: { is: 'account', id: 'Id', fields: { type: 'Type' } }, B: { is: 'account', id: 'Id', fields: { own_flag_1: 'F' } } };
    expect(() => read(given, { objects: { Lead: lead, Deal: deal, ...accounts } })).toThrow(message);
  });

  it.each<[string, object, object?]>([
    ['that is mapped', { of: 'lead', latest: 'own_category_1' }],
    ['that the picklist says', { of: 'lead', latest: 'status', events: ['lead.changed'] }, { objects: { Lead: { ...lead, outcome: { column: 'S', values: { active: ['New'] } } } } }],
    ['that the picklist of a deal says', { of: 'opportunity', max: 'stage_order', events: ['opportunity.changed'], days: 30 }],
    ['in the home currency', { of: 'opportunity', latest: 'amount_home' }],
    ['that other events may say too', { of: 'lead', from: 'account', sum: 'own_number_1', events: ['account.changed', 'erp.daily'], days: 9 }, { objects: { A: { is: 'account', id: 'Id', fields: { type: 'Type' } } } }],
    ['of events of which the mapping tells nothing', { of: 'lead', from: 'account', latest: 'industry' }],
    ['of no object at all', { of: 'lead', latest: 'own_category_3' }, { objects: {} }],
  ])('%s is taken', (_name, given, more = {}) => {
    expect(read(given, { home_currency: 'EUR', ...more }).features).toHaveLength(1);
  });

  it('that nothing here fills is told where it is an own one', () => {
    const { Contact: _, ...objects } = mapping.objects;
    expect(readElsewhere(mapping)).toEqual([]);
    expect(readElsewhere({ ...mapping, objects })).toEqual([{ feature: 'buyer_level', field: 'own_category_2', events: ['contact.created', 'contact.changed'] }]);
    expect(readElsewhere(read({ of: 'lead', count: 'web.form_submitted', where: { form: ['demo'] }, days: 9 }))).toEqual([]);
  });
});

it('own features of opportunities read what their contacts and accounts say', () => {
  const { features } = readMapping({
    features: {
      buyer_level: { of: 'opportunity', from: 'contact', latest: 'own_category_2' },
      segment: { of: 'opportunity', latest: 'own_category_1' },
      steps: { of: 'opportunity', count: 'opportunity.changed', days: 30 },
      machines: { of: 'opportunity', from: 'account', latest: 'own_number_1', events: ['erp.daily'] },
    },
  });
  const state = openMemoryState({ features });
  const events: [string, string, Record<string, unknown>][] = [
    ['opportunity.created', 'op_a', { owner: 'us_p', account: 'ac_x', contact: 'ct_j', own_category_1: 'Mid' }],
    ['contact.created', 'ct_j', { own_category_2: 'director' }],
    ['opportunity.changed', 'op_a', { own_category_1: 'Large' }],
    ['erp.daily', 'ac_x', { day: NOW, available: NOW, own_number_1: 12 }],
  ];
  state.fold(events.map(([type, subject, data], offset) => ({ id: `e${offset}`, source: 't', type, version: 1, subject, time: NOW, data, offset, received: NOW, knownAt: NOW }) as unknown as LoggedEvent));
  expect(state.record('op_a' as SubjectId)!.vector(NOW + 1)).toEqual(['director', 'Large', 1, 12]);
});

it('what a person account does reaches its opportunity, as the documentation maps them', () => {
  const persons = readMapping(parse(/## Person accounts.+?```yaml\n(.+?)```/su.exec(page)![1]!));
  const gate = createGate({ identities: memoryIdentities(), clock: () => NOW });
  const account = { Id: '001P', CreatedDate: '2026-01-05', IsPersonAccount: 'true', Type: 'Customer', PersonContactId: '003P', PersonEmail: 'ann@gmail.com', PersonMailingCountry: 'DE', PersonHasOptedOutOfEmail: '0', PersonDoNotCall: '1' };
  const deal = { Id: '006P', CreatedDate: '2026-01-06', OwnerId: '005A', AccountId: '001P', Amount: '500', 'Account.PersonContactId': '003P' };
  const told = Object.entries({ PersonAccount: account, Person: account, Opportunity: deal, Buyer: deal }).flatMap(([name, row]) =>
    createRowMapper({ object: persons.objects[name]!, rates: persons.rates, header: Object.keys(row), now: NOW })(Object.values(row)).events.map(({ event }) => event));
  const mail = { specversion: '1.0', id: 'm', source: 'mail', type: 'email.replied', subject: '003P', subjectkind: 'contact', time: new Date(NOW).toISOString(), data: {} };
  const events = [...told, mail].map((raw, offset) => {
    const event = gate.parse(raw, { scopes: ['crm', 'email'] });
    if (isRejection(event)) throw new Error(event.message);
    return Object.assign(event, { offset, received: NOW, knownAt: NOW });
  });
  const state = openMemoryState({ features: OPPORTUNITY_FEATURES });
  state.fold(events);
  const opportunity = events.find(({ type }) => type === 'opportunity.created')!.subject;
  const vector = state.record(opportunity)!.vector(NOW + 1);
  const names = columnNames(OPPORTUNITY_FEATURES, 'opportunity');
  expect(['buyer_replies_30d', 'email_domain_class', 'account_type', 'opted_out', 'do_not_call'].map((name) => vector[names.indexOf(name)])).toEqual([1, 'freemail', 'Customer', 0, 1]);
});

describe('a mapping is refused', () => {
  const lead = example.objects['Lead']!;
  const withLead = (change: object): object => ({ ...example, objects: { Lead: { ...lead, ...change } } });
  it.each([
    ['nothing', {}, /objects: nothing: maps no object/u],
    ['an unknown entry', { ...example, object: {} }, /"object": is not known here; use home_currency, rates, objects, features/u],
    ['an unknown record', withLead({ is: 'shoe' }), /objects\.Lead\.is: "shoe": is no record and no event type; use lead, contact/u],
    ['what only leadrank says', withLead({ is: 'impression.shown' }), /is no record and no event type/u],
    ['an unknown field', withLead({ fields: { owner: 'o', shoe: 'x' } }), /objects\.Lead\.fields\.shoe: is no field of lead\.created; use owner/u],
    ['a personal field', withLead({ fields: { owner: 'o', last_name: 'x' } }), /last_name: is personal and never stored; leave it out/u],
    ['no owner', withLead({ fields: {} }), /lacks owner, which lead\.created needs/u],
    ['an unknown meaning', withLead({ outcome: { column: 'S', values: { hot: ['x'] } } }), /outcome\.values: "hot": is not known here; use active/u],
    ['a word with two meanings', withLead({ outcome: { column: 'S', at: 'T', values: { active: ['x'], closed: ['x'] } } }), /"x": counts as active and as closed/u],
    ['an outcome without a time', withLead({ outcome: { column: 'S', values: { closed: ['x'] } } }), /does not say when a record took its value/u],
    ['record types without their column', withLead({ record_type: undefined }), /needs to know the record type of a row/u],
    ['an outcome of an account', { objects: { A: { is: 'account', id: 'Id', fields: {}, outcome: { column: 'S', values: {} } } } }, /A\.outcome: is not for account/u],
    ['a rate of nothing', { ...example, rates: { USD: { '2026-01-01': 0 } } }, /rates\.USD\.2026-01-01: 0: is not a number above 0/u],
    ['a rate of no day', { ...example, rates: { USD: { '2026-02-30': 1 } } }, /rates\.USD\.2026-02-30: is not a day/u],
    ['a rate without a home currency', { objects: example.objects, rates: { USD: { '2026-01-01': 1 } } }, /add home_currency/u],
    ['a subject kind that the type lacks', withLead({ subject_kind: 'contact' }), /subject_kind: "contact": is not known here; use lead/u],
    ['an immutable field that is not mapped', withLead({ immutable: ['industry'] }), /Lead\.immutable: "industry": is not mapped; use owner, lead_source/u],
    ['immutable fields without a creation', withLead({ immutable: ['owner'], time: undefined }), /Lead\.immutable: needs to know when a record was created; name the column of that time as time/u],
    ['its last change alone', withLead({ immutable: undefined, modified: 'LastModifiedDate' }), /Lead\.modified: goes with immutable; say which fields never change/u],
    ['when a record was entered', withLead({ known: 'SystemModstamp' }), /Lead\.known: is of what happened, and this is a record; say which of its fields are immutable/u],
    ['immutable fields of what happened', { objects: { A: { is: 'call.logged', id: 'Id', time: 'T', fields: { outcome: 'O' }, immutable: [] } } }, /A\.immutable: is of records, and call\.logged is something that happened/u],
  ])('%s', (_name, value, message) => {
    expect(() => readMapping(value)).toThrow(message);
  });

  it('for a column that the file does not have', () => {
    expect(() => createRowMapper({ object: mapping.objects['Lead']!, rates: mapping.rates, header: ['Id'], now: NOW })).toThrow(/column "CreatedDate": is not in the file; use one of "Id"/u);
  });
});

describe('a rate', () => {
  it('is the newest that is not later than the time, whatever the order of the file', () => {
    fc.assert(fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 5_000 }), { minLength: 1 }), fc.integer({ min: -1, max: 5_001 }), (days, day) => {
      const iso = (at: number): string => new Date(at * 86_400_000).toISOString().slice(0, 10);
      const rates = readRates('EUR', { USD: Object.fromEntries(days.map((at) => [iso(at), at + 1])) });
      const before = days.filter((at) => at <= day);
      expect(rates.at('USD', day * 86_400_000)).toBe(before.length === 0 ? undefined : Math.max(...before) + 1);
    }));
  });
});
