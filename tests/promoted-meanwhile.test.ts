import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import { encodeBundle, signBundle, writeBundle, type BundleContent } from '../src/bundle/index.ts';
import { readConfig } from '../src/cli/config.ts';
import { openNode } from '../src/cli/node.ts';
import { promoteBundle } from '../src/cli/promote.ts';
import { LEAD_FEATURES, type FeatureSpec } from '../src/features/index.ts';
import { openLog } from '../src/log/index.ts';
import { bundleFixture, modelFeatures } from '../src/rank/model.fixture.ts';

const dir = mkdtempSync(join(tmpdir(), 'leadrank-meanwhile-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

test('a model that is stored and promoted while a cell opens decides there', async () => {
  const config = readConfig({ data: dir });
  const visits = LEAD_FEATURES.find(({ name }) => name === 'web_visits_7d')!;
  const content: BundleContent = { ...bundleFixture().bundle, spec: { kind: 'log', features: [...modelFeatures, { ...visits, name: 'own_visits', source: 'web' } as FeatureSpec] } };
  const { id } = encodeBundle(content);
  const before = await openNode(config);
  const { paths, keys } = before.cell;
  await before.stop();
  const log = openLog({ path: paths.log, clock: Date.now });
  await promoteBundle(log, id, null, Date.now());
  await log.close();
  const stored = join(paths.bundles, id);

  const node = await openNode(config, {
    onFold() {
      if (existsSync(stored)) return;
      writeBundle(stored, content);
      signBundle(stored, keys.signing);
    },
  });
  try {
    expect(existsSync(stored)).toBe(true);
    await vi.waitFor(() => expect([node.bundles.current('lead')?.model.id, node.bundles.failure('lead')]).toEqual([id, null]), { timeout: 5_000 });
  } finally {
    await node.stop();
  }
});
