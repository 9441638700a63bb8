import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { DAY } from '../src/base/index.ts';
import { encodeBundle, signBundle, writeBundle, type BundleContent } from '../src/bundle/index.ts';
import { LEAD_FEATURES, type FeatureSpec } from '../src/features/index.ts';
import { engine } from '../src/rank/index.ts';
import { bundleFixture, modelFeatures } from '../src/rank/model.fixture.ts';
import { GROWING, openBundleStore } from '../src/cli/bundle-store.ts';

let dir: string;
beforeEach(() => void (dir = mkdtempSync(join(tmpdir(), 'leadrank-models-'))));
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const { publicKey, privateKey } = generateKeyPairSync('ed25519');
const { bundle } = bundleFixture();

/** Visits of so many days, under the name that the fixture's model knows. */
const visitsOf = (days: number): FeatureSpec[] =>
  modelFeatures.map((feature) => (feature.name === 'web_visits_7d' ? { ...feature, kind: { op: 'count', event: ['web.visited'], window: days * DAY } } : feature));

function stored(features: FeatureSpec[]): string {
  const content: BundleContent = { ...bundle, spec: { kind: 'log', features } };
  const { id } = encodeBundle(content);
  writeBundle(join(dir, id), content);
  signBundle(join(dir, id), privateKey);
  return id;
}

function opened(begun: readonly FeatureSpec[]) {
  const now = { champion: null as string | null, earlier: [] as string[], kept: begun, wanted: begun };
  const store = openBundleStore({ dir, clock: () => 0, trusted: [publicKey], engine, promoted: { champion: (target) => (target === 'lead' ? now.champion : null), earlier: () => now.earlier }, kept: () => now.kept, wanted: () => now.wanted });
  const deciding = (): [string | null, string | null] => [store.current('lead')?.model.id ?? null, store.failure('lead')];
  return { now, deciding };
}

const MORE = [...modelFeatures, LEAD_FEATURES.find((feature) => !modelFeatures.includes(feature))!];

it('the model before goes on until the state keeps what the next one needs, also after a start meanwhile', () => {
  const [first, next] = [stored(modelFeatures), stored(MORE)];
  for (const started of ['before', 'meanwhile']) {
    const { now, deciding } = opened(modelFeatures);
    now.wanted = MORE;
    now.champion = first;
    if (started === 'before') expect(deciding()).toEqual([first, null]);
    [now.champion, now.earlier] = [next, [first]];
    expect(deciding()).toEqual([first, GROWING]);
    now.kept = [...modelFeatures];
    expect(deciding()).toEqual([first, GROWING]);
    now.kept = MORE;
    expect(deciding()).toEqual([next, null]);
  }
});

it('of those before a model that waits the newest decides that can, and none where one is that cannot be used', () => {
  const [first, next] = [stored(modelFeatures), stored(MORE)];
  const unknown = '0'.repeat(32);
  const { now, deciding } = opened(modelFeatures);
  now.wanted = MORE;
  [now.champion, now.earlier] = [next, [unknown, first]];
  expect(deciding()).toEqual([first, GROWING]);
  now.earlier = [unknown];
  expect(deciding()).toEqual([null, GROWING]);
  [now.champion, now.earlier] = [unknown, [first]];
  expect(deciding()).toEqual([null, 'it is not in the bundle store']);
});

it('a model does not decide once the state keeps something else under a name of its features, whether it was loaded before or not', () => {
  const [first, next] = [stored(visitsOf(7)), stored(visitsOf(9))];
  const { now, deciding } = opened(visitsOf(7));
  now.champion = first;
  expect(deciding()).toEqual([first, null]);
  now.champion = next;
  expect(deciding()).toEqual([null, expect.stringMatching(/something else under web_visits_7d/u)]);
  now.kept = now.wanted = visitsOf(9);
  expect(deciding()).toEqual([next, null]);
  now.champion = first;
  expect(deciding()).toEqual([null, expect.stringMatching(/something else under web_visits_7d/u)]);
});

it('a model that means something else by a name than the one before waits where the state will keep what it means', () => {
  const [first, next] = [stored(visitsOf(7)), stored(visitsOf(9))];
  const { now, deciding } = opened(visitsOf(7));
  [now.champion, now.earlier, now.wanted] = [next, [first], visitsOf(9)];
  expect(deciding()).toEqual([first, GROWING]);
  now.kept = visitsOf(9);
  expect(deciding()).toEqual([next, null]);
  [now.champion, now.earlier, now.wanted] = [first, [next], visitsOf(7)];
  expect(deciding()).toEqual([next, GROWING]);
});
