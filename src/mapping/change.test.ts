import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY, HOUR } from '../base/index.ts';
import { createGate, isRejection, memoryIdentities, type Event } from '../events/index.ts';
import { createChangeMapper, type ChangeMapperOptions } from './change.ts';
import { readMapping } from './read.ts';

const COMMIT = Date.UTC(2026, 2, 2, 9);
const mapping = readMapping({
  home_currency: 'EUR',
  rates: { USD: { '2026-01-01': 0.9 } },
  objects: {
    Lead: {
      is: 'lead', id: 'Id', time: 'CreatedDate', record_type: 'RecordTypeId',
      fields: { owner: 'OwnerId', industry: 'Industry', employees: 'NumberOfEmployees', country: 'Country', opted_out: 'HasOptedOutOfEmail', time_zone: { constant: 'Europe/Berlin' } },
      outcome: { column: 'Status', at: 'StatusDate__c', values: { active: ['New', 'Working'], qualified: ['SQL'], converted: ['Converted'], closed: ['Lost'] } },
    },
    Opportunity: {
      is: 'opportunity', id: 'Id', fields: { owner: 'OwnerId', account: 'AccountId', amount: 'Amount', currency: 'CurrencyIsoCode', close_date: 'CloseDate' },
      outcome: { column: 'StageName', at: 'LastStageChangeDate', values: { active: ['Offer', 'Review'], won: ['Won'], lost: ['Lost'] } },
    },
    OpportunityContactRole: { is: 'contact.role_set', id: 'ContactId', fields: { opportunity: 'OpportunityId', role: 'Role' } },
  },
});

type Fields = Record<string, unknown>;
const header = (change: Fields): Fields => ({
  entityName: 'Lead', recordIds: ['00Q1'], changeType: 'UPDATE', changeOrigin: 'com/salesforce/api/soap/63.0;client=SfdcInternalAPI/', transactionKey: '0002-ab', sequenceNumber: 1,
  commitTimestamp: COMMIT, commitNumber: 5, commitUser: '005A', nulledFields: [], diffFields: [], changedFields: [], ...change,
});
const update = (fields: Fields, more: Fields = {}): Fields => ({
  ...fields, ChangeEventHeader: header({ changedFields: Object.keys(fields), nulledFields: Object.keys(fields).filter((name) => fields[name] === null), ...more }),
});
const mapper = (options: Partial<ChangeMapperOptions> = {}) => createChangeMapper({ mapping, ...options });

/** What passes the gate. */
function told(change: Fields, options: Partial<ChangeMapperOptions> = {}): { events: Event[]; fetch: readonly string[]; resync: boolean; ignored: string | null } {
  const gate = createGate({ identities: memoryIdentities(), clock: () => COMMIT + 1 });
  const result = mapper(options).ofChange(change);
  const events = result.events.map((raw) => {
    const event = gate.parse(raw, { scopes: ['crm'] });
    if (isRejection(event)) throw new Error(event.message);
    return event;
  });
  return { ...result, events };
}
const brief = ({ events }: { events: Event[] }): unknown[] => events.map(({ type, data }) => {
  const { owner: _owner, account: _account, contact: _contact, opportunity: _opportunity, ...rest } = data;
  return [type, rest];
});

describe('a change event', () => {
  it('of a new record tells all of it, from when it was created', () => {
    const { events } = told({ ...update({ OwnerId: '005A', Industry: 'Energy', NumberOfEmployees: 120, Status: 'New', CreatedDate: COMMIT - 5_000, Address: { City: 'Graz', Country: 'AT' } }, { changeType: 'CREATE' }) });
    expect(brief({ events })).toEqual([['lead.created', { industry: 'Energy', employees: 120, country: 'AT', time_zone: 'Europe/Berlin' }]]);
    expect(events[0]!.time).toBe(COMMIT - 5_000);
  });

  it('of an update tells what changed, and what was emptied; unchanged fields are null and mean nothing', () => {
    expect(brief(told({ ...update({ Industry: 'Retail', NumberOfEmployees: null }), OwnerId: null, Country: null, Status: null }))).toEqual([['lead.changed', { industry: 'Retail', employees: null }]]);
    expect(brief(told({ Address: { Country: 'FR', City: null }, ChangeEventHeader: header({ changedFields: ['Address.Country'] }) }))).toEqual([['lead.changed', { country: 'FR' }]]);
    expect(brief(told({ Address: null, ChangeEventHeader: header({ changedFields: ['Address'], nulledFields: ['Address'] }) }))).toEqual([['lead.changed', { country: null }]]);
    expect(told(update({ Phone: '1', LastModifiedDate: COMMIT }))).toMatchObject({ events: [], fetch: [] });
  });

  it('of several records is one of each', () => {
    const { events } = told(update({ Industry: 'Retail' }, { recordIds: ['00Q1', '00Q2'] }));
    expect(new Set(events.map(({ id, subject }) => `${id} ${subject}`)).size).toBe(2);
  });

  it('of the picklist tells what that counts as; a step back where it is known what it was', () => {
    const stage = (Status: string, was?: string): unknown[] => brief(told(update({ Status }), was === undefined ? {} : { recall: () => ({ Status: was, RecordTypeId: null }) }));
    expect(stage('Working')).toEqual([['lead.changed', { status: 'Working' }]]);
    expect(stage('SQL')).toEqual([['lead.qualified', { stage: 'SQL' }]]);
    expect(stage('Lost')).toEqual([['lead.closed', { reason: 'Lost' }]]);
    expect(stage('Working', 'Lost')).toEqual([['lead.changed', { status: 'Working' }], ['lead.reopened', {}]]);
    expect(stage('Lost', 'Lost')).toEqual([]);
    expect(mapper().ofChange(update({ Status: 'Odd' }))).toMatchObject({ events: [], unknownValues: ['Odd'] });
  });

  it('of a conversion names what the lead became', () => {
    const { events } = told(update({ IsConverted: true, Status: 'Converted', ConvertedAccountId: '001A', ConvertedContactId: '003A', ConvertedOpportunityId: null }));
    expect(events.map(({ type }) => type)).toEqual(['lead.converted']);
    expect(Object.keys(events[0]!.data)).toEqual(['account', 'contact']);
  });

  it('of a conversion has its moment, whenever it is heard of', () => {
    const at = (ConvertedDate: unknown, heard: number): number => {
      const { events } = mapper().ofRecord('Lead', { Id: '00Q1', IsConverted: true, ConvertedDate }, heard) as unknown as { events: { type: string; time: string }[] };
      return Date.parse(events.find(({ type }) => type === 'lead.converted')!.time);
    };
    const day = Date.UTC(2026, 1, 20);
    expect([at('2026-02-20', COMMIT), at(day, COMMIT), at('2026-02-20', day + 5_000)]).toEqual([day + DAY - 1, day + DAY - 1, day + 5_000]);
    expect([at('2026-02-20T07:30:00.000Z', COMMIT), at('2026-03-03', COMMIT + 2 * HOUR), at(null, COMMIT), at('soon', COMMIT)]).toEqual([day + 7.5 * HOUR, COMMIT + 2 * HOUR, COMMIT, COMMIT]);
    expect(told(update({ IsConverted: true, ConvertedDate: '2026-03-02' })).events[0]!.time).toBe(COMMIT);
  });

  it('that says won again, in whatever words and at whatever moment, is the same event', () => {
    const won = (more: Fields): { type: string; id: string; data: Fields }[] =>
      (mapper().ofChange(update({ Amount: 7, CurrencyIsoCode: 'EUR', StageName: 'Won', ...more }, { entityName: 'Opportunity', recordIds: ['0061'], transactionKey: `0002-${Object.keys(more).length}` })) as unknown as { events: { type: string; id: string; data: Fields }[] }).events
        .filter(({ type }) => type === 'opportunity.won');
    const read = mapper().ofRecord('Opportunity', { Id: '0061', Amount: 7, CurrencyIsoCode: 'EUR', StageName: 'Won' }, COMMIT + DAY).events as { type: string; id: string }[];
    const ids = [...won({}), ...won({ LastStageChangeDate: COMMIT - 1_000 }), ...read.filter(({ type }) => type === 'opportunity.won')].map(({ id }) => id);
    expect([ids.length, new Set(ids).size]).toEqual([3, 1]);
  });

  it('of what was won is worth the rate of that day, whenever it is heard of', () => {
    const rates = { USD: { '2026-01-01': 0.9, '2026-02-01': 0.5 } };
    const moved = readMapping({ home_currency: 'EUR', rates, objects: { Opportunity: { is: 'opportunity', id: 'Id', fields: { owner: 'OwnerId', amount: 'Amount', currency: 'CurrencyIsoCode' }, outcome: { column: 'StageName', at: 'LastStageChangeDate', values: { won: ['Won'] } } } } });
    const { events } = createChangeMapper({ mapping: moved }).ofRecord('Opportunity', { Id: '0061', Amount: 100, CurrencyIsoCode: 'USD', StageName: 'Won', LastStageChangeDate: Date.UTC(2026, 0, 9) }, COMMIT) as unknown as { events: { type: string; data: Fields }[] };
    expect(events.find(({ type }) => type === 'opportunity.won')!.data['amount_home']).toBe(90);
  });

  it('of an amount without its currency asks for the record, unless somebody remembers', () => {
    const won = update({ StageName: 'Won', LastStageChangeDate: COMMIT - 1_000 }, { entityName: 'Opportunity', recordIds: ['0061'] });
    expect(told(won)).toMatchObject({ events: [], fetch: ['0061'] });
    const recall = () => ({ Amount: 100, CurrencyIsoCode: 'USD', StageName: 'Offer' });
    expect(brief(told(won, { recall }))).toEqual([['opportunity.won', { amount: 100, currency: 'USD', amount_home: 90, conversion: 'converted' }]]);
    expect(brief(told(update({ Amount: 7, CurrencyIsoCode: 'EUR' }, { entityName: 'Opportunity' })))).toEqual([['opportunity.changed', { amount: 7, currency: 'EUR', amount_home: 7, conversion: 'home' }]]);
    expect(brief(told(update({ Amount: 7, CloseDate: '2026-04-01' }, { entityName: 'Opportunity' })))).toEqual([['opportunity.changed', { close_date: Date.UTC(2026, 3, 1) }]]);
    const read = mapper().ofRecord('Opportunity', { Id: '0061', OwnerId: '005A', Amount: 100, CurrencyIsoCode: 'USD', StageName: 'Won', LastStageChangeDate: COMMIT - 1_000 }, COMMIT + 9) as unknown as { events: { type: string; id: string }[] };
    const changed = mapper({ recall }).ofChange(won) as unknown as typeof read;
    expect(read.events.map(({ type }) => type)).toEqual(['opportunity.changed', 'opportunity.won']);
    expect(read.events[1]!.id).toBe(changed.events[0]!.id); // told twice, it counts once
  });

  it('of a role makes the contact part of the opportunity, and takes it out again', () => {
    const role = { ContactId: '003A', OpportunityId: '0061', Role: 'Buyer' };
    const of = (changeType: string) => ({ entityName: 'OpportunityContactRole', changeType, recordIds: ['00K1'] });
    expect(told(update(role, of('CREATE'))).events).toMatchObject([{ type: 'contact.role_set', data: { role: 'Buyer' } }]);
    expect(told(update({}, of('DELETE')), { recall: () => role }).events).toMatchObject([{ type: 'contact.role_removed' }]);
    expect(told(update({}, of('DELETE')))).toMatchObject({ events: [], resync: true });
    expect(told(update({ Role: 'User' }, of('UPDATE')))).toMatchObject({ events: [], fetch: ['00K1'] });
  });

  it('that tells nothing of itself asks for what it tells of', () => {
    expect(told(update({}, { changeType: 'GAP_UPDATE' }))).toMatchObject({ events: [], fetch: ['00Q1'] });
    expect(brief(told(update({}, { changeType: 'GAP_DELETE' })))).toEqual([['lead.deleted', {}]]);
    expect(told(update({}, { changeType: 'GAP_OVERFLOW', recordIds: ['000000000000000AAA'] }))).toMatchObject({ events: [], resync: true });
  });

  it('of our own, of another object, or none at all is left alone', () => {
    expect(told(update({ Industry: 'x' }, { changeOrigin: 'com/salesforce/api/rest/63.0;client=leadrank' })).ignored).toBe('own');
    expect(told(update({ Industry: 'x' }, { entityName: 'Shoe' })).ignored).toBe('unmapped');
    fc.assert(fc.property(fc.anything(), (change) => void expect(mapper().ofChange(change).ignored).toBe('malformed')));
  });

  it('with anything in it never throws', () => {
    const spoilt = fc.record({
      fields: fc.dictionary(fc.constantFrom('Industry', 'Status', 'Amount', 'CurrencyIsoCode', 'Address', 'StageName', 'IsConverted', 'ContactId', '__proto__'), fc.anything()),
      more: fc.record({ entityName: fc.constantFrom('Lead', 'Opportunity', 'OpportunityContactRole', '__proto__'), changeType: fc.constantFrom('CREATE', 'UPDATE', 'DELETE', 'UNDELETE', 'GAP_CREATE'), changedFields: fc.anything(), transactionKey: fc.anything() }, { requiredKeys: ['entityName'] }),
    });
    fc.assert(fc.property(spoilt, ({ fields, more }) => void mapper({ recall: () => fields }).ofChange(update(fields, more))), { numRuns: 300 });
  });
});

it('changes, one after the other, leave what the record as a whole says', () => {
  const fields = fc.record({
    Industry: fc.constantFrom('Energy', 'Retail', null), NumberOfEmployees: fc.option(fc.nat(900)), Country: fc.constantFrom('AT', 'FR', null), HasOptedOutOfEmail: fc.boolean(), OwnerId: fc.constantFrom('005A', '005B'),
  }, { requiredKeys: [] });
  fc.assert(fc.property(fc.array(fields, { minLength: 1, maxLength: 6 }), (steps) => {
    const record: Fields = { Id: '00Q1' };
    const data: Fields = {};
    for (const step of steps) {
      const { Country, ...rest } = step;
      Object.assign(record, step);
      const change = 'Country' in step ? update({ ...rest, Address: { Country } }, { changedFields: [...Object.keys(rest), 'Address.Country'] }) : update(rest);
      for (const event of mapper().ofChange(change).events) Object.assign(data, (event as { data: object }).data);
    }
    const [whole] = mapper().ofRecord('Lead', record, COMMIT).events as { data: object }[];
    expect(data).toEqual(whole?.data ?? {});
  }));
});
