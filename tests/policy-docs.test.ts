import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { DEFAULT_POLICY, engine } from '../src/rank/index.ts';

const page = (...path: string[]): string => readFileSync(join(import.meta.dirname, '..', 'docs', ...path), 'utf8');
const examples = (text: string): unknown[] => [...text.matchAll(/```yaml\n(?<yaml>[\s\S]*?)```/gu)].map(({ groups }) => parse(groups!['yaml']!));

test('the policy of the reference is the one that comes along', () => {
  const [written] = examples(page('reference', 'policy.md'));
  expect(engine.parsePolicy(written).hash).toBe(engine.parsePolicy(DEFAULT_POLICY).hash);
});

test('the examples of the how-to are policies', () => {
  const text = page('how-to', 'ranking.md');
  for (const written of examples(text)) expect(() => engine.parsePolicy(written)).not.toThrow();
  const lines = [...text.matchAll(/`- (?<line>\{ name: [^`]+\})`/gu)].map(({ groups }) => parse(groups!['line']!) as unknown);
  expect(lines.length).toBeGreaterThan(2);
  for (const adjustment of lines) expect(() => engine.parsePolicy({ version: 1, adjustments: [adjustment] })).not.toThrow();
});
