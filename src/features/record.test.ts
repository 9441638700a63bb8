import { expect, it } from 'vitest';
import { HOUR } from '../base/index.ts';
import type { SubjectId } from '../events/index.ts';
import { logged } from './conformance.ts';
import { OPPORTUNITY_FEATURES } from './defaults/index.ts';
import { openMemoryState } from './memory/state.ts';

it('an opportunity is touched by its contact, since it was opened', () => {
  const state = openMemoryState({ features: OPPORTUNITY_FEATURES });
  const deal = () => state.record('op_a' as SubjectId)!;
  state.fold([
    logged(0, 'contact.created', 'ct_a', { owner: 'us_a' }),
    logged(1, 'call.logged', 'ct_a', { outcome: 'connected' }),
    logged(2, 'opportunity.created', 'op_a', { owner: 'us_a', contact: 'ct_a' }),
  ]);
  expect([deal().lastTouch, deal().lastEvent]).toEqual([null, deal().created]);
  state.fold([logged(5, 'call.logged', 'ct_a', { outcome: 'connected' }), logged(6, 'web.visited', 'ct_a', { page: 'pricing' })]);
  expect(deal().lastTouch! - deal().created).toBe(3 * HOUR);
  expect(deal().lastEvent - deal().created).toBe(4 * HOUR);
  expect(state.owned('us_a' as SubjectId)).toEqual(['op_a']);
  state.fold([logged(7, 'opportunity.won', 'op_a', {})]);
  expect(state.owned('us_a' as SubjectId)).toEqual([]);
  expect(state.counts()).toMatchObject({ leads: 0, open: 0 });
});
