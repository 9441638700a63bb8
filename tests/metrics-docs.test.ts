import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readConfig } from '../src/cli/config.ts';
import { openNode } from '../src/cli/node.ts';

const folder = mkdtempSync(join(tmpdir(), 'leadrank-metrics-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** As Prometheus reads it: the lines that say what a metric is. */
const described = (text: string): string[] =>
  [...text.matchAll(/^# HELP (?<name>\S+) (?<help>.+)\n# TYPE \S+ (?<kind>\S+)$/gmu)].map(({ groups: { name, help, kind } = {} }) => `| \`${name}\` | ${kind} | ${help} |`);

test('the reference has every metric of a running cell, in the words of /metrics', async () => {
  const node = await openNode({ ...readConfig({ data: folder }), logLevel: 'silent' });
  try {
    node.keepDuties();
    const { body } = await node.app.inject({ method: 'GET', url: '/metrics' });
    const page = readFileSync(join(import.meta.dirname, '..', 'docs', 'reference', 'metrics.md'), 'utf8');
    const rows = [...page.matchAll(/^\| `leadrank_.+$/gmu)].map(([row]) => row);
    expect(rows.toSorted()).toEqual(described(body).toSorted());
    expect(body).toMatch(/^leadrank_growth_running 0\nleadrank|^leadrank_growth_running 0$/mu);
  } finally {
    await node.stop();
  }
});
