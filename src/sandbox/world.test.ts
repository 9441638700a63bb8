import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY } from '../base/index.ts';
import { createGate, isRejection, memoryIdentities, type Sender } from '../events/index.ts';
import { longId } from '../cell/index.ts';
import { parseLeadId } from './ids.ts';
import type { RawEvent } from './raw.ts';
import { world, type World } from './world.ts';
import { defaultWorld, loadWorld } from './world/load.ts';
import { oracleOf } from './world/truth.ts';

const START = Date.UTC(2026, 0, 5);
const OPTIONS = { seed: 7, start: START, reps: 6, leadsPerDay: 4 };
const ALL: Sender = { scopes: ['crm', 'web', 'email', 'telephony', 'marketing', 'erp', 'product'] };
const small = (): World => world(OPTIONS);
const happened = (w: World, from: number, to: number): string[] =>
  [...w.events(START + from * DAY, START + to * DAY)].map((event) => JSON.stringify(event));
const delivered = (w: World, from: number, to: number): string[] =>
  [...w.deliveries(START + from * DAY, START + to * DAY)].map((event) => JSON.stringify(event));
const raws = (lines: readonly string[]): RawEvent[] => lines.map((line) => (JSON.parse(line) as { raw: RawEvent }).raw);

describe('the simulated world', () => {
  const all = happened(small(), 0, 60);

  it.each([['happens', happened], ['is delivered', delivered]] as const)('%s the same in any pieces', (_name, told) => {
    const whole = told(small(), 0, 60);
    const cuts = fc.array(fc.double({ min: 0, max: 60, noNaN: true }), { maxLength: 4 });
    fc.assert(fc.property(cuts, (cut) => {
      const w = small();
      const edges = [0, ...cut.toSorted((a, b) => a - b), 60].map((day) => Math.round(day * DAY) / DAY);
      expect(edges.slice(1).flatMap((edge, i) => told(w, edges[i]!, edge))).toEqual(whole);
    }), { numRuns: 5 });
  });

  it('can begin to tell anywhere', () => {
    const late = happened(small(), 40, 60);
    expect(late).toEqual(all.slice(all.length - late.length));
    expect(late.length).toBeGreaterThan(500);
  });

  it('is another one for another seed', () => {
    expect(happened(world({ ...OPTIONS, seed: 8 }), 0, 5)).not.toEqual(happened(small(), 0, 5));
  });

  it('tells in order of time, each event once, nothing of a lead before it is there, and after its end only that it woke up', () => {
    const events = raws(all);
    expect(events.map((event) => event.time)).toEqual(events.map((event) => event.time).toSorted());
    expect(new Set(events.map((event) => event.id)).size).toBe(events.length);
    const begun = new Set<string>();
    const ended = new Set<string>();
    for (const { type, subject } of events.filter((event) => event.subject.startsWith('00Q'))) {
      if (type.startsWith('lead.created')) begun.add(subject);
      if (type === 'lead.reopened') ended.delete(subject);
      expect(begun, type).toContain(subject);
      expect(ended, type).not.toContain(subject);
      if (['lead.converted', 'lead.closed', 'lead.deleted'].includes(type)) ended.add(subject);
    }
  });

  it('tells of every record that a sales team has', () => {
    const types = new Set(raws(happened(small(), 0, 160)).map(({ type }) => type.replace(/\.v\d$/u, '')));
    for (const type of [
      'lead.created', 'lead.converted', 'lead.reopened', 'lead.qualified', 'contact.created', 'contact.role_set', 'contact.role_removed', 'account.created',
      'account.changed', 'opportunity.created', 'opportunity.changed', 'opportunity.won', 'opportunity.lost', 'campaign.created',
      'campaign.member_added', 'campaign.member_removed', 'link.visitor', 'link.lead', 'record.merged', 'web.visited', 'web.asset_downloaded', 'email.replied',
      'meeting.missed', 'meeting.cancelled', 'call.logged', 'task.created', 'sla.met', 'sla.breached', 'product.used', 'erp.daily',
      'marketing.daily', 'user.changed',
    ]) expect(types, type).toContain(type);
  });

  it('sends ERP rows of customers that were won, from the day after on, as of the others', () => {
    const events = raws(happened(small(), 0, 160));
    const born = new Set(events.filter(({ type, data }) => type === 'account.created' && data['type'] === 'Prospect').map(({ subject }) => subject));
    const won = new Map<string, number>();
    const rows = new Map<string, number[]>();
    const accounts = new Map<string, string>();
    for (const { type, subject, data, time } of events) {
      if (type === 'opportunity.created') accounts.set(subject, String(data['account']));
      if (type === 'account.changed' && data['type'] === 'Customer' && !won.has(subject)) won.set(subject, Date.parse(time));
      if (type === 'erp.daily' && data['restates'] !== true) rows.set(subject, [...(rows.get(subject) ?? []), Date.parse(String(data['day']))]);
    }
    let customers = 0;
    for (const account of born) {
      const since = won.get(account);
      const days = rows.get(account) ?? [];
      if (since === undefined) expect(days).toEqual([]);
      else if (since < START + 140 * DAY) {
        customers += 1;
        expect(Math.min(...days)).toBeGreaterThan(since - DAY);
        expect(Math.max(...days)).toBeGreaterThan(START + 150 * DAY);
      }
    }
    expect(customers).toBeGreaterThan(2);
  });

  it('passes the gate as it happens, and the gate keeps names, addresses and numbers out', () => {
    const gate = createGate({ identities: memoryIdentities(), clock: () => START + 61 * DAY });
    for (const raw of raws(all)) {
      const event = gate.parse(raw, ALL);
      if (isRejection(event)) throw new Error(`${raw.type}: ${event.message}`);
      const kept = JSON.stringify(event);
      for (const field of ['first_name', 'last_name', 'company', 'phone', 'street', 'email', 'title', 'owner', 'account', 'contact', 'name']) {
        const value = raw.data[field];
        if (typeof value === 'string') expect(kept).not.toContain(`"${value}"`);
      }
    }
  });

  it('is delivered as real sources do: late, twice, and now and then broken', () => {
    const gate = createGate({ identities: memoryIdentities(), clock: () => START + 400 * DAY });
    const params = { ...defaultWorld(), mess: { ...defaultWorld().mess, malformed: 0.02, duplicates: 0.02, late: 0.1 } };
    const seen = new Map<string, number>();
    const refused = new Set<string>();
    let late = 0;
    for (const { at, raw } of world({ ...OPTIONS, params }).deliveries(START, START + 60 * DAY)) {
      const event = gate.parse(raw, ALL);
      if (isRejection(event)) refused.add(event.code);
      else seen.set(event.id, (seen.get(event.id) ?? 0) + 1);
      if (Date.parse(raw.time) < at) late += 1;
    }
    expect([...refused].toSorted()).toEqual(['future', 'malformed', 'unknown-type']);
    expect([...seen.values()].filter((times) => times === 2).length / seen.size).toBeCloseTo(0.02, 1);
    expect(late / seen.size).toBeGreaterThan(0.08);
    expect(new Set(raws(all).filter(({ type }) => type !== 'broken').map(({ id }) => id)).size).toBeLessThanOrEqual(seen.size + 50);
  });

  it('drifts on demand: the same until a day, another one after', () => {
    const drift = { after_days: 30, base: 2, fit: -0.5, intent: 0, sources: { Web: -2 } };
    const told = happened(world({ ...OPTIONS, params: { ...defaultWorld(), drift } }), 0, 60);
    const same = (from: number, to: number): boolean =>
      JSON.stringify(happened(world({ ...OPTIONS, params: { ...defaultWorld(), drift } }), from, to)) === JSON.stringify(happened(small(), from, to));
    expect(same(0, 22)).toBe(true); // who will come in then is seen on the site some days before
    expect(same(35, 60)).toBe(false);
    const conversions = (lines: readonly string[]): number => raws(lines).filter(({ type }) => type === 'lead.converted').length;
    expect(conversions(told)).toBeGreaterThan(1.5 * conversions(all));
  });

  it('says who asks to be forgotten, and tells nothing of them after', () => {
    const params = { ...defaultWorld(), mess: { ...defaultWorld().mess, erased: 0.1 } };
    const w = world({ ...OPTIONS, params });
    const asked = new Map(w.erasures(START, START + 60 * DAY).map(({ at, record }) => [record, at]));
    expect(asked.size).toBeGreaterThan(5);
    const deleted = new Set<string>();
    for (const { at, raw } of w.events(START, START + 60 * DAY)) {
      if (raw.type === 'lead.deleted' && !raw.subject.startsWith('00QTWN')) deleted.add(raw.subject);
      expect(at, raw.type).toBeLessThan(asked.get(raw.subject) ?? Infinity);
    }
    for (const record of deleted) expect(asked.has(record)).toBe(true);
  });

  it('remembers the open lives only: a longer history takes no more room', () => {
    const w = world({ ...OPTIONS, leadsPerDay: 12 });
    const openAt = (day: number): number => {
      for (const event of w.events(START + (day - 1) * DAY, START + day * DAY)) void event;
      return w.open();
    };
    const early = openAt(150);
    expect(early).toBeGreaterThan(100);
    expect(openAt(420)).toBeLessThan(1.25 * early);
  });

  it('agrees with what it says is true', () => {
    const oracle = oracleOf(OPTIONS);
    const converted = raws(all).filter((event) => event.type === 'lead.converted');
    expect(converted.length).toBeGreaterThan(5);
    for (const { subject, time } of converted) expect(oracle.truth(subject)?.convertedAt).toBe(Date.parse(time));
    expect(oracle.truth('00QSIM000009999AAA')).toBeUndefined();
  });

  it('has none of the effects of actions where its parameters say so', () => {
    const lead = raws(all).find((event) => event.type.startsWith('lead.created'))!.subject;
    expect(oracleOf({ ...OPTIONS, params: loadWorld('no-effect') }).truth(lead)!.effects).toEqual({ call: 0, email: 0, meeting: 0, offer: 0 });
    expect(Math.max(...Object.values(oracleOf({ ...OPTIONS, params: loadWorld('harmful-actions') }).truth(lead)!.effects))).toBeLessThan(0);
  });
});

describe('the org', () => {
  it('knows every opportunity that is told of, by the company that it is with', () => {
    const w = world({ seed: 1, start: START });
    let told = 0;
    for (const { raw } of w.events(START, START + 40 * DAY)) {
      if (raw.type !== 'opportunity.created') continue;
      told += 1;
      const deal = w.org.deal(raw.subject)!;
      expect(deal.name.startsWith(deal.company)).toBe(true);
    }
    expect(told).toBeGreaterThan(10);
    expect(w.org.deal('006SIM204580000AAA')).toBeUndefined();
  });

  it('shows the people whose personal data the gate dropped', () => {
    const w = small();
    const created = raws(happened(w, 0, 3)).find((event) => event.type.startsWith('lead.created'))!;
    expect(w.org.lead(created.subject)).toMatchObject({
      first: created.data['first_name'], last: created.data['last_name'], email: created.data['email'], company: created.data['company'],
    });
    expect(w.org.lead('00QSIM204580000AAA')).toBeUndefined();
  });

  it('has teams: every rep reports to a manager', () => {
    const users = world({ seed: 1, start: START }).org.users();
    const managers = users.filter((user) => user.role === 'manager').map((user) => user.id);
    expect(managers).toHaveLength(8);
    expect(users).toHaveLength(32);
    for (const user of users) if (user.role === 'rep') expect(managers).toContain(user.manager);
  });
});

it('nobody calls whom the CRM says not to call, nor writes to whom it says not to write', () => {
  const mess = { ...defaultWorld().mess, no_calls: 0.3, no_mails: 0.3 };
  const events = raws(happened(world({ ...OPTIONS, params: { ...defaultWorld(), mess } }), 0, 60));
  const told = (box: string): Set<string> => new Set(events.filter(({ type, data }) => /^(?:lead|contact)\.created/u.test(type) && data[box] === true).map(({ subject }) => subject));
  const [noCalls, noMails] = [told('do_not_call'), told('opted_out')];
  const whom = (type: string): string[] => events.filter((event) => event.type === type && /^00[Q3]/u.test(event.subject)).map(({ subject }) => subject);
  expect([noCalls, noMails].every(({ size }) => size > 20)).toBe(true);
  expect(whom('call.logged').filter((subject) => noCalls.has(subject) && subject.startsWith('00Q'))).toEqual([]);
  expect(whom('email.sent').filter((subject) => noMails.has(subject) && subject.startsWith('00Q'))).toEqual([]);
  expect(whom('email.sent').some((subject) => noCalls.has(subject))).toBe(true);
});

describe('whose the leads are', () => {
  const mess = { ...defaultWorld().mess, queued: 0.2, unowned: 0.1, two_territories: 0.2, left: 0.4 };
  const events = raws(happened(world({ ...OPTIONS, reps: 6, params: { ...defaultWorld(), mess } }), 0, 160));
  const created = new Map(events.filter(({ type, subject }) => type === 'lead.created.v2' && !subject.startsWith('00QTWN')).map(({ subject, data }) => [subject, data]));
  const queues = new Set(events.filter(({ type, data }) => type === 'user.changed' && data['queue'] === true).map(({ subject }) => subject));

  it('some belong to the queue of their territory, some to nobody, some to two territories; all of them are in one', () => {
    const share = (is: (data: RawEvent['data']) => boolean): number => [...created.values()].filter(is).length / created.size;
    expect(queues.size).toBe(3);
    expect(share(({ owner }) => queues.has(String(owner)))).toBeCloseTo(0.2, 1);
    expect(share(({ owner }) => owner === undefined)).toBeCloseTo(0.1, 1);
    expect(share(({ territory }) => String(territory).split(';').length === 2)).toBeCloseTo(0.2, 1);
    for (const { territory } of created.values()) expect(territory).toMatch(/^(United States|Canada|Mexico)/u);
  });

  it('who reaches one takes it over, and only then does it convert', () => {
    const owners = new Map<string, string | undefined>();
    for (const { type, subject, data } of events) {
      if (type.startsWith('lead.created')) owners.set(subject, data['owner'] as string | undefined);
      if (type === 'lead.changed' && data['owner'] !== undefined) owners.set(subject, data['owner'] as string);
      if (type === 'lead.converted') expect(owners.get(subject)).toMatch(/^005/u);
    }
  });

  it('a rep leaves: what was open bears the name until somebody works it, what is new does not', () => {
    const left = new Map(events.filter(({ data }) => data['active'] === false).map(({ subject, time }) => [subject, Date.parse(time)]));
    expect([...left.values()]).toEqual([START + 85 * DAY]);
    const [[rep, at]] = [...left] as [[string, number]];
    const after = events.filter(({ time }) => Date.parse(time) > at);
    const named = ({ data }: RawEvent): boolean => data['owner'] === rep || data['user'] === rep;
    expect(after.filter((event) => named(event) && event.type !== 'account.created' && !event.type.startsWith('meeting.')).map(({ type }) => type)).toEqual([]);
    expect(after.some(({ type, subject, data }) => type === 'lead.changed' && data['owner'] !== undefined && created.get(subject)?.['owner'] === rep)).toBe(true);
  });
});

describe('an id', () => {
  it('has the suffix that Salesforce gives it', () => {
    expect(longId('001A0000006Vm9r')).toBe('001A0000006Vm9rIAC');
    expect(longId('003000000000000')).toBe('003000000000000AAA');
    expect(longId('00QSIM000000123')).toHaveLength(18);
  });

  it('is not taken for a lead with a wrong suffix', () => {
    expect(parseLeadId(longId('00QSIM204580007'))).toEqual({ day: 20_458, index: 7 });
    expect(parseLeadId('00QSIM204580007AAA')).toBeUndefined();
  });
});
