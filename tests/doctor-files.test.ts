import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';

const command = resolve(import.meta.dirname, '..', 'bin', 'leadrank');
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'leadrank-doctor-'));
  writeFileSync(join(folder, 'cell.yaml'), 'region: us\n');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function doctor(files: Readonly<Record<string, string>>): { status: number | null; found: Record<string, object> } {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const { status, stdout } = spawnSync(command, ['doctor', '--json', '--config', folder, '--data', join(folder, 'none')], { encoding: 'utf8' });
  const checks = JSON.parse(stdout) as { name: string }[];
  return { status, found: Object.fromEntries(checks.map(({ name, ...check }) => [name, check])) };
}

const RULES = 'version: 7\nbase: 10\nrules:\n  - id: large\n    when: [{ feature: employees, is: ">=", value: 500 }]\n    points: 5\n    theme: Fit\n    sentence: large company\n';

it('the files beside cell.yaml are read as a start would read them, before there is a cell', () => {
  const { status, found } = doctor({ 'rules.yaml': RULES, 'policy.yaml': 'version: 2\ngoal: conversions\n' });
  expect(found).toMatchObject({
    'rules.yaml': { status: 'ok', detail: '1 rule of leads, version 7' },
    'policy.yaml': { status: 'ok', detail: expect.stringMatching(/^policy version 2, for conversions, \d+ adjustments$/u) },
  });
  expect(status).toBe(0);
});

it('each that is wrong is named with its place, value, rule and remedy', () => {
  const { status, found } = doctor({ 'rules.yaml': RULES.replace('employees', 'shoe_size'), 'policy.yaml': 'version: 2\ngoal: fame\n' });
  expect(found).toMatchObject({
    'rules.yaml': { status: 'error', detail: expect.stringMatching(/rules\.yaml.*shoe_size/u), remedy: expect.any(String) },
    'policy.yaml': { status: 'error', detail: expect.stringMatching(/policy\.yaml: goal: "fame"/u), remedy: 'use money, conversions' },
  });
  expect(status).toBe(1);
});
