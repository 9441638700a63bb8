import { describe, expect, test } from 'vitest';
import type { LeadRecord } from '../features/index.ts';
import type { LastScore } from '../rank/index.ts';
import { startDeadline } from './deadline.ts';
import { createReading } from './reading.ts';

const last: LastScore = { time: 0, score: 50, grade: 'B', probability: 0.2, bundle: 'b', reasons: [] };
const record = (over: object = {}): LeadRecord =>
  ({ subject: 'ld_a', created: 0, lastTouch: null, lastEvent: 0, vector: () => [1, 'x'], sources: () => [{ source: 'web', ageMs: 1, stale: false }], ...over }) as unknown as LeadRecord;
const broken = (): never => {
  throw new Error('disk');
};

/** A reading begun `passed` ms after the start of its request. */
function read(of: LeadRecord, { passed = 0, model = {} as object | null, get = () => last }: { passed?: number; model?: object | null; get?: () => LastScore | null } = {}) {
  let now = 0;
  const told: unknown[] = [];
  const deadline = startDeadline({ clock: () => now, within: 1_000 });
  now += passed;
  const reading = createReading({ lastScores: { get, pointsGrade: () => 'C' }, faults: () => null });
  return { ...reading(of, { now: 0, deadline, width: 2, model, why: null, tell: (error) => told.push(error) }), told };
}

describe('a reading', () => {
  test('of a whole record lacks nothing', () => {
    expect(read(record())).toMatchObject({ fault: null, lacks: {}, told: [], input: { vector: [1, 'x'], last, pointsGrade: 'C' } });
  });

  test('of features that cannot be read goes on with none of them, and tells', () => {
    const { input, lacks, told } = read(record({ vector: broken }));
    expect([input.vector, input.sources, input.last]).toEqual([[null, null], [], last]);
    expect(lacks).toEqual({ features: 'what is known of it cannot be read' });
    expect(told).toHaveLength(1);
  });

  test('of a last score that cannot be read goes on without', () => {
    const { input, lacks, fault } = read(record(), { model: null, get: broken });
    expect([input.last, lacks, fault]).toEqual([null, { last: 'its last score cannot be read' }, null]);
  });

  test('leaves out what would come too late: first the model, then the last score, then all but the rules', () => {
    const late = [700, 800, 900, 2_000].map((passed) => {
      const { fault, lacks } = read(record(), { passed });
      return [fault !== null, lacks.last !== undefined, lacks.features !== undefined];
    });
    expect(late).toEqual([
      [false, false, false],
      [true, false, false],
      [true, true, false],
      [true, true, true],
    ]);
  });
});
