import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DAY, HOUR, MINUTE } from '../src/base/index.ts';
import type { Role } from '../src/serve/index.ts';
import { NOW, smallCell, type TestCell } from './support/cell.ts';

let cell: TestCell;
let lastId = 0;
const as = (user: string, role: Role = 'rep'): { user: string; role: Role } => ({ user, role });
const crm = { user: 'crm', role: 'service' as const, scope: 'crm web email' };

/** Each a second later than the one before, where no time is given. */
const event = (type: string, subject: string, data: object = {}, at = NOW - HOUR + 1_000 * lastId): object =>
  ({ specversion: '1.0', id: `c-${(lastId += 1)}`, source: 'salesforce', type, subject, time: new Date(at).toISOString(), data });

/** What a CRM tells of a small team, taken and folded. */
async function tell(...events: object[]): Promise<void> {
  const { status, body } = await cell.ask(crm, 'POST', '/v1/events', events);
  expect([status, body.rejected]).toEqual([202, []]);
  await cell.node.caughtUp();
}

const list = async (user: string, query = '', role: Role = 'rep'): Promise<any> => {
  const { status, body } = await cell.ask(as(user, role), 'GET', `/v1/worklist?limit=200${query}`);
  expect(status).toBe(200);
  return body;
};
const records = (body: any): string[] => body.items.map(({ record }: any) => record).toSorted();
const find = (body: any, record: string): any => body.items.find((item: any) => item.record === record);
const say = (user: string, body: object): Promise<any> => cell.ask(as(user), 'POST', '/v1/feedback', body);

beforeAll(async () => {
  cell = await smallCell({ model: false, days: 3 });
  const team = ['A', 'B', 'C', 'D', 'E', 'F'].map((name) => event('user.changed', `005${name}`, { manager: '005M', active: true }));
  await tell(
    event('user.changed', '005M', { active: true, manager: '005N' }),
    event('user.changed', '005N', { active: true, manager: '005M' }), // a circle
    ...team,
    event('user.changed', '005A', { territories: 'North;South' }),
    event('user.changed', '00GQ', { queue: true, territories: 'North' }),
  );
});
afterAll(() => cell.close());

describe('whose list a record is on', () => {
  test('a user without records has an empty one', async () => {
    expect(await list('005F')).toMatchObject({ items: [], leftOut: [] });
  });

  test('nobody’s in two territories is once on the list of who works them, and is theirs to answer', async () => {
    await tell(
      event('lead.changed', '00Qpool', { territory: 'North;South', industry: 'Energy' }),
      event('lead.created', '00Qqueue', { owner: '00GQ' }, NOW - 2 * DAY),
      event('lead.changed', '00Qlost', { industry: 'Energy' }),
    );
    const body = await list('005A');
    expect(records(body)).toEqual(['00Qpool', '00Qqueue']);
    expect(find(body, '00Qpool').flags).toEqual(['nobody owns it yet']);
    expect(records(await list('005B'))).toEqual([]);
    expect((await cell.ask(as('005A'), 'GET', '/v1/records/00Qpool/insight')).status).toBe(200);
    expect((await cell.ask(as('005B'), 'GET', '/v1/records/00Qpool/insight')).status).toBe(404);
    expect(records(await list('005M', '&user=005A', 'manager'))).toEqual(['00Qpool', '00Qqueue']);
    for (const record of ['00Qpool', '00Qqueue']) {
      const seenBy = async (user: string): Promise<number> => (await cell.ask(as(user, 'manager'), 'GET', `/v1/records/${record}/insight`)).status;
      expect([await seenBy('005M'), await seenBy('005Z')]).toEqual([200, 404]);
    }
    const { body: lost } = await cell.ask(as('op', 'ops'), 'GET', '/v1/records/00Qlost/insight');
    expect(lost.notListed).toEqual({ reason: 'unassigned', sentence: 'nobody owns it, and it is in no territory' });
    expect((await cell.ask(as('op', 'ops'), 'GET', '/v1/monitor')).body.unassigned).toBeGreaterThan(0);
  });

  test('of who left is with the manager, flagged; of who is away, what is urgent', async () => {
    await tell(
      event('lead.created', '00Qleft', { owner: '005D' }, NOW - 9 * DAY),
      event('lead.created', '00Qold', { owner: '005E' }, NOW - 9 * DAY),
      event('lead.created', '00Qurgent', { owner: '005E' }, NOW - 9 * DAY),
      event('task.created', '00Qurgent', { due: new Date(NOW + HOUR).toISOString() }),
      event('user.changed', '005D', { active: false }),
      event('user.changed', '005E', { away_until: new Date(NOW + 3 * DAY).toISOString() }),
    );
    const body = await list('005M', '', 'manager');
    expect(records(body)).toEqual(['00Qleft', '00Qurgent']);
    expect([find(body, '00Qleft').flags, find(body, '00Qurgent').flags]).toEqual([['its owner has left'], ['its owner is away']]);
    expect((await cell.ask(as('005M', 'manager'), 'GET', '/v1/records/00Qleft/insight')).status).toBe(200);
    await tell(event('lead.created', '00Qorphan', { owner: '005X' }, NOW - 9 * DAY), event('user.changed', '005X', { active: false }));
    const { body: orphan } = await cell.ask(as('op', 'ops'), 'GET', '/v1/records/00Qorphan/insight');
    expect(orphan.notListed).toEqual({ reason: 'orphaned', sentence: 'its owner has left, and whom they reported to is not known' });
    await tell(event('user.changed', '005D', { active: true }, NOW - MINUTE), event('user.changed', '005E', { away_until: null }, NOW - MINUTE));
    expect(records(await list('005M', '', 'manager'))).toEqual([]);
  });

  test('of who is away while the manager is away, too, or left, what is urgent is with the next who is there; so is that of a rep who left the one who is away', async () => {
    const tomorrow = new Date(NOW + DAY).toISOString();
    const urgent = (id: string, owner: string): object[] => [event('lead.created', id, { owner }, NOW - 9 * DAY), event('task.created', id, { due: new Date(NOW + HOUR).toISOString() })];
    await tell(
      event('user.changed', '005I', { active: true }),
      event('user.changed', '005H', { manager: '005I' }),
      ...['005G', '005K'].map((user) => event('user.changed', user, { manager: '005H' })),
      ...urgent('00Qg', '005G'), ...urgent('00Qh', '005H'), ...urgent('00Qk', '005K'),
      event('lead.created', '00Qg2', { owner: '005G' }, NOW - 9 * DAY), event('lead.created', '00Qk2', { owner: '005K' }, NOW - 9 * DAY),
      event('user.changed', '005K', { active: false }),
      event('user.changed', '005G', { away_until: tomorrow }),
    );
    expect([records(await list('005H', '', 'manager')), records(await list('005I', '', 'manager'))]).toEqual([['00Qg', '00Qh', '00Qk', '00Qk2'], []]);
    await tell(event('user.changed', '005H', { away_until: tomorrow }, NOW - 2 * MINUTE));
    const body = await list('005I', '', 'manager');
    expect(body.items.map(({ record, flags }: any) => [record, flags]).toSorted()).toEqual([['00Qg', ['its owner is away']], ['00Qh', ['its owner is away']], ['00Qk', ['its owner has left']]]);
    for (const record of ['00Qg', '00Qh', '00Qk']) expect((await cell.ask(as('005I', 'manager'), 'GET', `/v1/records/${record}/insight`)).status).toBe(200);
    const { decision } = find(body, '00Qg');
    expect((await cell.ask(as('005I', 'manager'), 'POST', '/v1/feedback', { decision, action: 'done' })).status).toBe(201);
    await tell(event('user.changed', '005H', { active: false, away_until: null }, NOW - MINUTE));
    expect(records(await list('005I', '', 'manager'))).toEqual(['00Qh', '00Qk', '00Qk2']); // and of the one who is away what is left urgent: nothing
    await tell(event('user.changed', '005G', { away_until: null }, NOW - MINUTE));
    expect((await list('005G')).items.map(({ record }: any) => record)).toContain('00Qg2');
  });
});

describe('what is left out', () => {
  test('has its reason in words; who asked not to be profiled is never scored', async () => {
    await tell(
      event('lead.created', '00Qfine', { owner: '005B' }, NOW - 9 * DAY),
      event('lead.created', '00Qquiet', { owner: '005B', no_profiling: true }, NOW - 9 * DAY),
      event('lead.created', '00Qtest', { owner: '005B', lead_source: 'Test' }, NOW - 9 * DAY),
      event('lead.created', '00Qcalled', { owner: '005B' }, NOW - 9 * DAY),
      event('email.sent', '00Qcalled', {}, NOW - 90 * MINUTE),
      event('lead.created', '00Qdone', { owner: '005B' }, NOW - 9 * DAY),
      event('lead.closed', '00Qdone', {}, NOW - DAY),
      event('lead.created', '00Qpast', { owner: '005B' }, NOW - 30 * DAY),
      event('lead.closed', '00Qpast', {}, NOW - 6 * DAY),
      event('opportunity.created', '006won', { owner: '005B', amount: 100, currency: 'EUR' }, NOW - 30 * DAY),
      event('opportunity.won', '006won', {}, NOW - 2 * HOUR),
      event('lead.created', '00Qagain', { owner: '005B' }, NOW - 30 * DAY),
      event('lead.closed', '00Qagain', {}, NOW - DAY),
      event('lead.reopened', '00Qagain', {}, NOW - HOUR),
    );
    const body = await list('005B', '&left_out=records');
    expect(records(body)).toEqual(['00Qagain', '00Qfine']);
    expect(body.leftOut).toEqual([
      { reason: 'closed', count: 1, records: [{ record: '00Qdone', sentence: 'closed yesterday: disqualified' }] },
      { reason: 'converted', count: 1, records: [{ record: '006won', sentence: 'closed 2 hours ago: won' }] },
      { reason: 'objected', count: 1, records: [{ record: '00Qquiet', sentence: 'asked not to be profiled' }] },
      { reason: 'test', count: 1, words: 'a test record', records: [{ record: '00Qtest', sentence: 'a test record' }] },
      { reason: 'touched', count: 1, records: [{ record: '00Qcalled', sentence: 'touched 1 hour ago' }] },
    ]);
    expect((await list('005B')).leftOut[0]).toEqual({ reason: 'closed', count: 1 });
    expect(await cell.ask(as('005B'), 'GET', '/v1/records/00Qquiet/insight')).toMatchObject({ status: 409, body: { rule: 'asked not to be profiled: nothing is scored' } });
    const { body: scored } = await cell.ask(as('005B'), 'POST', '/v1/score', { records: ['00Qquiet', '00Qfine'] });
    expect([scored.unknown, scored.scores.length]).toEqual([['00Qquiet'], 1]);
    const { body: closed } = await cell.ask(as('005B'), 'GET', '/v1/records/00Qdone/insight');
    expect(closed.notListed).toEqual({ reason: 'closed', sentence: 'closed yesterday: disqualified' });
    const { body: tried } = await cell.ask(as('005B'), 'GET', '/v1/records/00Qtest/insight');
    expect(tried.notListed).toEqual({ reason: 'test', sentence: 'a test record' });
    expect((await cell.ask(as('005B'), 'GET', '/v1/records/00Qfine/insight')).body.notListed).toBeNull();
    expect((await cell.ask(as('005B'), 'GET', '/v1/worklist?left_out=all')).status).toBe(400);
  });
});

describe('feedback', () => {
  test('counts by week and team, and re-ranks at once; a dispute reaches RevOps with what is behind it', async () => {
    await tell(
      ...['00Qone', '00Qtwo', '00Qthree'].map((id) => event('lead.created', id, { owner: '005C' }, NOW - 9 * DAY)),
      ...['00Qone', '00Qtwo', '00Qthree'].map((id) => event('web.form_submitted', id, { form: 'demo' }, NOW - 3 * DAY)),
    );
    const before = await list('005C');
    expect(records(before)).toEqual(['00Qone', '00Qthree', '00Qtwo']);
    const [top, , last] = before.items;
    expect((await say('005C', { decision: last.decision, action: 'accept' })).status).toBe(201);
    expect((await list('005C')).items[0].record).toBe(last.record);
    expect((await say('005C', { decision: top.decision, action: 'dispute', reason: 'outdated_data', theme: 'intent' })).status).toBe(201);
    expect((await list('005C')).items.at(-1).record).toBe(top.record);

    const { body: disputed } = await cell.ask(as('op', 'ops'), 'GET', '/v1/disputes');
    expect(disputed.disputes).toHaveLength(1);
    expect(disputed.disputes[0]).toMatchObject({ record: top.record, decision: top.decision, reason: 'outdated_data', theme: 'intent', model: null });
    expect(disputed.disputes[0].features[0]).toMatchObject({ effect: expect.any(Number) });
    expect((await cell.ask(as('op', 'ops'), 'GET', `/v1/disputes?since=${new Date(NOW + DAY).toISOString()}`)).body.disputes).toEqual([]);
    expect((await cell.ask(as('005C'), 'GET', '/v1/disputes')).status).toBe(403);

    const { body: used } = await cell.ask(as('005M', 'manager'), 'GET', '/v1/monitor');
    expect(used.weeks).toContainEqual({ week: '2026-03-02', team: '005M', shown: expect.any(Number), accepted: 1, done: 0, dismissed: 0, snoozed: 0, disputed: 1 });
    expect(JSON.stringify(used)).not.toContain('005C');
    expect((await cell.ask(as('005C'), 'GET', '/v1/monitor')).status).toBe(403);
  });

  test.each([
    [{ action: 'dismiss' }, 'a dismiss names its reason'],
    [{ action: 'dismiss', reason: 'too_far_away' }, 'a dismiss names its reason'],
    [{ action: 'dispute', reason: 'too_low', theme: 'weather' }, 'is no reason of this decision'],
    [{ action: 'dispute', reason: 'too_low', feature: 'shoe_size' }, 'is none that this decision rested on'],
    [{ action: 'dispute', reason: 'wrong_reason' }, 'says that one of the reasons is wrong, and not which'],
    [{ action: 'accept', theme: 'intent' }, 'is disputed, and this is to accept'],
    [{ action: 'snooze' }, 'a snooze ends in the future'],
  ])('%j is refused', async (given, rule) => {
    const { decision } = (await list('005C')).items[0];
    expect(await say('005C', { decision, ...given })).toMatchObject({ status: 400, body: { rule } });
  });

  test('a dispute may name the feature', async () => {
    const { decision } = (await list('005C')).items[0];
    expect((await say('005C', { decision, action: 'dispute', reason: 'wrong_reason', feature: 'forms_30d' })).status).toBe(201);
  });
});
