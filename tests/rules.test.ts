import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { DAY } from '../src/base/index.ts';
import { readConfig } from '../src/cli/config.ts';
import { levelsOf } from '../src/cli/doctor-levels.ts';
import { rulesCommand } from '../src/cli/rules.ts';
import { dryRun, dryRunText } from '../src/cli/rules-dry-run.ts';
import { applyRules, withRulesCell } from '../src/cli/rules-cell.ts';
import { loadRules } from '../src/cli/rules-file.ts';
import { formulaOf, formulaText } from '../src/cli/rules-formula.ts';
import { findSimulation, worldOf } from '../src/cli/simulation.ts';
import { LEAD_FEATURES } from '../src/features/index.ts';
import { compileFormula, DEFAULT_RULES, parseRules, pointsOf, pointsScore } from '../src/rules/index.ts';
import { runFormula, type FieldValue } from '../src/rules/formula/run.ts';
import { parseFormula } from '../src/rules/formula/syntax.ts';
import type { SubjectId } from '../src/events/index.ts';
import type { Worklist } from '../src/serve/index.ts';
import { NOW, smallCell, type TestCell } from './support/cell.ts';

const root = resolve(import.meta.dirname, '..');
let cell: TestCell;
let folder: string;
let rep: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'leadrank-rules-'));
  cell = await smallCell({ model: false, days: 40 });
  rep = worldOf(findSimulation(cell.dir)!).org.users().find(({ role }) => role === 'rep')!.id;
});
afterAll(async () => {
  await cell.close();
  rmSync(folder, { recursive: true, force: true });
});

const worklist = async (): Promise<Worklist> => (await cell.ask({ user: rep, role: 'rep' }, 'GET', '/v1/worklist')).body as Worklist;
const rulesOf = async (decision: string): Promise<string> => (await cell.ask({ user: 'auditor', role: 'auditor' }, 'GET', `/v1/decisions/${decision}`)).body.decision.rules as string;
const FLAT = 'version: 4\nbase: 7\ncaps: {}\nrules:\n  - { id: old, theme: history, points: 1, when: { feature: lead_age_days, is: ">=", value: 0 }, sentence: "in the book for {n} days" }\n';

test('rules that are applied decide at once; an earlier decision finds those that made it', async () => {
  const before = (await worklist()).items[0]!;
  const file = join(folder, 'rules.yaml');
  writeFileSync(file, FLAT);
  const scope = { config: readConfig({ data: join(cell.dir, '..') }), target: 'lead' as const };
  const applied = await withRulesCell(scope, async (parts) => {
    const { rules } = loadRules(file, parts.features);
    await applyRules(parts, rules, NOW);
    return rules.hash;
  });
  await cell.node.caughtUp();
  const after = (await worklist()).items;
  expect(after.every(({ score, reasons }) => score === 8 && reasons[0]!.sentence.startsWith('in the book for'))).toBe(true);
  expect(await rulesOf(after[0]!.decision)).toBe(applied);
  expect(await rulesOf(before.decision)).not.toBe(applied);
  for (const { decision } of [before, after[0]!]) {
    const { body } = await cell.ask({ user: 'auditor', role: 'auditor' }, 'POST', `/v1/decisions/${decision}/replay`);
    expect(body).toMatchObject({ same: true });
  }
  expect(levelsOf(scope.config, cell.node.cell.paths, NOW).map(({ level, reason, deciding }) => [level, reason, deciding.from])).toEqual([
    ['L3', 'no model is promoted', 'applied'],
    ['L3', 'no model is promoted', 'leadrank'],
  ]);
  await withRulesCell(scope, async (parts) => {
    expect(parts.deciding).toMatchObject({ from: 'applied', rules: { hash: applied, version: 4 } });
    await expect(applyRules(parts, parts.deciding.rules, NOW)).rejects.toThrow('version 4 ' + applied + ': decides already');
    const other = loadRules(file, parts.features).rules;
    await expect(applyRules(parts, { ...other, base: 9, hash: '0'.repeat(32) }, NOW)).rejects.toThrow('version 4: is not above 4, the version that decides; write version: 5');
  });
});

test('opportunities have rules of their own', async () => {
  const file = join(folder, 'deals.yaml');
  writeFileSync(file, 'version: 4\nbase: 7\ncaps: {}\nrules:\n  - { id: large, theme: deal, points: 1, when: { feature: amount, is: ">", value: 0 }, sentence: "worth {n}" }\n');
  const scope = { config: readConfig({ data: join(cell.dir, '..') }), target: 'opportunity' as const };
  await withRulesCell(scope, async (parts) => {
    expect(parts.deciding.from).toBe('leadrank');
    await applyRules(parts, loadRules(file, parts.features).rules, NOW);
  });
  await cell.node.caughtUp();
  await withRulesCell(scope, async ({ deciding }) => {
    expect(deciding.from).toBe('applied');
    expect(cell.node.state.rules('opportunity')).toBe(deciding.rules.hash);
  });
  await withRulesCell({ ...scope, target: 'lead' }, async ({ deciding }) => expect(deciding.rules.version).toBe(4));
  expect(() => loadRules(file, LEAD_FEATURES)).toThrow('deals.yaml:5: rule large: "amount": is not a declared feature');
});

test('a set is tried on history, beside the one that decides', async () => {
  const file = join(folder, 'tried.yaml');
  writeFileSync(file, `${FLAT.replace('version: 4', 'version: 5')}  - { id: hot, theme: fit, points: 15, when: { feature: rating, is: "=", value: Hot }, sentence: "rated <hot>" }\n`);
  const page = join(folder, 'tried.html');
  const run = await dryRun({ config: readConfig({ data: join(cell.dir, '..') }), target: 'lead', path: file, against: 'history', plan: { until: NOW, horizon: 7 * DAY }, html: page });
  const { present, next, comparison, nameOf } = run;
  expect([present.version, next.version]).toEqual([4, 5]);
  expect(comparison.samples).toBeGreaterThan(200);
  expect(comparison.present.auc).toBe(0.5);
  expect(comparison.next.auc).toBeGreaterThan(0.5);
  // Both rules rest on fields of the record: the formula has them all.
  expect(comparison.formula).toMatchObject({ kendall: expect.closeTo(1, 9) as number });
  expect(nameOf(comparison.movers.up[0]!.subject)).toMatch(/^00Q/u);
  expect(dryRunText(run)).toContain('version 5 beside version 4, which decides');
  expect(readFileSync(page, 'utf8')).toContain('version 5 tried on history');
  await expect(dryRun({ config: readConfig({ data: join(cell.dir, '..') }), target: 'lead', path: file, against: 'history', plan: { until: NOW - 39 * DAY } })).rejects.toThrow('have one outcome only');
});

test('the formula verb tells how alike formula and rules rank, where history is named', async () => {
  const file = join(folder, 'part.yaml');
  writeFileSync(file, `${FLAT}  - { id: hot, theme: fit, points: 15, when: { feature: rating, is: "=", value: Hot }, sentence: hot }\n  - { id: seen, theme: intent, points: 15, when: { feature: web_visits_7d, is: ">=", value: 1 }, sentence: seen }\n`);
  const scope = { path: file, config: readConfig({ data: join(cell.dir, '..') }), target: 'lead' as const };
  expect(formulaText(await formulaOf(scope))).toContain('is told with --against history');
  const answer = await formulaOf({ ...scope, against: 'history' });
  expect(answer.compiled.part.rules.map(({ id }) => id)).toEqual(['old', 'hot']);
  const { samples, kendall, spearman } = answer.agreement!;
  expect(samples).toBeGreaterThan(200);
  for (const alike of [kendall, spearman]) expect(alike > 0.1 && alike < 0.99).toBe(true); // the visits are left out
  expect(formulaText(answer)).toMatch(/its order of [\d,]+ samples beside that of all the rules: Kendall 0\.\d{3}, Spearman 0\.\d{3}/u);
});

test('a dry run writes the chances into the file that it tried, and into none that was changed meanwhile', async () => {
  const file = join(folder, 'chances.yaml');
  const text = `# ours\n${FLAT}`;
  const tryOn = async (): Promise<unknown> => {
    writeFileSync(file, text);
    return rulesCommand().parseAsync(['dry-run', file, '--against', 'history', '--write-chances', '--json', '--until', new Date(NOW).toISOString(), '--horizon', '7', '--data', join(cell.dir, '..')], { from: 'user' });
  };
  const shown = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  try {
    await tryOn();
    const { comparison } = JSON.parse(String(shown.mock.calls[0]![0])) as { comparison: { chances: number[][] } };
    expect(readFileSync(file, 'utf8')).toMatch(/^# ours\n/u);
    expect(loadRules(file, LEAD_FEATURES).rules).toMatchObject({ version: 5, chances: comparison.chances });
    const trying = tryOn();
    writeFileSync(file, `${text}# and more\n`);
    await expect(trying).rejects.toThrow(/chances\.yaml: was changed while it was tried/u);
    expect(readFileSync(file, 'utf8')).toBe(`${text}# and more\n`);
  } finally {
    shown.mockRestore();
  }
});

test('the formula gives what the rules give, for every lead of the simulated org', () => {
  const names = LEAD_FEATURES.map(({ name }) => name);
  const rules = parseRules(DEFAULT_RULES, names);
  const { formula, part } = compileFormula(rules, { features: LEAD_FEATURES, settings: { fields: {}, leaveOut: [] }, object: null });
  // What stands in the org: the newest word of each field, and an address of the class that the gate made of it.
  const ADDRESSES: Record<string, string> = { freemail: 'ann@gmail.com', corporate: 'ann@corp.example', education: 'ann@ox.ac.uk', government: 'ann@nasa.gov' };
  const org = new Map<string, Record<string, { value: FieldValue; time: number }>>();
  for (const { type, subject, time, data } of cell.node.log.read(0)) {
    if (type !== 'lead.created' && type !== 'lead.changed') continue;
    const record = org.get(subject) ?? {};
    const told = { ...(type === 'lead.created' && { CreatedDate: time }), ...('rating' in data && { Rating: data['rating'] }), ...('email' in data && { Email: ADDRESSES[String(data['email'])] ?? null }), ...('employees' in data && { NumberOfEmployees: data['employees'] }) };
    for (const [field, value] of Object.entries(told)) if (time >= (record[field]?.time ?? -Infinity)) record[field] = { value: value as FieldValue, time };
    org.set(subject, record);
  }
  const types = { Email: 'email', Rating: 'picklist', NumberOfEmployees: 'number', CreatedDate: 'datetime' } as const;
  const parsed = parseFormula(formula);
  const now = NOW + 45 * DAY; // some have grown old
  const scores = new Set<number>();
  let compared = 0;
  for (const [subject, fields] of org) {
    const record = cell.node.state.record(subject as SubjectId);
    if (record === undefined || fields['CreatedDate'] === undefined) continue;
    const values = Object.fromEntries(Object.entries(fields).map(([field, { value }]) => [field, value]));
    const score = pointsScore(pointsOf(part, names, record.vector(now)));
    expect(runFormula(parsed, { types, values, now }), subject).toBe(score);
    scores.add(score);
    compared += 1;
  }
  expect(compared).toBeGreaterThan(300);
  expect(scores.size).toBeGreaterThan(6);
});

test('the verbs check, test and show, and say what is wrong with its line', () => {
  const run = (...args: string[]): { code: number; out: string; err: string } => {
    try {
      return { code: 0, out: execFileSync(process.execPath, [join(root, 'src', 'cli', 'main.ts'), 'rules', ...args, '--data', join(folder, 'none')], { stdio: 'pipe', encoding: 'utf8' }), err: '' };
    } catch (error) {
      const { status, stdout, stderr } = error as { status: number; stdout: string; stderr: string };
      return { code: status, out: stdout, err: stderr };
    }
  };
  const file = join(folder, 'mine.yaml');
  writeFileSync(file, run('show').out);
  expect(run('check', file).out).toContain('version 3, 16 rules in 4 themes, points from -25 to 125, 0 tests');
  const flat = join(folder, 'flat.yaml');
  writeFileSync(flat, FLAT);
  expect(run('check', flat).out).toContain('version 4, 1 rule in 1 theme, ');
  writeFileSync(join(folder, 'mine.test.yaml'), 'tests:\n  - { name: warm, record: { forms_30d: 1 }, points: 40, reasons: [form] }\n  - { name: cold, record: {}, points: 30 }\n');
  const tested = run('test', file);
  expect(tested.code).toBe(1);
  expect(tested.out).toContain('1 of 2 tests passed');
  expect(tested.out).toContain('points: expected 30, came 20 (base 20)');
  writeFileSync(file, FLAT.replace('lead_age_days', 'lead_aeg_days'));
  expect(run('check', file)).toMatchObject({ code: 2, err: expect.stringContaining('mine.yaml:5: rule old: "lead_aeg_days": is not a declared feature; use one of lead_age_days') as string });
  expect(run('apply', file)).toMatchObject({ code: 2, err: expect.stringContaining('holds no cell') as string });
  writeFileSync(join(folder, 'cell.yaml'), 'region: us\n');
  writeFileSync(join(folder, 'rules.yaml'), FLAT);
  expect(run('show', '--config', folder).out).toMatch(/^# [0-9a-f]{32}: it decides: it stands in the config folder, and none was applied\nversion: 4\n/u);
});

test('an interruption names the verb that runs', async () => {
  const file = join(folder, 'interrupted.yaml');
  writeFileSync(file, FLAT);
  const asked = { config: readConfig({ data: join(cell.dir, '..') }), target: 'lead' as const, path: file, against: 'history' };
  const verbs = { 'rules formula': () => formulaOf(asked), 'rules dry-run': () => dryRun({ ...asked, plan: { until: NOW } }) };
  for (const [verb, run] of Object.entries(verbs)) {
    const before = process.listeners('SIGINT');
    const done = expect(run()).rejects.toThrow(`${verb}: interrupted, nothing was written`);
    await vi.waitUntil(() => process.listenerCount('SIGINT') > before.length, { timeout: 10_000, interval: 1 });
    process.listeners('SIGINT').find((listener) => !before.includes(listener))!('SIGINT');
    await done;
  }
});
