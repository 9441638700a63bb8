import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY } from '../base/index.ts';
import { createGate, isRejection, memoryIdentities } from '../events/index.ts';
import { parseLeadId, withSuffix } from './ids.ts';
import type { RawEvent } from './raw.ts';
import { world, type World } from './world.ts';

const START = Date.UTC(2026, 0, 5);
const small = (): World => world({ seed: 7, start: START, reps: 6, leadsPerDay: 4 });
const told = (w: World, from: number, to: number): string[] => [...w.events(START + from * DAY, START + to * DAY)].map((event) => JSON.stringify(event));

describe('the simulated world', () => {
  const all = told(small(), 0, 60);

  it('tells the same history in any pieces', () => {
    fc.assert(fc.property(fc.array(fc.double({ min: 0, max: 60, noNaN: true }), { maxLength: 5 }), (cuts) => {
      const w = small();
      const edges = [0, ...cuts.toSorted((a, b) => a - b), 60].map((day) => Math.round(day * DAY) / DAY);
      expect(edges.slice(1).flatMap((edge, i) => told(w, edges[i]!, edge))).toEqual(all);
    }), { numRuns: 10 });
  });

  it('can begin to tell anywhere', () => {
    expect(told(small(), 40, 60)).toEqual(all.slice(all.length - told(small(), 40, 60).length));
    expect(told(small(), 40, 60).length).toBeGreaterThan(100);
  });

  it('is another one for another seed', () => {
    expect(told(world({ seed: 8, start: START, reps: 6, leadsPerDay: 4 }), 0, 5)).not.toEqual(told(small(), 0, 5));
  });

  it('tells in order of time, each event once, nothing after the end of a lead', () => {
    const events = all.map((line) => JSON.parse(line) as RawEvent);
    expect(events.map((event) => event.time)).toEqual(events.map((event) => event.time).toSorted());
    expect(new Set(events.map((event) => event.id)).size).toBe(events.length);
    const ended = new Set<string>();
    const begun = new Set<string>();
    for (const { type, subject } of events) {
      if (type === 'user.changed') continue;
      if (type.startsWith('lead.created')) begun.add(subject);
      expect(begun.has(subject)).toBe(true);
      expect(ended.has(subject)).toBe(false);
      if (type === 'lead.converted' || type === 'lead.closed') ended.add(subject);
    }
  });

  it('passes the gate, which keeps names, addresses and numbers out', () => {
    const gate = createGate({ identities: memoryIdentities(), clock: () => START + 61 * DAY });
    for (const line of all) {
      const raw = JSON.parse(line) as RawEvent;
      const event = gate.parse(raw, { scopes: ['crm', 'web', 'email', 'telephony'] });
      if (isRejection(event)) throw new Error(`${raw.type}: ${event.message}`);
      if (!raw.type.startsWith('lead.created')) continue;
      expect(event.version).toBe(2);
      const kept = JSON.stringify(event);
      for (const field of ['first_name', 'last_name', 'company', 'phone', 'street', 'email', 'title', 'owner']) {
        const value = raw.data[field];
        if (value !== null) expect(kept).not.toContain(`"${String(value)}"`);
      }
    }
  });

  it('is believable: leads convert now and then, and better ones more often', () => {
    const w = world({ seed: 3, start: START, leadsPerDay: 12 });
    const leads = new Map<string, { created: number; converted?: number }>();
    let count = 0;
    for (const event of w.events(START, START + 120 * DAY)) {
      count += 1;
      if (event.type.startsWith('lead.created')) leads.set(event.subject, { created: Date.parse(event.time) });
      if (event.type === 'lead.converted') leads.get(event.subject)!.converted = Date.parse(event.time);
    }
    const rows = [...leads].filter(([, lead]) => lead.created < START + 90 * DAY).map(([id, { created, converted = Infinity }]) => ({
      quality: w.truth(id)!.quality, won: converted - created <= 30 * DAY,
    }));
    expect(count / leads.size).toBeGreaterThan(15);
    const rate = rows.filter((row) => row.won).length / rows.length;
    expect(rate).toBeGreaterThan(0.05);
    expect(rate).toBeLessThan(0.15);
    const auc = areaUnderCurve(rows);
    expect(auc).toBeGreaterThan(0.75);
    expect(auc).toBeLessThan(0.88);
  });

  it('agrees with what it says is true', () => {
    const w = small();
    const converted = all.map((line) => JSON.parse(line) as RawEvent).filter((event) => event.type === 'lead.converted');
    expect(converted.length).toBeGreaterThan(5);
    for (const event of converted) expect(w.truth(event.subject)?.convertedAt).toBe(Date.parse(event.time));
    expect(w.truth('00QSIM000009999AAA')).toBeUndefined();
  });
});

describe('the org', () => {
  it('shows the people whose personal data the gate dropped', () => {
    const w = small();
    const created = [...w.events(START, START + 3 * DAY)].find((event) => event.type.startsWith('lead.created'))!;
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

describe('an id', () => {
  it('has the suffix that Salesforce gives it', () => {
    expect(withSuffix('001A0000006Vm9r')).toBe('001A0000006Vm9rIAC');
    expect(withSuffix('003000000000000')).toBe('003000000000000AAA');
    expect(withSuffix('00QSIM000000123')).toHaveLength(18);
  });

  it('is not taken for a lead with a wrong suffix', () => {
    expect(parseLeadId(withSuffix('00QSIM204580007'))).toEqual({ day: 20_458, index: 7 });
    expect(parseLeadId('00QSIM204580007AAA')).toBeUndefined();
  });
});

/** The chance that a won lead has the higher quality than a lost one. */
function areaUnderCurve(rows: readonly { quality: number; won: boolean }[]): number {
  let won = 0;
  let ranks = 0;
  for (const [i, row] of rows.toSorted((a, b) => a.quality - b.quality).entries()) {
    if (!row.won) continue;
    won += 1;
    ranks += i + 1;
  }
  return (ranks - (won * (won + 1)) / 2) / (won * (rows.length - won));
}
