import fastify from 'fastify';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readConfig } from '../src/cli/config.ts';
import { orgPoints } from '../src/cli/org-points.ts';
import { formulaOf } from '../src/cli/rules-formula.ts';
import { findSimulation, worldOf } from '../src/cli/simulation.ts';
import { columnNames, DEFAULT_FEATURES } from '../src/features/index.ts';
import { DEFAULT_DEAL_RULES, DEFAULT_RULES, formatRules, parseRules } from '../src/rules/index.ts';
import { pageRoutes } from '../src/sandbox/index.ts';
import { NOW, smallCell, type TestCell } from './support/cell.ts';

// Level L4: the service does not answer, and the org ranks by the formula fields that come with the page.

const page = resolve(import.meta.dirname, '../salesforce');
let cell: TestCell;
beforeAll(async () => {
  cell = await smallCell({ model: false, days: 40 });
});
afterAll(() => cell.close());

async function orgThatHears(status: number): Promise<{ list: (user: string) => Promise<{ status: number; body: any }>; users: { id: string; role: string }[] }> {
  const { org } = worldOf(findSimulation(cell.dir)!);
  const app = fastify();
  const callout = async () => ({ status, body: { title: 'as the service has it' } });
  await app.register(pageRoutes, { org, callout, points: orgPoints(cell.node, () => NOW), dist: join(page, 'host/static') });
  const list = async (user: string) => {
    const answer = await app.inject({ method: 'POST', url: '/apex/LeadRankController/getWorklist', headers: { 'x-leadrank-user': user }, payload: { maxItems: 7 } });
    return { status: answer.statusCode, body: answer.json() };
  };
  return { list, users: org.users() };
}

test.each([503, 500, 429])('a rep of an org that hears %i gets the own open records, the most points first', async (status) => {
  const { list, users } = await orgThatHears(status);
  const rep = users.find(({ role }) => role === 'rep')!.id;
  const { body } = await list(rep);
  expect(body).toMatchObject({ user: rep, level: 'L4', leftOut: [] });
  expect(body.items).toHaveLength(7);
  const points: number[] = body.items.map((item: { points: number }) => item.points);
  expect(points).toEqual(points.toSorted((a, b) => b - a));
  expect(new Set(points).size).toBeGreaterThan(1);
  for (const item of body.items) {
    expect(item).toMatchObject({ level: 'L4', reasons: [], name: expect.any(String) as string });
    expect(item).not.toHaveProperty('decision');
    const subject = cell.node.cell.identities.find(item.kind, item.record)!;
    expect(cell.node.state.record(subject)).toMatchObject({ owner: cell.node.cell.identities.find('user', rep), status: 'open' });
  }
});

test.each([401, 403, 404])('what the service refuses with %i is not answered by points', async (status) => {
  const { list, users } = await orgThatHears(status);
  expect(await list(users[0]!.id)).toEqual({ status, body: { title: 'as the service has it' } });
});

test.each([
  ['lead', 'Lead', DEFAULT_RULES],
  ['opportunity', 'Opportunity', DEFAULT_DEAL_RULES],
] as const)('the field that comes with the page is the formula of the rules of a new cell: %s', async (target, object, rules) => {
  const folder = mkdtempSync(join(tmpdir(), 'leadrank-field-'));
  const [path, out] = [join(folder, 'rules.yaml'), join(folder, 'Rules_Points__c.field-meta.xml')];
  writeFileSync(path, formatRules(parseRules(rules, columnNames(DEFAULT_FEATURES, target))));
  await formulaOf({ path, out, config: readConfig({ data: folder }), target, mapping: undefined });
  expect(readFileSync(join(page, `force-app/main/default/objects/${object}/fields/Rules_Points__c.field-meta.xml`), 'utf8')).toBe(readFileSync(out, 'utf8'));
  rmSync(folder, { recursive: true, force: true });
});
