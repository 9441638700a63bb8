import { existsSync } from 'node:fs';
import { readText } from '../base/index.ts';
import type { FeatureSpec } from '../features/index.ts';
import { readCases, readRules, runCase, type CaseResult, type RulesFile } from '../rules/index.ts';

/** A rules file with the tests that stand in it or beside it: `rules.yaml` has `rules.test.yaml`. Throws a Fault with the line. */
export function loadRules(path: string, features: readonly FeatureSpec[]): RulesFile {
  const file = readRules(readText(path), { features, name: path });
  const beside = path.replace(/(\.ya?ml)?$/u, '.test$1');
  if (!existsSync(beside)) return file;
  return { ...file, cases: [...file.cases, ...readCases(readText(beside), file.rules, { features, name: beside })] };
}

export const testRules = ({ rules, cases }: RulesFile): CaseResult[] => cases.map((one) => runCase(rules, one));
