import { describe, expect, test } from 'vitest';
import { DAY } from '../src/base/index.ts';
import type { SubjectId } from '../src/events/index.ts';
import { armOf } from '../src/experiment/index.ts';
import { engine } from '../src/rank/index.ts';
import { bundleFixture } from '../src/rank/model.fixture.ts';
import { decideFixture, foldedFixture } from '../src/serve/decide.fixture.ts';

const START = Date.UTC(2026, 2, 2, 9);

describe('what the model would say', () => {
  const subject = 'ld_pool' as SubjectId;
  const model = engine.loadModel(bundleFixture().bundle);
  const pool = () => foldedFixture([{ type: 'lead.created', subject, time: START - DAY, data: { owner: null, territory: 'North' } }]);
  const given = { clock: () => START, models: { current: () => ({ model, trainedAt: START }) } };
  const wishes = ['emails_replied_30d:2'];
  const changeable = { emails_replied_30d: 'shown' };

  test('is told of a record of nobody by the arm of who asks', () => {
    const spec = { name: 'payoff', share: 0.5, unit: 'rep', salt: 'one' } as const;
    const askerIn = (arm: string) => Array.from({ length: 50 }, (_, n) => `us_${n}` as SubjectId).find((one) => armOf(spec, one) === arm)!;
    const state = pool();
    const { decide } = decideFixture({ ...given, state, policy: { experiment: spec, changeable } });
    const record = state.record(subject)!;
    expect(decide.whatIf(record, wishes, askerIn('control'))).toBeNull();
    expect(decide.whatIf(record, wishes, askerIn('treatment'))).toMatchObject({ direction: expect.any(String) });
  });

  test('is told to nobody where all are in the control arm', () => {
    const state = pool();
    const { decide } = decideFixture({ ...given, state, policy: { changeable }, assigned: () => ({ experiment: null, arm: 'control' }) });
    expect(decide.whatIf(state.record(subject)!, wishes, 'us_0' as SubjectId)).toBeNull();
  });
});
