import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { newestVersion, type LoggedEvent } from '../events/index.ts';
import { LEAD_FEATURES } from './defaults/index.ts';
import { createProjection, foldedWith } from './projection.ts';
import { lmdbStore } from './lmdb/store.ts';

const folder = mkdtempSync(join(tmpdir(), 'leadrank-refused-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const created = (offset: number): LoggedEvent => {
  const time = 1e12 + offset;
  const data = { owner: 'us_p' };
  return { id: `e${offset}`, source: 'crm', type: 'lead.created', version: newestVersion('lead.created'), subject: `ld_${offset}`, time, knownAt: time, received: time, offset, data } as unknown as LoggedEvent;
};

test('a state whose very first transaction is refused folds the same events when it is asked again', () => {
  const store = lmdbStore({ path: join(folder, 'state') });
  let refuses = true;
  const refusing = {
    ...store,
    transaction: <T>(work: () => T): T =>
      store.transaction(() => {
        const result = work();
        if (refuses) throw new Error('no room');
        return result;
      }),
  };
  const state = createProjection({ store: refusing, features: LEAD_FEATURES, epoch: 4 });
  expect(() => state.fold([0, 1, 2].map(created))).toThrow('no room');
  expect([state.offset(), state.epoch(), state.counts().leads, foldedWith(store)]).toEqual([0, 4, 0, undefined]);
  refuses = false;
  state.fold([0, 1, 2, 3].map(created));
  expect([state.offset(), state.counts().leads, state.record('ld_0' as never)?.owner]).toEqual([4, 4, 'us_p']);
  expect(foldedWith(store)).toBeDefined();
  state.close();
});
