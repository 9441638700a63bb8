import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LEAD_FEATURES, sentence } from '../features/index.ts';
import type { Value } from '../trees/index.ts';
import { aboutOf, saysSame } from './about.ts';
import { thinness } from './evidence.ts';
import { reasonsOf, type Effect } from './reasons.ts';

const featureOf = (name: string): (typeof LEAD_FEATURES)[number] => LEAD_FEATURES.find((feature) => feature.name === name)!;
const effectOf = (name: string, value: Value, effect: number): Effect => {
  const feature = featureOf(name);
  return { feature: name, theme: feature.theme, effect, value, about: aboutOf(feature), sentence: () => sentence(feature, value) };
};
const same = (a: string, valueA: Value, b: string, valueB: Value): boolean => saysSame(aboutOf(featureOf(a)), valueA, aboutOf(featureOf(b)), valueB);

describe('two sentences say the same', () => {
  test.each<[string, Value, string, Value, boolean]>([
    ['web_visits_7d', 3, 'web_visits_90d', 9, true],
    ['days_since_visit', 2, 'days_since_last_activity', 2.01, true],
    ['days_since_visit', 20, 'days_since_last_activity', 2, false],
    ['web_visits_7d', 3, 'pricing_visits_14d', 3, false],
    ['industry', 'energy', 'country', 'DE', false],
    ['country', 'DE', 'local_time', 14.5, false],
    ['emails_sent_14d', 2, 'emails_opened_14d', 2, false],
  ])('%s of %s and %s of %s: %s', (a, valueA, b, valueB, expected) => {
    expect(same(a, valueA, b, valueB)).toBe(expected);
    expect(same(b, valueB, a, valueA)).toBe(expected);
  });
});

describe('reasons over the features that come along', () => {
  const someEffects = fc
    .array(fc.record({ feature: fc.constantFrom(...LEAD_FEATURES), value: fc.integer({ min: 0, max: 3 }), effect: fc.double({ min: -1, max: 1, noNaN: true }) }), { maxLength: 40 })
    .map((all) => all.map(({ feature, value, effect }) => effectOf(feature.name, value, effect)));

  test('never say the same twice, and add up with what is not said', () => {
    fc.assert(
      fc.property(someEffects, (effects) => {
        const { reasons, rest } = reasonsOf(effects);
        const sum = reasons.reduce((all, { effect }) => all + effect, rest);
        expect(sum).toBeCloseTo(effects.reduce((all, { effect }) => all + effect, 0), 9);
        const spoken = reasons.map(({ theme, sentence: text }) => effects.filter((one) => one.theme === theme && one.sentence() === text));
        spoken.forEach((mine, at) => {
          for (const others of spoken.slice(at + 1))
            expect(mine.every((a) => others.every((b) => saysSame(a.about!, a.value!, b.about!, b.value!)))).toBe(false);
        });
      }),
    );
  });

  test('where the strongest of a theme repeats another theme, the next speaks', () => {
    const effects = [
      effectOf('days_since_last_activity', 2, 0.9),
      effectOf('days_since_visit', 2, 0.6),
      effectOf('forms_30d', 1, 0.1),
    ];
    expect(reasonsOf(effects).reasons.map((reason) => reason.sentence)).toEqual(['last activity 2 days ago', '1 form filled in during the last 30 days']);
    expect(reasonsOf(effects.slice(0, 2)).reasons.map(({ theme }) => theme)).toEqual(['engagement']);
  });
});

describe('thin evidence', () => {
  const all = (value: Value): Effect[] => LEAD_FEATURES.map(({ name }) => effectOf(name, value, 0.1));

  test('is said where hardly any feature says something', () => {
    expect(thinness(all(null))).toEqual([
      { theme: 'evidence', direction: 'against', sentence: `not enough data: 0 of ${LEAD_FEATURES.length} things that the model asks about are known`, effect: 0 },
    ]);
    expect(thinness(all(1))).toEqual([]);
    expect(thinness([...all(null).slice(20), effectOf('industry', 'energy', 1), effectOf('country', 'DE', 1)])).toHaveLength(1);
  });

  test('a column of a table says something wherever it is not empty', () => {
    const column = (value: Value): Effect => ({ feature: 'x', theme: 'x', effect: 0, value, about: null, sentence: () => '' });
    expect(thinness([column(0), column(1)])).toEqual([]);
    expect(thinness([column(null), column(NaN)])).toHaveLength(1);
  });
});
