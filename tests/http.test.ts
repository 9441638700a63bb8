import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createReplayer } from '../src/audit/index.ts';
import { DAY, HOUR, MINUTE } from '../src/base/index.ts';
import { bundleFiles } from '../src/cli/models.ts';
import type { Role } from '../src/serve/index.ts';
import { smallCell, NOW, type TestCell } from './support/cell.ts';
import { testLevels } from './support/levels.ts';

let cell: TestCell;
let rep: string;
let manager: string;
let other: string;
let other2: string; // nobody but the test of levels asks for this one's list
const fixture = (name: string): any => JSON.parse(readFileSync(join(import.meta.dirname, '..', 'fixtures', 'api', name), 'utf8'));
const as = (user: string, role: Role = 'rep', scope = ''): { user: string; role: Role; scope: string } => ({ user, role, scope });

/** The first record of a kind in the rep's list. */
async function firstOf(kind: 'lead' | 'opportunity'): Promise<any> {
  const { body } = await cell.ask(as(rep), 'GET', '/v1/worklist?limit=200');
  return body.items.find((item: any) => item.kind === kind);
}

/** The names of everything in an answer: two answers of one shape have the same. */
function shape(value: any): any {
  if (Array.isArray(value)) return value.length === 0 ? [] : [shape(value[0])];
  if (value === null || typeof value !== 'object') return '';
  return Object.fromEntries(Object.keys(value).toSorted().map((key) => [key, shape(value[key])]));
}

const event = (extra: object = {}): object => ({
  specversion: '1.0',
  id: `test-${Math.random()}`,
  source: 'web',
  type: 'web.visited',
  subject: 'unset',
  time: new Date(NOW - MINUTE).toISOString(),
  data: { page: 'pricing', seconds: 40 },
  ...extra,
});

beforeAll(async () => {
  cell = await smallCell();
  const { org } = await import('../src/cli/simulation.ts').then(({ findSimulation, worldOf }) => worldOf(findSimulation(cell.dir)!));
  const people = org.users();
  const reps = people.filter(({ role }) => role === 'rep');
  rep = reps[0]!.id;
  manager = reps[0]!.manager!;
  [other, other2] = reps.filter((user) => user.manager !== manager).map(({ id }) => id) as [string, string];
});
afterAll(() => cell.close());

describe('worklist', () => {
  test('answers in the shape of the fixture that the page and Apex read', async () => {
    const { status, body } = await cell.ask(as(rep), 'GET', '/v1/worklist');
    expect(status).toBe(200);
    expect(body.items.length).toBeGreaterThan(3);
    const wanted = shape(fixture('worklist.json'));
    const valued = body.items.find(({ value }: any) => value !== null);
    expect({ ...shape(body), leftOut: wanted.leftOut, items: [{ ...shape(valued), reasons: wanted.items[0].reasons, flags: wanted.items[0].flags }] }).toEqual(wanted);
    for (const { value, expectedValue, probability } of body.items) expect(expectedValue).toBe(value === null ? null : probability * value.amount);
    expect(body).toMatchObject({ user: rep, level: 'L0', levelReason: null });
    const scores: number[] = body.items.map(({ score }: any) => score);
    expect(Math.max(...scores)).toBeGreaterThan(50);
    expect(body.items.map(({ position }: any) => position)).toEqual(scores.map((_, at) => at + 1));
    expect(body.items.some(({ reasons }: any) => reasons.length > 0)).toBe(true);
  });

  test('asked again at the same moment it gives the same order', async () => {
    const order = async (): Promise<string[]> => (await cell.ask(as(rep), 'GET', '/v1/worklist')).body.items.map(({ record }: any) => record);
    expect(await order()).toEqual(await order());
  });

  test('why one of two stands above the other, in a sentence, for those who may see both', async () => {
    const { body: list } = await cell.ask(as(rep), 'GET', '/v1/worklist');
    const [first, second] = list.items;
    const { status, body } = await cell.ask(as(rep), 'GET', `/v1/why?record=${second.record}&over=${first.record}`);
    expect(status).toBe(200);
    expect(body).toMatchObject({ above: first.record, below: second.record, positions: [1, 2] });
    expect(body.sentence).toContain(first.record);
    expect((await cell.ask(as(manager, 'manager'), 'GET', `/v1/why?record=${first.record}&over=${second.record}`)).body.sentence).toBe(body.sentence);
    expect((await cell.ask(as(other), 'GET', `/v1/why?record=${first.record}&over=${second.record}`)).status).toBe(404);
    expect((await cell.ask(as(rep), 'GET', `/v1/why?record=${first.record}&over=${first.record}`)).body.rule).toBe('cannot stand above itself');
  });

  test('a manager sees the team and nobody else; a rep only itself', async () => {
    expect((await cell.ask(as(manager, 'manager'), 'GET', `/v1/worklist?user=${rep}`)).status).toBe(200);
    expect((await cell.ask(as(manager, 'manager'), 'GET', `/v1/worklist?user=${other}`)).status).toBe(403);
    expect((await cell.ask(as(rep), 'GET', `/v1/worklist?user=${other}`)).body).toMatchObject({ title: 'forbidden', rule: expect.stringContaining('team') });
    expect((await cell.ask(as('005nobody'), 'GET', '/v1/worklist')).status).toBe(404);
  });

  test.each(['0', '201', 'x', '1.5'])('limit %s is refused with the rule', async (limit) => {
    const { status, body } = await cell.ask(as(rep), 'GET', `/v1/worklist?limit=${limit}`);
    expect(status).toBe(400);
    expect(body.value).toBe('querystring/limit');
  });

  test('shown once an hour is one impression a record, however often the page asks', async () => {
    const before = cell.node.log.end();
    await cell.ask(as(rep), 'GET', '/v1/worklist');
    await cell.ask(as(rep), 'GET', '/v1/worklist');
    expect(cell.node.log.end()).toBe(before); // all were counted by the tests above
    cell.advance(HOUR);
    const { body } = await cell.ask(as(rep), 'GET', '/v1/worklist');
    expect(cell.node.log.end()).toBe(before + body.items.length);
  });
});

describe('leads and opportunities in one list', () => {
  test('each says what it is, and what is foretold of it', async () => {
    const { body } = await cell.ask(as(rep), 'GET', '/v1/worklist?limit=200');
    const kinds = new Set(body.items.map(({ kind, object, record }: any) => `${kind} ${object} ${record.slice(0, 3)}`));
    expect(kinds).toEqual(new Set(['lead Lead 00Q', 'opportunity Opportunity 006']));
    expect(body.items.every(({ level, probability, action }: any) => level === 'L0' && probability > 0 && action.sentence !== '')).toBe(true);
  });

  test('an opportunity is explained, valued by its own amount, and computed again to the same bits', async () => {
    const { record, score } = await firstOf('opportunity');
    const { status, body } = await cell.ask(as(rep), 'GET', `/v1/records/${record}/insight?what_if=touches_14d:0`);
    expect(status).toBe(200);
    expect(body).toMatchObject({ record, score, kind: 'opportunity', object: 'Opportunity', level: 'L0', value: { currency: 'USD', from: 'own' } });
    expect(body.expectedValue).toBeCloseTo(body.probability * body.value.amount, 6);
    expect(body.model.id).not.toBe((await cell.ask(as(rep), 'GET', '/v1/worklist')).body.model.id);
    expect(body.whatIf.changes[0].feature).toBe('touches_14d');
    const { body: replay } = await cell.ask(as('x', 'auditor'), 'POST', `/v1/decisions/${body.decision}/replay`);
    expect(replay).toMatchObject({ same: true, bundle: body.model.id });
    const { body: scored } = await cell.ask(as(rep), 'POST', '/v1/score', { records: [record, (await firstOf('lead')).record] });
    expect(scored.scores.map(({ kind }: any) => kind)).toEqual(['opportunity', 'lead']);
  });

  test('a list of both is derived from the log again', async () => {
    const { body } = await cell.ask(as(other), 'GET', '/v1/worklist?limit=200');
    const picked = ['lead', 'opportunity'].map((kind) => body.items.find((item: any) => item.kind === kind));
    const node = cell.node;
    const replayer = createReplayer({ archive: node.archive, bundle: (id) => bundleFiles(node.cell.paths.bundles, id) });
    for (const { decision: shown } of picked) {
      const { decision } = node.ledger.find(shown)!;
      const found = await replayer.fromLog(decision, { log: node.log, features: node.state.features, find: (id) => node.ledger.find(id)?.decision });
      expect(found).toMatchObject({ same: true, listChecked: true, differences: [] });
      const told = { ...decision, placement: { ...decision.placement!, reasons: [] } };
      const { differences } = await replayer.fromLog(told, { log: node.log, features: node.state.features, find: (id) => node.ledger.find(id)?.decision });
      expect(differences.map(({ field }) => field)).toEqual(decision.placement!.reasons!.length === 0 ? [] : ['placeReasons']);
    }
    const reasons = body.items.flatMap((item: any) => cell.node.ledger.find(item.decision)!.decision.placement!.reasons!);
    expect(reasons.map(({ theme }: any) => theme)).toContain('urgency');
  });

  test('an opportunity is erased like a lead: nothing of it is answered any more, and its decisions are gone', async () => {
    const { node } = cell;
    const { record } = await firstOf('opportunity');
    const { body } = await cell.ask(as(rep), 'GET', `/v1/records/${record}/insight`);
    await node.eraser.erase(node.cell.identities.find('opportunity', record)!);
    expect((await cell.ask(as(rep), 'GET', `/v1/records/${record}/insight`)).status).toBe(404);
    expect((await cell.ask(as(rep), 'GET', `/v1/decisions/${body.decision}`)).status).toBe(410);
    expect((await firstOf('opportunity'))?.record).not.toBe(record);
  });
});

describe('insight and score', () => {
  test('insight answers in the shape of its fixture', async () => {
    const { body: list } = await cell.ask(as(rep), 'GET', '/v1/worklist');
    const { record, score } = list.items.find(({ value }: any) => value !== null);
    const { status, body } = await cell.ask(as(rep), 'GET', `/v1/records/${record}/insight`);
    expect(status).toBe(200);
    const wanted = shape(fixture('insight.json'));
    expect({ ...shape(body), reasons: wanted.reasons, action: { ...shape(body.action), leftOut: wanted.action.leftOut } }).toEqual(wanted);
    for (const { actions, sentence } of body.action.leftOut) expect([actions.length > 0, sentence]).toEqual([true, expect.stringMatching(/^No .+: .+/u)]);
    expect(body.score).toBe(score);
    expect(body.trend.at(-1).score).toBe(body.score);
  });

  test('insight says what the model answers with some features changed, and journals no decision for it', async () => {
    const lead = await firstOf('lead');
    const url = `/v1/records/${lead.record}/insight`;
    const { status, body } = await cell.ask(as(rep), 'GET', `${url}?what_if=touches_14d:0&what_if=${encodeURIComponent('meetings_30d:')}`);
    expect(status).toBe(200);
    expect(body.whatIf.changes).toEqual([
      { feature: 'touches_14d', from: expect.any(Number), to: 0 },
      { feature: 'meetings_30d', from: expect.any(Number), to: null },
    ]);
    expect(body.whatIf).toMatchObject({ evidence: 'association', direction: expect.stringMatching(/^(?:better|worse|same)$/u), figures: null });
    const { body: receipt } = await cell.ask(as(rep), 'GET', `/v1/decisions/${body.decision}`);
    expect(receipt.decision.score).toBe(body.score);
    expect((await cell.ask(as(rep), 'GET', `${url}?what_if=touches_14d:0`)).body.whatIf.changes).toHaveLength(1);
  });

  test.each([
    ['what_if=visits:3', 'what_if "visits"', 'is no feature of the model'],
    ['what_if=touches_14d:many', 'what_if "touches_14d:many"', 'is no finite number'],
    ['what_if=web_visits_7d:3', 'what_if "web_visits_7d"', 'is nothing that somebody can change'],
    ['whatif=web_visits_7d:3', 'querystring', 'must NOT have additional properties (whatif)'],
  ])('insight refuses %s', async (query, value, rule) => {
    const lead = await firstOf('lead');
    const { status, body } = await cell.ask(as(rep), 'GET', `/v1/records/${lead.record}/insight?${query}`);
    expect(status).toBe(400);
    expect(body).toMatchObject({ value, rule });
  });

  test('without a model there is no what-if, and the insight stands', async () => {
    const { body: list } = await cell.ask(as(rep), 'GET', '/v1/worklist');
    cell.fault('asked to fail');
    const { status, body } = await cell.ask(as(rep), 'GET', `/v1/records/${list.items[0].record}/insight?what_if=touches_14d:0`);
    cell.fault(null);
    expect(status).toBe(200);
    expect(body.whatIf).toBeNull();
    expect(body.level).not.toBe('L0');
  });

  test('what is unknown and what is another rep’s get the same answer', async () => {
    const { body: list } = await cell.ask(as(other), 'GET', '/v1/worklist?limit=1');
    const foreign = await cell.ask(as(rep), 'GET', `/v1/records/${list.items[0].record}/insight`);
    const unknown = await cell.ask(as(rep), 'GET', '/v1/records/00Q000000000000AAA/insight');
    expect([foreign.status, unknown.status]).toEqual([404, 404]);
    expect(foreign.body.rule).toBe(unknown.body.rule);
    expect((await cell.ask(as(manager, 'manager'), 'GET', `/v1/records/${list.items[0].record}/insight`)).status).toBe(404);
    expect((await cell.ask(as('x', 'auditor'), 'GET', `/v1/records/${list.items[0].record}/insight`)).status).toBe(200);
  });

  test('score takes 1 to 500 records and names those it does not know', async () => {
    const { body: list } = await cell.ask(as(rep), 'GET', '/v1/worklist');
    const records = list.items.map(({ record }: any) => record);
    const { status, body } = await cell.ask(as('integration', 'service'), 'POST', '/v1/score', { records: [...records, 'nope'] });
    expect(status).toBe(200);
    expect(body.scores.map(({ record }: any) => record)).toEqual(records);
    expect(body.unknown).toEqual(['nope']);
    expect((await cell.ask(as(rep), 'POST', '/v1/score', { records: [] })).status).toBe(400);
    expect((await cell.ask(as(rep), 'POST', '/v1/score', { records: Array.from({ length: 501 }, () => 'x') })).status).toBe(400);
  });
});

describe('feedback', () => {
  test('dismiss and snooze take the lead off the list at once; it comes back when the snooze is over', async () => {
    const { body: before } = await cell.ask(as(rep), 'GET', '/v1/worklist');
    const [first, second] = before.items;
    const until = new Date(NOW + 3 * HOUR).toISOString();
    expect((await cell.ask(as(rep), 'POST', '/v1/feedback', { decision: first.decision, action: 'dismiss', reason: 'wrong_data' })).status).toBe(201);
    expect((await cell.ask(as(rep), 'POST', '/v1/feedback', { decision: second.decision, action: 'snooze', until })).status).toBe(201);
    const { body: after } = await cell.ask(as(rep), 'GET', '/v1/worklist');
    const listed = after.items.map(({ record }: any) => record);
    expect(listed).not.toContain(first.record);
    expect(listed).not.toContain(second.record);
    expect(after.leftOut).toEqual(expect.arrayContaining([{ reason: 'dismissed', count: 1 }, { reason: 'snoozed', count: 1 }]));
    const whyNot = async (record: string): Promise<string> => (await cell.ask(as(rep), 'GET', `/v1/why?record=${listed[0]}&over=${record}`)).body.rule;
    expect(await whyNot(first.record)).toBe('is not on the list: dismissed just now');
    expect(await whyNot(second.record)).toMatch(/^is not on the list: snoozed until \d\d:\d\d$/u);
    cell.advance(3 * HOUR);
    const { body: later } = await cell.ask(as(rep), 'GET', '/v1/worklist?limit=200');
    expect(later.items.map(({ record }: any) => record)).toContain(second.record);
  });

  test('another rep’s decision, an unknown one, a snooze into the past, free text', async () => {
    const { body: list } = await cell.ask(as(other), 'GET', '/v1/worklist');
    const { decision } = list.items[0];
    const say = (body: object): Promise<{ status: number }> => cell.ask(as(rep), 'POST', '/v1/feedback', body);
    expect((await say({ decision, action: 'done' })).status).toBe(404);
    expect((await say({ decision: 'd_00000000000000000000', action: 'done' })).status).toBe(404);
    const own = (await cell.ask(as(rep), 'GET', '/v1/worklist')).body.items[0].decision;
    expect((await say({ decision: own, action: 'snooze', until: '2020-01-01T00:00:00Z' })).status).toBe(400);
    expect((await say({ decision: own, action: 'dismiss', reason: 'She said call me at 555-1234' })).status).toBe(400);
    expect((await say({ decision: own, action: 'sing' })).status).toBe(400);
  });
});

describe('events', () => {
  const source = as('web', 'service', 'web');

  test('one and a batch are taken, folded, and move the score’s data', async () => {
    const { body: list } = await cell.ask(as(rep), 'GET', '/v1/worklist');
    const { record } = list.items.at(-1);
    const { status, body } = await cell.ask(source, 'POST', '/v1/events', [event({ subject: record }), event({ subject: record })]);
    expect([status, body]).toEqual([202, { accepted: 2, rejected: [] }]);
    await cell.node.caughtUp();
    const { body: insight } = await cell.ask(as(rep), 'GET', `/v1/records/${record}/insight`);
    expect(insight.sources.find((it: any) => it.source === 'web').ageSeconds).toBeLessThan(24 * 3600);
    expect((await cell.ask(source, 'POST', '/v1/events', event({ subject: record }))).status).toBe(202);
  });

  test.each([
    ['an unknown type', { type: 'web.danced' }, 400, 'unknown-type'],
    ['a wrong field', { data: { page: 'pricing', seconds: 'many' } }, 400, 'wrong-field'],
    ['no time', { time: undefined }, 400, 'malformed'],
    ['the far future', { time: '2036-01-01T00:00:00Z' }, 400, 'future'],
    ['control from outside', { type: 'control.model.promoted', data: { bundle: 'x' } }, 403, 'scope'],
    ['a scope that the token lacks', { type: 'lead.deleted', data: {} }, 403, 'scope'],
  ])('%s is refused in one clear line and changes nothing', async (_name, extra, status, code) => {
    const end = cell.node.log.end();
    const answer = await cell.ask(source, 'POST', '/v1/events', event({ subject: '00Q1', ...extra }));
    expect(answer.status).toBe(status);
    expect(answer.body.rejected[0].code).toBe(code);
    expect(answer.body.rejected[0].message).toMatch(/^[^\n]+: [^\n]+; [^\n]+$/);
    expect(cell.node.log.end()).toBe(end);
  });

  test('what was refused waits in quarantine; what the sender had no right to does not', async () => {
    const codes = new Set(cell.node.cell.quarantine.list().map(({ code }) => code));
    expect([...codes].toSorted()).toEqual(['future', 'malformed', 'unknown-type', 'wrong-field']);
    expect(cell.node.cell.quarantine.list().map(({ message }) => message)).toContainEqual(expect.stringMatching(/^web\.visited\.v\d seconds "many": is not a finite number/u));
    const metrics = (await cell.node.app.inject({ method: 'GET', url: '/metrics' })).body;
    expect(metrics.split('\n')).toContainEqual(expect.stringMatching(/^leadrank_refused_fields_total\{type="web\.visited\.v\d",field="seconds"\} [1-9]/u));
  });

  test('a part that is refused does not hold back the rest', async () => {
    const { status, body } = await cell.ask(source, 'POST', '/v1/events', [event({ subject: '00Q1' }), event({ type: 'web.danced' })]);
    expect(status).toBe(207);
    expect(body).toMatchObject({ accepted: 1, rejected: [{ index: 1, code: 'unknown-type' }] });
  });

  test('a body of 50 MB, a batch of 1,001, and what is no JSON', async () => {
    const large = await cell.ask(source, 'POST', '/v1/events', [event({ data: { page: 'x'.repeat(50_000_000) } })]);
    expect(large.status).toBe(413);
    expect(large.body.detail).toMatch(/body of \d+ bytes: at most 8388608 bytes/);
    expect((await cell.ask(source, 'POST', '/v1/events', Array.from({ length: 1001 }, () => event()))).status).toBe(400);
    const broken = await cell.node.app.inject({ method: 'POST', url: '/v1/events', headers: { 'content-type': 'application/json', authorization: `Bearer ${await cell.node.issuer.token(source)}` }, payload: '{"a":' });
    expect(broken.statusCode).toBe(400);
  });
});

describe('levels of service', () => testLevels(() => ({ cell, rep, other: other2 })));

describe('audit', () => {
  test('a decision is journalled before it is shown, and replays to the last bit', async () => {
    const { body: list } = await cell.ask(as(rep), 'GET', '/v1/worklist');
    const { decision, score } = list.items[0];
    const { body: entry } = await cell.ask(as(rep), 'GET', `/v1/decisions/${decision}`);
    expect(entry.decision).toMatchObject({ id: decision, score, placement: { position: 1, list: list.list } });
    const { status, body: replay } = await cell.ask(as('a', 'auditor'), 'POST', `/v1/decisions/${decision}/replay`);
    expect(status).toBe(200);
    expect(replay).toMatchObject({ same: true, differences: [] });
  });

  test('replay is for auditors; a receipt for its user', async () => {
    const { body: list } = await cell.ask(as(rep), 'GET', '/v1/worklist');
    const { decision } = list.items[0];
    expect((await cell.ask(as(rep), 'POST', `/v1/decisions/${decision}/replay`)).status).toBe(403);
    expect((await cell.ask(as(other), 'GET', `/v1/decisions/${decision}`)).status).toBe(404);
    expect((await cell.ask(as('a', 'auditor'), 'GET', '/v1/decisions/d_nope')).status).toBe(404);
  });
});

describe('operations', () => {
  test('health, readiness, metrics and the description of the API', async () => {
    const open = async (url: string): Promise<any> => cell.node.app.inject({ method: 'GET', url });
    expect((await open('/healthz')).json()).toEqual({ status: 'up' });
    expect((await open('/readyz')).json()).toMatchObject({ ready: true, models: { lead: expect.stringMatching(/^[0-9a-f]{32}$/), opportunity: expect.stringMatching(/^[0-9a-f]{32}$/) } });
    const metrics = (await open('/metrics')).body;
    for (const name of ['leadrank_request_seconds_bucket', 'leadrank_decisions_total{level="L0"}', 'leadrank_events_total', 'leadrank_log_end_offset']) {
      expect(metrics).toContain(name);
    }
    const bySource = (name: string): string[] => [...metrics.matchAll(new RegExp(`^${name}\\{source="(\\w+)"\\} 0$`, 'gmu'))].map(([, source]) => source!);
    expect(bySource('leadrank_source_stale')).toContain('salesforce');
    expect(bySource('leadrank_late_events')).toEqual(bySource('leadrank_source_stale'));
    expect(Object.keys((await open('/openapi.json')).json().paths)).toEqual(
      expect.arrayContaining(['/v1/worklist', '/v1/score', '/v1/events', '/v1/feedback', '/v1/records/{id}/insight', '/v1/decisions/{id}']),
    );
  });

  test('no answer without a token, and an unknown path says where to look', async () => {
    for (const url of ['/v1/worklist', '/v1/records/x/insight', '/v1/decisions/x']) {
      expect((await cell.node.app.inject({ method: 'GET', url })).statusCode).toBe(401);
    }
    const lost = await cell.node.app.inject({ method: 'GET', url: '/v2/worklist' });
    expect([lost.statusCode, lost.json().remedy]).toEqual([404, 'see /openapi.json']);
  });
});

// The last, for it moves the clock and opens the cell anew.
describe('after a restart', () => {
  const list = async (): Promise<any> => (await cell.ask(as(rep), 'GET', '/v1/worklist')).body;
  const lasting = (one: any): any => ({ ...one, generatedAt: null, data: null, scoredAt: null, items: one.items.map(({ decision: _d, scoredAt: _s, ...item }: any) => item) });

  test('a list is the same, says the same of what changed, and knows last week', async () => {
    const long = await list();
    cell.advance(8 * DAY);
    const first = await list();
    expect(first.items.some(({ change }: any) => change !== undefined)).toBe(true);
    const before = await list();
    await cell.restart();
    expect(lasting(await list())).toEqual(lasting(before));
    expect(before.items.map(({ change }: any) => change)).toEqual(first.items.map(({ change }: any) => change));
    const seen = new Set(long.items.map(({ record }: any) => record));
    const again = before.items.find(({ record, level }: any) => seen.has(record) && level !== 'L3');
    const { trend, week } = (await cell.ask(as(rep), 'GET', `/v1/records/${again.record}/insight`)).body;
    expect(week).toEqual(again.week);
    expect(trend.find(({ time }: any) => time === week.since).score).toBe(again.score - week.points);
  });
});
