import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { readConfig } from '../src/cli/config.ts';
import { openNode } from '../src/cli/node.ts';
import { featuresWith } from '../src/cli/own-features.ts';
import { findSimulation, worldOf } from '../src/cli/simulation.ts';
import { promoteBundle, trainInto } from '../src/cli/train.ts';
import { NOW, smallCell, type TestCell } from './support/cell.ts';

let cell: TestCell;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'leadrank-own-'));
  cell = await smallCell({ model: false });
}, 240_000);
afterAll(async () => {
  await cell.close();
  rmSync(folder, { recursive: true, force: true });
});

test('a model with features of a mapping file is trained and promoted; from the next start on the cell ranks with it', { timeout: 240_000 }, async () => {
  const file = join(folder, 'own.yaml');
  writeFileSync(file, 'features: { product_wanted: { of: lead, latest: product_interest, sentence: "asked for {n}" } }\n');
  const { log, cell: parts } = cell.node;
  const { id } = await trainInto({ log, cell: parts, clock: () => NOW, features: featuresWith(file) });
  await promoteBundle(log, id, null, NOW);
  await cell.node.stop();

  const again = await openNode(readConfig({ data: dirname(cell.dir) }), { clock: () => NOW });
  try {
    await again.caughtUp();
    const rep = worldOf(findSimulation(cell.dir)!).org.users().find(({ role }) => role === 'rep')!.id;
    const authorization = `Bearer ${await again.issuer.token({ user: rep, role: 'rep', minutes: 60 * 24 * 365 * 10 })}`;
    await vi.waitFor(async () => {
      const answer = (await again.app.inject({ url: '/v1/worklist', headers: { authorization } })).json<{ level: string; items: unknown[] }>();
      expect(answer.level).toBe('L0');
      expect(answer.items.length).toBeGreaterThan(0);
    }, { timeout: 60_000, interval: 200 });
  } finally {
    await again.stop();
  }
});
