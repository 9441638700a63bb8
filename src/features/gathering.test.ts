import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { histories, stateConformance } from './conformance.ts';
import { LEAD_FEATURES } from './defaults/index.ts';
import { digest } from './digest.ts';
import { gatheringStore } from './gathering.ts';
import { lmdbStore } from './lmdb/store.ts';
import { memoryStore } from './memory/store.ts';
import { createProjection } from './projection.ts';

const features = LEAD_FEATURES;
const folder = mkdtempSync(join(tmpdir(), 'leadrank-gathering-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

stateConformance('gathering', { fresh: () => createProjection({ store: gatheringStore(memoryStore(), { most: 2_000 }), features }) });

describe('a long fold that gathers', () => {
  it('leaves the bytes that an ordinary fold leaves, and the same file for whoever goes on', () => {
    let count = 0;
    fc.assert(fc.property(histories, fc.nat(60), fc.nat(5_000), (events, until, most) => {
      const store = lmdbStore({ path: join(folder, String((count += 1))) });
      const gathering = gatheringStore(store, { most });
      const first = createProjection({ store: gathering, features });
      for (let at = 0; at < until; at += 7) first.fold(events.slice(at, Math.min(until, at + 7)));
      gathering.flush();
      const state = createProjection({ store, features });
      state.fold(events);
      const clean = createProjection({ store: memoryStore(), features });
      clean.fold(events);
      expect(digest(state)).toBe(digest(clean));
      state.close();
    }), { numRuns: 25 });
  });
});
