import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import { encodeBundle, signBundle, writeBundle, type BundleContent } from '../src/bundle/index.ts';
import { DAY } from '../src/base/index.ts';
import { GROWING } from '../src/cli/bundle-store.ts';
import { readConfig } from '../src/cli/config.ts';
import { levelsOf } from '../src/cli/doctor-levels.ts';
import { openNode, type Node } from '../src/cli/node.ts';
import { promoteBundle } from '../src/cli/promote.ts';
import { championsOf, promotedAt, promotedIn } from '../src/cli/promoted.ts';
import { CELL_SUBJECT, serviceEvent } from '../src/events/index.ts';
import { DEFAULT_FEATURES, discardLmdbState, growthAt, layoutHash, LEAD_FEATURES, unionOf, type FeatureSpec } from '../src/features/index.ts';
import { openLog } from '../src/log/index.ts';
import { bundleFixture, modelFeatures } from '../src/rank/model.fixture.ts';

const folder = mkdtempSync(join(tmpdir(), 'leadrank-meanwhile-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A model with a feature of its own: visits of so many days. */
function modelOf(days: number): { id: string; content: BundleContent; features: readonly FeatureSpec[] } {
  const own: FeatureSpec = { ...LEAD_FEATURES.find(({ name }) => name === 'web_visits_7d')!, name: 'own_visits', kind: { op: 'count', event: ['web.visited'], window: days * DAY } };
  const features = [...modelFeatures, own];
  const content: BundleContent = { ...bundleFixture().bundle, spec: { kind: 'log', features } };
  return { id: encodeBundle(content).id, content, features };
}

test('a model that is stored and promoted while a cell opens decides there', async () => {
  const config = readConfig({ data: join(folder, 'opening') });
  const { id, content } = modelOf(7);
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

test.each(['the lower', 'the higher'])('of two stored models that mean different things by one name %s decides once it is promoted, and the other once that is', async (which) => {
  const config = readConfig({ data: join(folder, which) });
  const [first, second] = [modelOf(8), modelOf(9)].toSorted((a, b) => (a.id < b.id === (which === 'the lower') ? -1 : 1)) as [ReturnType<typeof modelOf>, ReturnType<typeof modelOf>];
  const node = await openNode(config);
  const { paths, keys } = node.cell;
  const deciding = (of: Node) => [of.bundles.current('lead')?.model.id, of.bundles.failure('lead'), of.state.features.find(({ name }) => name === 'own_visits')];
  for (const { id, content } of [first, second]) {
    writeBundle(join(paths.bundles, id), content);
    signBundle(join(paths.bundles, id), keys.signing);
  }
  for (const { id, features } of [first, second, first]) {
    await promoteBundle(node.log, id, null, Date.now());
    await vi.waitFor(() => expect(deciding(node)).toEqual([id, null, features.at(-1)]), { timeout: 5_000 });
  }
  await node.stop();
  expect(levelsOf(config, paths, Date.now())[0]).toMatchObject({ level: 'L0', isWaiting: false });
  discardLmdbState(paths.state); // as by an erasure
  const again = await openNode(config);
  expect(deciding(again)).toEqual([first.id, null, first.features.at(-1)]);
  await promoteBundle(again.log, second.id, null, Date.now());
  await again.caughtUp();
  await again.stop();
  expect(levelsOf(config, paths, Date.now())[0]).toMatchObject({ level: 'L0' });
});

test('doctor says that a model cannot decide that has something else under a name of the house', async () => {
  const config = readConfig({ data: join(folder, 'of-the-house') });
  const { content, features } = modelOf(9);
  const other: FeatureSpec = { ...features.at(-1)!, name: 'web_visits_7d' };
  const taken: BundleContent = { ...content, spec: { kind: 'log', features: modelFeatures.map((feature) => (feature.name === other.name ? other : feature)) } };
  const { id } = encodeBundle(taken);
  const node = await openNode(config);
  const { paths, keys } = node.cell;
  writeBundle(join(paths.bundles, id), taken);
  signBundle(join(paths.bundles, id), keys.signing);
  await promoteBundle(node.log, id, null, Date.now());
  await vi.waitFor(() => expect(node.bundles.failure('lead') ?? node.bundles.current('lead')).toMatch(/something else under web_visits_7d/u), { timeout: 5_000 });
  await node.stop();
  const [leads] = levelsOf(config, paths, Date.now());
  expect(leads).toMatchObject({ level: 'L2', isWaiting: false, reason: expect.stringMatching(/something else under web_visits_7d.*under another name/u) });
});

test('doctor says which model goes on while the one that is promoted waits for its features', async () => {
  const config = readConfig({ data: join(folder, 'waiting') });
  const [{ id: first }, next] = [{ id: encodeBundle(bundleFixture().bundle).id }, modelOf(7)];
  const node = await openNode(config);
  const { paths } = node.cell;
  await promoteBundle(node.log, first, null, Date.now());
  await promoteBundle(node.log, next.id, first, Date.now());
  await node.caughtUp();
  await node.stop();
  writeBundle(join(paths.bundles, next.id), next.content);
  const level = () => levelsOf(config, paths, Date.now())[0];
  const waits = 'the model waits for own_visits, folded from the log by the running cell';
  expect(level()).toMatchObject({ level: 'L2', isWaiting: true, reason: `${waits}; none before it can decide` });
  writeBundle(join(paths.bundles, first), bundleFixture().bundle);
  expect(level()).toMatchObject({ level: 'L0', isWaiting: true, reason: `by the model before, ${first}: ${waits}` });
});

test('where the features of a promoted model cannot be folded, the model before goes on over a start, doctor says why, and the next promotion tries again', async () => {
  const config = readConfig({ data: join(folder, 'failing') });
  const { bundle } = bundleFixture();
  const [before, next] = [{ id: encodeBundle(bundle).id, content: bundle }, modelOf(11)];
  const first = await openNode(config);
  const { paths, keys } = first.cell;
  const store = ({ id, content }: Pick<typeof next, 'id' | 'content'>): void => {
    writeBundle(join(paths.bundles, id), content);
    signBundle(join(paths.bundles, id), keys.signing);
  };
  store(before);
  await promoteBundle(first.log, before.id, null, Date.now());
  await vi.waitFor(() => expect(first.bundles.current('lead')?.model.id).toBe(before.id));
  await first.stop();
  store(next);
  const log = openLog({ path: paths.log, clock: Date.now });
  await promoteBundle(log, next.id, before.id, Date.now());
  await log.close();
  const place = join(paths.state, layoutHash(unionOf([DEFAULT_FEATURES, next.features])));
  writeFileSync(place, 'no folder can be made here');

  const node = await openNode({ ...config, logLevel: 'silent' });
  try {
    await vi.waitFor(() => expect(growthAt(paths.state).failure).toMatchObject({ tries: 1 }), { timeout: 5_000 });
    expect([node.bundles.current('lead')?.model.id, node.bundles.failure('lead')]).toEqual([before.id, GROWING]);
    expect(existsSync(place)).toBe(false);
    expect(levelsOf(config, paths, Date.now())[0]).toMatchObject({ level: 'L0', isWaiting: true });
    await promoteBundle(node.log, next.id, before.id, Date.now());
    await vi.waitFor(() => expect([node.bundles.current('lead')?.model.id, growthAt(paths.state).failure]).toEqual([next.id, null]), { timeout: 5_000 });
  } finally {
    await node.stop();
  }
  const { done } = growthAt(paths.state);
  expect(done!.took).toBeGreaterThan(0);
  await (await openNode(config)).stop();
  expect(growthAt(paths.state)).toEqual({ failure: null, done }); // the next start knows
});

test('which models were promoted as a log had come to an offset is known, also where that is history', async () => {
  const log = openLog({ path: join(folder, 'asked'), clock: () => 1_000 });
  try {
    const none = (n: number) => serviceEvent({ type: 'control.journal.anchored', subject: CELL_SUBJECT, time: n, data: { server: 'node', segment: n, bytes: 64, chain: 'aa' } });
    for (let n = 0; n < 30; n++) {
      if (n % 10 === 3) await promoteBundle(log, `lead-${n}`, null, n);
      else if (n === 15) await promoteBundle(log, 'opportunity-15', null, n, 'opportunity');
      else await log.append([none(n)]);
    }
    const promoted = (): Promise<string[][]> => Promise.all([0, 3, 4, 14, 16, 23, 24, 30].map(async (offset) => championsOf(await promotedAt(log, offset))));
    const [first, second, third, deal] = ['lead-3', 'lead-13', 'lead-23', 'opportunity-15'] as const;
    const wanted = [[], [], [first], [second], [second, deal], [second, deal], [third, deal], [third, deal]];
    expect(await promoted()).toEqual(wanted);
    await log.compact({ keep: 8, size: 7 });
    expect(log.history.end()).toBeGreaterThan(20);
    expect(await promoted()).toEqual(wanted);
    expect(championsOf(promotedIn({ log, statePath: join(folder, 'no state') }))).toEqual([third, deal]);
  } finally {
    await log.close();
  }
});
