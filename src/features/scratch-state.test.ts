import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { logged } from './conformance.ts';
import { LEAD_FEATURES } from './defaults/index.ts';
import { digest } from './digest.ts';
import { openScratchState } from './scratch-state.ts';

const folder = mkdtempSync(join(tmpdir(), 'leadrank-scratch-state-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('folds to the same with a folder as without', () => {
  const digests = [folder, undefined].map((scratch) => {
    const state = openScratchState({ features: LEAD_FEATURES, scratch });
    state.fold([logged(0, 'lead.created', 'ld_a', { owner: 'us_a' }, { time: 0 })]);
    const found = digest(state);
    state.close();
    return found;
  });
  expect(digests[0]).toBe(digests[1]);
  expect(readdirSync(folder)).toContain('data.mdb');
});
