import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LEAD_FEATURES } from '../features/index.ts';
import type { Chances } from './chances.ts';
import { DEFAULT_RULES, formatRules, readRules, type RulesDocument } from './index.ts';
import { withChances } from './with-chances.ts';

const read = (text: string): RulesDocument => readRules(text, { name: 'rules.yaml', features: LEAD_FEATURES }).rules;
const chances = fc.uniqueArray(fc.integer({ min: -500, max: 500 }), { minLength: 1, maxLength: 12 }).map((at): Chances => at.toSorted((a, b) => a - b).map((points, n) => [points / 10, (n + 1) / 20]));

test('a file with chances of history is the same file but for them and its version', () => {
  fc.assert(fc.property(chances, fc.integer({ min: 1, max: 99 }), (of, version) => {
    const text = `# ours\n${formatRules(read(formatRules(DEFAULT_RULES)))}`;
    const written = withChances(text, { version, chances: of });
    const { hash: _hash, ...before } = { hash: '', ...read(text) };
    const { hash: _other, ...after } = { hash: '', ...read(written) };
    expect(after).toEqual({ ...before, version, chances: of });
    expect(written).toMatch(/^# ours\n/u);
    expect(written).toMatch(/\nchances: \[ ?\[/u);
  }), { numRuns: 25 });
});
