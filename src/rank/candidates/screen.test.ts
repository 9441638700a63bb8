import { describe, expect, test } from 'vitest';
import { candidateFixture } from '../arrange/candidates.fixture.ts';
import type { Candidate } from '../arrange.ts';
import { parsePolicy } from '../policy.ts';
import { DEFAULT_FLAGS } from './flag.ts';
import { screen } from './screen.ts';

const given = (subject: string, probability: number, fields: Record<string, string | number | null> = {}, facts: Partial<Candidate['facts']> = {}): Candidate =>
  candidateFixture(subject, probability, { fields, facts });
const listed = (candidates: readonly Candidate[]): unknown[] => candidates.map(({ assessment, flags }) => [assessment.subject, flags ?? []]);

describe('flags', () => {
  test('are put up, or keep a record off the list', () => {
    const { candidates, leftOut } = screen([
      given('ld_a', 0.1, { account_type: 'Customer - Direct', account_open_deals: 2 }),
      given('ld_b', 0.2, { account_type: 'Competitor' }),
      given('ld_c', 0.3, { account_type: 'Partner' }),
      given('ld_d', 0.4, { lead_source: 'Test' }),
      given('ld_e', 0.5, { emails_bounced: 1, do_not_call: 1, account_type: null }),
      given('ld_f', 0.6),
    ], DEFAULT_FLAGS);
    expect(listed(candidates)).toEqual([['ld_a', ['customer', 'open-opportunity']], ['ld_e', ['do-not-call', 'bounced']], ['ld_f', []]]);
    expect(leftOut).toEqual([{ subject: 'ld_d', reason: 'test' }, { subject: 'ld_b', reason: 'competitor' }, { subject: 'ld_c', reason: 'partner' }]);
  });

  test('leave the better one of two leads of a person, and among equals the first by id, in whatever order they come', () => {
    const leads = [given('ld_c', 0.2, {}, { person: 'ct_x' }), given('ld_b', 0.3, {}, { person: 'ct_x' }), given('ld_a', 0.3, {}, { person: 'ct_y' }), given('ld_d', 0.3, {}, { person: 'ct_y' }), given('ld_e', 0.1)];
    for (const order of [leads, leads.toReversed()]) {
      const { candidates, leftOut } = screen(order, DEFAULT_FLAGS);
      expect(new Set(candidates.map(({ assessment }) => assessment.subject))).toEqual(new Set(['ld_a', 'ld_b', 'ld_e']));
      expect(new Set(leftOut.map(({ subject }) => subject))).toEqual(new Set(['ld_c', 'ld_d']));
    }
  });

  test('by company are put up where a policy says so', () => {
    const { flags } = parsePolicy({ version: 1, flags: [{ id: 'company', words: 'another lead of the company', do: 'flag', same: 'account' }] });
    expect(listed(screen([given('ld_a', 0.1, {}, { account: 'ac_x' }), given('ld_b', 0.2, {}, { account: 'ac_x' })], flags).candidates)).toEqual([['ld_a', ['company']], ['ld_b', []]]);
  });

  test.each([
    [{ id: 'closed', words: 'w', do: 'flag', same: 'person' }, /"closed": is no id of a flag/u],
    [{ id: 'x', words: 'w', do: 'hide', same: 'person' }, /flags\[0\]\.do: "hide": is not known here; use flag, leave-out/u],
    [{ id: 'x', words: 'w', do: 'flag' }, /either by when or by same/u],
    [{ id: 'x', words: 'w', do: 'flag', same: 'person', when: [{ feature: 'country', is: 'present' }] }, /either by when or by same/u],
    [{ id: 'x', words: 'w', do: 'flag', when: [{ feature: 'shoe_size', is: 'present' }] }, /"shoe_size": is not a declared feature/u],
    [{ id: 'x', words: 'w', do: 'flag', when: 'always' }, /flags\[0\]\.when: "always": is a list/u],
  ])('refuse %j', (flag, message) => {
    expect(() => parsePolicy({ version: 1, flags: [flag] }, ['country'])).toThrow(message);
  });

  test.each([
    [{ most: 0 }, /brings no record at all/u],
    [{ most: 1.5 }, /most: 1\.5: is a whole number/u],
    [{ quotas: { owned: -1 } }, /quotas\.owned: .*from 0 to 2000/u],
    [{ quotas: { friends: 3 } }, /"friends": is not known here; use deadline, hot/u],
    [{ near: 'soon' }, /candidates\.near: "soon": is a span/u],
  ])('and candidates refuse %j', (candidates, message) => {
    expect(() => parsePolicy({ version: 1, candidates })).toThrow(message);
    expect(parsePolicy({ version: 1, candidates: { quotas: { hot: 5 } } }).candidates.quotas).toMatchObject({ hot: 5, owned: 240 });
  });
});
