import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { DAY } from '../src/base/index.ts';
import { encodeBundle, writeBundle } from '../src/bundle/index.ts';
import { exampleBundle } from '../src/bundle/example.fixture.ts';
import { openCell, type Cell } from '../src/cell/index.ts';
import { readConfig } from '../src/cli/config.ts';
import { trainFirst } from '../src/cli/first-models.ts';
import { openGate } from '../src/cli/gate.ts';
import { trainCommand } from '../src/cli/train.ts';
import { isRejection } from '../src/events/index.ts';
import { OPPORTUNITY_FEATURES } from '../src/features/index.ts';
import { memoryLog, openLog } from '../src/log/index.ts';
import { DEFAULT_DEAL_RULES, parseRules } from '../src/rules/index.ts';

const START = Date.UTC(2026, 0, 5);
const DEALS = 120;
const RULES = parseRules(DEFAULT_DEAL_RULES, OPPORTUNITY_FEATURES.map(({ name }) => name));
const SENDER = { scopes: ['crm'] } as const;

let data: string;
let cell: Cell;
beforeAll(async () => {
  data = mkdtempSync(join(tmpdir(), 'leadrank-train-'));
  cell = openCell({ dir: join(data, 'us'), region: 'us', clock: Date.now });
  const log = openLog({ path: cell.paths.log, clock: Date.now });
  const gate = openGate(cell, Date.now);
  const raw = (day: number, subject: string, type: string, of: object) => ({ specversion: '1.0', id: `${type}-${subject}`, source: 'test', type, subject, time: new Date(START + day * DAY).toISOString(), data: of });
  const events = Array.from({ length: DEALS }, (_, n) => {
    const [day, subject] = [n / 2, `006${n}`];
    return [raw(day, subject, 'opportunity.created', { owner: '005A', amount: 1_000 * (1 + (n % 7)) }), raw(day + 9, subject, n % 2 === 0 ? 'opportunity.won' : 'opportunity.lost', {})];
  }).flat().map((event) => gate.parse(event, SENDER)).map((event) => {
    if (isRejection(event)) throw new Error(event.message);
    return event;
  });
  await log.append(events.toSorted((a, b) => a.time - b.time), { knownAt: ({ time }) => time });
  await log.close();
});
afterAll(async () => {
  await cell.close();
  rmSync(data, { recursive: true, force: true });
});
afterEach(() => void vi.restoreAllMocks());

async function train(...args: string[]): Promise<string> {
  const written: string[] = [];
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => written.push(String(text)) > 0);
  await trainCommand().parseAsync([...args, '--data', data], { from: 'user' });
  return written.join('');
}

test('`train --from` compares with the rules of what the set ranks', { timeout: 120_000 }, async () => {
  const set = join(data, 'set');
  await train('--dry-run', '--out', set, '--target', 'opportunity', '--horizon', '14', '--until', new Date(START + 90 * DAY).toISOString());
  const { trained } = JSON.parse(await train('--from', set, '--no-promote', '--json')) as { trained: { target: string; metrics: { rules: string } }[] };
  expect(trained).toMatchObject([{ target: 'opportunity', promoted: false, metrics: { rules: RULES.hash } }]);
});

test('rules that cannot be read are no lack of history', async () => {
  const config = join(data, 'config');
  mkdirSync(config);
  writeFileSync(join(config, 'cell.yaml'), 'region: us\n');
  writeFileSync(join(config, 'opportunity-rules.yaml'), 'version: 1\nrules: nothing\n');
  await expect(train('--config', config, '--target', 'all', '--no-promote')).rejects.toThrow(/opportunity-rules\.yaml/u);
});

test('the first models are tried once: not again where the lead model was kept back', async () => {
  const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  const caughtUp = vi.fn<() => Promise<void>>(async () => {});
  const start = (): Promise<void> => trainFirst({ cell, log: memoryLog({ clock: Date.now }), state: { champion: () => null }, caughtUp }, readConfig({ data }));
  const keep = (gain: number): void => {
    const content = exampleBundle();
    const againstRules = { rows: 900, positives: 80, share: 0.2, model: 0.4 + gain, rules: 0.4, gain: { value: gain, low: gain - 0.05, high: gain + 0.05 } };
    const stored = { ...content, target: { ...content.target, entity: 'lead' }, metrics: { ...content.metrics, againstRules } };
    writeBundle(join(cell.paths.bundles, encodeBundle(stored).id), stored);
  };
  await start();
  expect(said.mock.calls.flat().join('')).toMatch(/no model: lead: 0 records.*no model: opportunity: 0 records/su);
  keep(0.05); // a start that was interrupted before it promoted
  await start();
  expect(caughtUp).toHaveBeenCalledTimes(2);
  said.mockClear();
  keep(-0.05);
  await start();
  expect(caughtUp).toHaveBeenCalledTimes(2);
  expect(said).not.toHaveBeenCalled();
});
