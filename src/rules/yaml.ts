import { parse, stringify, YAMLParseError } from 'yaml';
import { Fault } from '../base/index.ts';
import { parseRules, rulesDocument, type RuleSet } from './parse.ts';

/** Reads a rule set from YAML text. Throws a Fault for text that is no YAML (with its line) or no rule set. */
export function parseRulesYaml(text: string, columns: readonly string[]): RuleSet {
  return parseRules(parseText(text), columns);
}

/** The YAML text of a rule set; reading it again gives the same hash. */
export function formatRulesYaml(rules: RuleSet): string {
  return stringify(rulesDocument(rules), { lineWidth: 110, aliasDuplicateObjects: false });
}

function parseText(text: string): unknown {
  try {
    return parse(text, { maxAliasCount: 0 });
  } catch (cause) {
    const line = cause instanceof YAMLParseError ? (cause.linePos?.[0].line ?? 1) : 1;
    throw new Fault({
      kind: 'input',
      value: `line ${line}`,
      rule: 'is not valid YAML',
      remedy: 'correct the line',
      cause,
    });
  }
}
