import fc from 'fast-check';
import { DAY } from '../base/index.ts';
import type { FeatureSpec } from '../features/index.ts';
import type { Value } from '../trees/index.ts';
import type { RulesDocument } from './index.ts';

const spec = (name: string, kind: FeatureSpec['kind']): FeatureSpec => ({ name, entity: 'lead', kind, theme: 'intent', sentence: '{n}', source: 'web', owner: 'revops', privacy: 'plain' });

/** A count, a category, an age and a number of the record. */
export const FEATURES: readonly FeatureSpec[] = [
  spec('visits', { op: 'count', event: ['web.visited'], window: 7 * DAY }),
  spec('industry', { op: 'latest', event: ['lead.created', 'lead.changed'], field: 'industry', type: 'categorical' }),
  spec('age', { op: 'since', event: ['lead.created'] }),
  spec('employees', { op: 'latest', event: ['lead.created', 'lead.changed'], field: 'employees', type: 'numeric' }),
];
export const COLUMNS = FEATURES.map(({ name }) => name);

const WORDS = ['retail', 'energy', 'Öl & "Gas"; back\\slash', '石油'];
const NUMERIC = ['visits', 'age', 'employees'];

const number = fc.integer({ min: -5, max: 40 });
export const vectors: fc.Arbitrary<Value[]> = fc.tuple(
  fc.option(number),
  fc.option(fc.constantFrom(...WORDS, 'else')),
  fc.option(fc.double({ min: 0, max: 60, noNaN: true })),
  fc.option(number),
);

const test = fc.oneof(
  fc.record({ feature: fc.constantFrom(...NUMERIC), is: fc.constantFrom('>=', '>', '<=', '<', '=', '!='), value: number }),
  fc.record({ feature: fc.constantFrom(...NUMERIC), is: fc.constantFrom('in', 'not in'), value: fc.array(number, { minLength: 1, maxLength: 3 }) }),
  fc.record({ feature: fc.constant('industry'), is: fc.constantFrom('=', '!='), value: fc.constantFrom(...WORDS) }),
  fc.record({ feature: fc.constant('industry'), is: fc.constantFrom('in', 'not in'), value: fc.uniqueArray(fc.constantFrom(...WORDS), { minLength: 1 }) }),
  fc.record({ feature: fc.constantFrom(...COLUMNS), is: fc.constantFrom('missing', 'present') }),
);
const { condition } = fc.letrec((tie) => ({
  condition: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    test,
    fc.record({ all: fc.array(tie('condition'), { minLength: 1, maxLength: 3 }) }),
    fc.record({ any: fc.array(tie('condition'), { minLength: 1, maxLength: 3 }) }),
    fc.record({ not: tie('condition') }),
  ),
}));
const decay = fc.oneof(
  fc.record({ since: fc.constant('age'), half_life: fc.integer({ min: 1, max: 60 }) }),
  fc.record({ since: fc.constant('age'), over: fc.integer({ min: 1, max: 60 }) }),
);
const points = fc.integer({ min: -40, max: 40 });

/** Rule sets over `FEATURES`, of every kind of condition; `decays` says whether points fall with an age. */
export const documents = ({ decays = 'some' }: { decays?: 'some' | 'none' } = {}): fc.Arbitrary<RulesDocument> =>
  fc
    .record({
      version: fc.integer({ min: 1, max: 9 }),
      base: fc.integer({ min: -50, max: 80 }),
      caps: fc.dictionary(fc.constantFrom('intent', 'fit'), fc.integer({ min: 0, max: 60 })),
      rules: fc.array(
        fc.record(
          {
            theme: fc.constantFrom('intent', 'fit', 'history'),
            points,
            when: fc.array(condition, { minLength: 1, maxLength: 3 }),
            sentence: fc.string({ minLength: 1, maxLength: 20 }),
            decay: decays === 'some' ? decay : fc.constant(undefined),
          },
          { requiredKeys: ['theme', 'points', 'when', 'sentence'] },
        ),
        { maxLength: 8 },
      ),
    })
    .map(({ version, base, caps, rules }) => {
      const named = rules.map(({ decay: falls, ...rest }, at) => ({ id: `r${at}`, ...rest, ...(falls !== undefined && { decay: falls }) }));
      const themes = new Set<string>(named.map(({ theme }) => theme));
      return { version, base, caps: Object.fromEntries(Object.entries(caps).filter(([theme]) => themes.has(theme))), rules: named } as unknown as RulesDocument;
    });
