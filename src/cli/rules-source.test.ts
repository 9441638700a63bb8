import { expect, test } from 'vitest';
import { Fault } from '../base/index.ts';
import { LEAD_FEATURES } from '../features/index.ts';
import { DEFAULT_RULES, parseRules, type RulesDocument } from '../rules/index.ts';
import { rulesSource } from './rules-source.ts';

const NAMES = LEAD_FEATURES.map(({ name }) => name);
const other = (feature: string): RulesDocument => ({ version: 3, base: 1, caps: {}, rules: [{ id: 'x', theme: 't', points: 1, when: [{ feature, is: 'present' }], sentence: 'x' }] });

function open({ documents = {}, initial = DEFAULT_RULES }: { documents?: Record<string, unknown>; initial?: RulesDocument }) {
  const at = { applied: null as string | null, columns: NAMES };
  const kept: unknown[] = [];
  const failures: string[] = [];
  const source = rulesSource({
    archive: {
      document(hash) {
        if (hash in documents) return documents[hash];
        throw new Fault({ kind: 'missing', value: hash, rule: 'no such file', remedy: 'check the path' });
      },
      keep: (document) => String(kept.push(document)),
    },
    engine: { parseRules },
    applied: () => at.applied,
    columns: () => at.columns,
    initial,
    fallback: DEFAULT_RULES,
    onFailure: ({ value }) => failures.push(value),
  });
  return { at, kept, failures, source };
}

test('what was applied decides from the moment on at which it is known; each set is kept before it decides', () => {
  const { at, kept, source } = open({ documents: { a: other('rating') } });
  expect(source().version).toBe(DEFAULT_RULES.version);
  at.applied = 'a';
  expect(source().version).toBe(3);
  expect(source()).toBe(source());
  at.applied = null;
  expect(source().version).toBe(DEFAULT_RULES.version);
  expect(kept).toHaveLength(3);
});

test('a set that is gone, or names features that are gone, is told of once, and the next best decides', () => {
  const { at, failures, source } = open({ documents: { b: other('gone') }, initial: other('later') });
  expect(source().version).toBe(DEFAULT_RULES.version);
  at.applied = 'a';
  expect([source(), source()].map(({ version }) => version)).toEqual([DEFAULT_RULES.version, DEFAULT_RULES.version]);
  expect(failures).toEqual(['rule x: "later"', 'a', 'rule x: "later"']);
  at.columns = [...NAMES, 'later'];
  expect(source().rules[0]!.when).toEqual([{ feature: 'later', is: 'present' }]);
  at.applied = 'b';
  expect(source().rules[0]!.when).toEqual([{ feature: 'later', is: 'present' }]);
  at.columns = [...NAMES, 'gone'];
  expect(source().rules[0]!.when).toEqual([{ feature: 'gone', is: 'present' }]);
});
