import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { listsConformance } from '../conformance-lists.ts';
import { stateConformance, logged } from '../conformance.ts';
import { LEAD_FEATURES } from '../defaults/index.ts';
import type { State } from '../state.ts';
import type { SubjectId } from '../../events/index.ts';
import { openLmdbState } from './state.ts';

const folder = mkdtempSync(join(tmpdir(), 'leadrank-state-'));
const paths = new Map<State, string>();
let count = 0;
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function openAt(path: string): State {
  const state = openLmdbState({ path, features: LEAD_FEATURES });
  paths.set(state, path);
  return state;
}

const fresh = (): State => openAt(join(folder, String((count += 1))));

stateConformance('lmdb', {
  fresh,
  again(state) {
    state.close();
    return openAt(paths.get(state)!);
  },
});

listsConformance('lmdb', { fresh });

describe('a state on disk', () => {
  it('is refused under other features or another epoch of the log', () => {
    const state = fresh();
    const path = paths.get(state)!;
    state.fold([logged(0, 'lead.created', 'ld_a', { owner: 'us_a' })]);
    state.close();
    expect(() => openLmdbState({ path, features: LEAD_FEATURES.slice(1) })).toThrow(/other features.*rebuild/u);
    expect(() => openLmdbState({ path, features: LEAD_FEATURES, epoch: 1 })).toThrow(/epoch 0.*epoch 1.*rebuild/u);
    openLmdbState({ path, features: LEAD_FEATURES, epoch: 0 }).close();
  });

  it('is read while it is written', async () => {
    const writer = fresh();
    writer.fold([logged(0, 'lead.created', 'ld_a', { owner: 'us_a', industry: 'energy' })]);
    const reader = openLmdbState({ path: paths.get(writer)!, features: LEAD_FEATURES, access: 'read' });
    expect(reader.record('ld_a' as SubjectId)?.vector(0)[1]).toBe('energy');
    writer.fold([logged(1, 'lead.created', 'ld_b', { owner: 'us_a', industry: 'retail' })]);
    await vi.waitFor(() => expect(reader.offset()).toBe(2), { timeout: 30_000 }); // a reader's snapshot lasts for a turn of the event loop
    expect(reader.owned('us_a' as SubjectId)).toEqual(['ld_a', 'ld_b']);
    expect(reader.record('ld_b' as SubjectId)?.vector(0)[1]).toBe('retail');
    expect(() => reader.fold([])).toThrow(/reading only/u);
    reader.close();
    writer.close();
  });

  it('is missed where there is none', () => {
    expect(() => openLmdbState({ path: join(folder, 'none'), features: [], access: 'read' })).toThrow(/holds no state/u);
  });
});
