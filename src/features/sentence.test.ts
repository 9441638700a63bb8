import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LEAD_FEATURES } from './defaults/index.ts';
import { sentence } from './sentence.ts';
import type { Value } from '../trees/index.ts';

const say = (name: string, value: Value): string => sentence(LEAD_FEATURES.find((spec) => spec.name === name)!, value);

describe('a reason', () => {
  it.each<[string, Value, string]>([
    ['pricing_visits_14d', 4, '4 visits to the pricing page in the last 14 days'],
    ['pricing_visits_14d', 1, '1 visit to the pricing page in the last 14 days'],
    ['pricing_visits_14d', 0, 'no visit to the pricing page in the last 14 days'],
    ['employees', 1, 'company of 1 person'],
    ['employees', 12_500, 'company of 12,500 people'],
    ['employees', null, 'company size not recorded'],
    ['annual_revenue', 3_449_000, 'annual revenue of 3.4 million'],
    ['annual_revenue', 2e9, 'annual revenue of 2 billion'],
    ['days_since_reply', 2.2, 'last answered an e-mail 2 days ago'],
    ['days_since_reply', 0.04, 'last answered an e-mail 58 minutes ago'],
    ['days_since_reply', 1, 'last answered an e-mail 24 hours ago'],
    ['days_since_reply', 0, 'last answered an e-mail a moment ago'],
    ['days_since_reply', 70, 'last answered an e-mail 10 weeks ago'],
    ['days_since_reply', null, 'has not answered an e-mail'],
    ['seniority', 'c_level', 'job level: C-level'],
    ['email_domain_class', 'education', 'uses a school or university e-mail address'],
    ['web_seconds_7d', 253, '4 minutes on the site in the last 7 days'],
    ['created_hour', 0, 'came in in the hour after 0:00 UTC'],
    ['intent_decayed_3d', 0.3, 'hardly active in the last few days'],
    ['industry', '(other)', 'works in another one'],
  ])('%s = %s reads: %s', (name, value, words) => {
    expect(say(name, value)).toBe(words);
  });

  it('is one line of plain words for every feature and value', () => {
    const values = fc.oneof(fc.double({ noNaN: false, noDefaultInfinity: true, min: 0, max: 1e13 }), fc.constant(null));
    fc.assert(fc.property(fc.constantFrom(...LEAD_FEATURES), values, (spec, value) => {
      expect(sentence(spec, value)).toMatch(/^[^{}|\n]*[a-z]{2,}[^{}|\n]*$/u);
      expect(sentence(spec, value)).not.toMatch(/NaN|null|undefined|e\+/u);
    }));
  });
});
