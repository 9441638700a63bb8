import { describe, expect, test } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../base/index.ts';
import { arrange } from '../arrange.ts';
import type { CandidateFacts } from '../assessment.ts';
import { candidateFixture, CONTEXT, NOW, policyOf } from './candidates.fixture.ts';

const policy = policyOf({ name: 'promise', near: 4 * HOUR, missed: 7 * DAY, lift: 2 }, { name: 'feedback', within: 14 * DAY, accepted: 1.5, disputed: 0.5 });
const factorsOf = (facts: Partial<CandidateFacts>): unknown[] =>
  arrange([candidateFixture('ld_a', 0.1, { facts })], CONTEXT, policy, 0).items[0]!.priority.factors.map(({ name, factor, sentence }) => [name, factor, sentence]);

describe('what is due', () => {
  const task = (at: number, since = NOW - 20 * DAY) => ({ kind: 'task', at, since }) as const;
  test.each<[Partial<CandidateFacts>, unknown[]]>([
    [{ due: { ...task(NOW + 2 * HOUR), kind: 'promise' } }, [['promise', 2, 'what was promised to it is due in 2 hours']]],
    [{ due: task(NOW) }, [['promise', 2, 'a task for it is due in a moment']]],
    [{ due: task(NOW - 3.5 * DAY) }, [['promise', 1.5, 'a task for it was due 3 days ago']]],
    [{ due: task(NOW - 7 * DAY) }, []],
    [{ due: task(NOW - 2 * DAY), lastTouch: NOW - 2 * DAY - 3 * HOUR }, []],
    [{ due: task(NOW - 3.5 * DAY), lastTouch: NOW - 4 * DAY }, [['promise', 1.5, 'a task for it was due 3 days ago']]],
    [{ due: task(NOW + 5 * HOUR) }, []],
    [{ due: null }, []],
  ])('%j', (facts, factors) => expect(factorsOf(facts)).toEqual(factors));

  test.each(['promise', 'task'] as const)('a call in which a %s for the same day was made does not keep it, a later one does', (kind) => {
    const due = { kind, since: NOW - 3 * HOUR, at: NOW + HOUR / 2 };
    const promised = (lastTouch: number) => factorsOf({ due, lastTouch });
    expect(promised(due.since - 5 * MINUTE)).toHaveLength(1);
    expect(promised(due.since)).toHaveLength(1);
    expect(promised(due.since + 5 * MINUTE)).toEqual([]);
    expect(factorsOf({ due: { ...due, at: NOW - HOUR }, lastTouch: due.since })).toMatchObject([['promise', expect.closeTo(2, 1), expect.stringContaining('was due 1 hour ago')]]);
  });
});

describe('what the rep said', () => {
  const dispute = (reason: string, at = NOW - 2 * DAY): Partial<CandidateFacts> => ({ disputed: { at, reason } });
  test.each<[string, Partial<CandidateFacts>, unknown[]]>([
    ['taken on', { acceptedAt: NOW - 2 * HOUR }, [['feedback', 1.5, 'you took it on 2 hours ago']]],
    ['taken on, and touched since', { acceptedAt: NOW - 12 * HOUR, lastTouch: NOW - 9 * HOUR }, []],
    ['taken on long ago', { acceptedAt: NOW - 20 * DAY }, []],
    ['too high', dispute('too_high'), [['feedback', 0.5, 'you disputed its place 2 days ago']]],
    ['a wrong reason', dispute('wrong_reason'), [['feedback', 0.5, 'you disputed its place 2 days ago']]],
    ['too low', dispute('too_low'), [['feedback', 2, 'you disputed its place 2 days ago']]],
    ['disputed long ago', dispute('too_high', NOW - 15 * DAY), []],
    ['both', { acceptedAt: NOW - 2 * HOUR, ...dispute('too_high') }, [['feedback', 0.75, 'you took it on 2 hours ago, and you disputed its place 2 days ago']]],
  ])('%s', (_, facts, factors) => expect(factorsOf(facts)).toEqual(factors));
});
