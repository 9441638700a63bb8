import { expect, test } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../base/index.ts';
import { ineligible } from '../eligible.ts';
import { parsePolicy, DEFAULT_POLICY } from '../policy.ts';
import { NOW, shelvedFixture, warm } from './book.fixture.ts';
import { DEFAULT_FLAGS } from './flag.ts';
import { whyLeftOut, type LeftOutFacts } from './left-out.ts';

const policy = parsePolicy(DEFAULT_POLICY);
const facts = (over: Partial<LeftOutFacts> = {}): LeftOutFacts => ({ ...shelvedFixture('ld_a'), convertedAt: null, closedAt: null, ...over });
const words = (over: Partial<LeftOutFacts>, zone = 'UTC'): string | null => {
  const reason = ineligible(facts(over), NOW, policy);
  return reason && whyLeftOut(reason, facts(over), { now: NOW, zone, flags: DEFAULT_FLAGS });
};

test.each<[Partial<LeftOutFacts>, string | null]>([
  [{}, null],
  [{ status: 'closed', closedAt: NOW - 20 * HOUR }, 'closed yesterday: disqualified'],
  [{ status: 'converted', convertedAt: NOW - 3 * DAY }, 'closed 3 days ago: converted'],
  [{ status: 'converted', convertedAt: NOW - 90 * DAY }, 'closed on 2025-12-02: converted'],
  [{ subject: 'op_a', status: 'closed', closedAt: NOW - 20 * HOUR }, 'closed yesterday: lost'],
  [{ subject: 'op_a', status: 'converted', convertedAt: NOW - 3 * DAY }, 'closed 3 days ago: won'],
  [{ status: 'deleted', objected: true }, 'deleted'],
  [{ objected: true, dismissed: true }, 'asked not to be profiled'],
  [{ dismissed: true, dismissedAt: NOW - 5 * DAY }, 'dismissed 5 days ago'],
  [{ dismissed: true, dismissedAt: null }, 'dismissed'],
  [{ dismissed: true, dismissedAt: NOW - 15 * DAY, lastEvent: NOW - 16 * DAY, heat: warm(0) }, 'dismissed 15 days ago'],
  [{ dismissed: true, dismissedAt: NOW - 15 * DAY, lastEvent: NOW - HOUR, heat: warm(0) }, null],
  [{ snoozedUntil: NOW + DAY + HOUR }, 'snoozed until tomorrow, 10:00'],
  [{ snoozedUntil: NOW + HOUR }, 'snoozed until 10:00'],
  [{ snoozedUntil: NOW + 3 * DAY }, 'snoozed until Thursday'],
  [{ snoozedUntil: NOW + 20 * DAY }, 'snoozed until 2026-03-22'],
  [{ snoozedUntil: NOW }, null],
  [{ lastTouch: NOW - 90 * MINUTE, lastEvent: NOW - 90 * MINUTE }, 'touched 1 hour ago'],
  [{ lastTouch: NOW - 90 * MINUTE, lastEvent: NOW - 60 * MINUTE }, null],
  [{ lastTouch: NOW, lastEvent: NOW }, 'touched just now'],
])('%j is left out: %s', (over, sentence) => expect(words(over)).toBe(sentence));

test('the days are those of the reader’s clocks', () => {
  const closed = { status: 'closed', closedAt: NOW - 10 * HOUR } as const;
  expect([words(closed), words(closed, 'Europe/Helsinki'), words(closed, 'America/Los_Angeles')]).toEqual(['closed yesterday: disqualified', 'closed 10 hours ago: disqualified', 'closed yesterday: disqualified']);
});

test('flags and what arranging withholds have their words', () => {
  const say = (reason: string): string => whyLeftOut(reason, facts(), { now: NOW, zone: 'UTC', flags: DEFAULT_FLAGS });
  expect(['competitor', 'account', 'absent', 'fatigued', 'new-in-a-later-release'].map(say)).toEqual([
    'a competitor', 'others of its company are further up', 'its owner is away, and it can wait', 'contacted often lately without an answer, last contact 9 days ago', 'new-in-a-later-release',
  ]);
});
