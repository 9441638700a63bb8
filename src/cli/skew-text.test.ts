import { expect, test } from 'vitest';
import type { FeatureSkew, Skew } from '../monitor/index.ts';
import { skewText } from './skew-text.ts';

const feature = (name: string, over: Partial<FeatureSkew> = {}): FeatureSkew =>
  ({ feature: name, equal: 2, mismatch: 0, missing: 0, extra: 0, unsettled: 0, examples: [], ...over });
const skew = (over: Partial<Skew> = {}): Skew =>
  ({ ok: true, vectors: 2, values: 4, unfounded: [], erased: 0, events: 9, features: [feature('visits'), feature('industry')], undeclared: [], differing: [], ...over });
const LOOKED = { share: 0.5, decisions: 1_200, blank: 3 };

test('what is clean is said in two lines', () => {
  expect(skewText(skew(), LOOKED)).toBe(
    '1,200 decisions in the journal, 3 of them erased; in the sample of 0.5: 2 vectors of 2 features compared, 4 values\n' +
      'No skew: the log gives every vector to the last bit\n',
  );
});

test('what differs is told by feature, with the decisions and both values', () => {
  const examples = [
    { decision: 'd_1', outcome: 'mismatch', live: 0.1, computed: 0.2 },
    { decision: 'd_2', outcome: 'missing', live: null, computed: 3 },
  ] as const;
  const text = skewText(skew({ ok: false, differing: ['d_1', 'd_2'], features: [feature('visits', { equal: 0, mismatch: 1, missing: 1, examples }), feature('industry')] }), LOOKED);
  expect(text.split('\n').slice(1)).toEqual([
    '',
    'feature      equal   mismatch    missing      extra  unsettled',
    'visits           0          1          1          0          0',
    '1 other feature: equal in every vector',
    '',
    'visits:',
    '  d_1  mismatch: live 0.1, from the log 0.2',
    '  d_2  missing: live null, from the log 3',
    '',
    'Skew: 2 decisions with another vector, 0 that the log does not account for',
    '',
  ]);
});

test('a long list is cut, and says so; what was left out is counted', () => {
  const unfounded = Array.from({ length: 7 }, (_, n) => ({ decision: `d_${n}`, why: 'the log does not know the record' }));
  const text = skewText(skew({ ok: false, vectors: 0, unfounded, erased: 1, undeclared: [{ feature: 'old', vectors: 2 }] }), LOOKED);
  expect(text).toContain('d_4: the log does not know the record\n… and 2 more; --json lists all\nSkew: 0 decisions with another vector, 7 that');
  expect(text).toContain('1 vector of erased subjects skipped\nnot declared any more, not compared: old (2)');
});

test('an empty sample proves nothing, and is told as that', () => {
  expect(skewText(skew({ vectors: 0, values: 0, features: [] }), LOOKED)).toContain('Nothing was compared: no decision is in the sample; raise --share or widen --since');
});
