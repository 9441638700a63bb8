import { Document, isMap, isNode, isScalar, isSeq, LineCounter, parseDocument, visit } from 'yaml';
import { Fault } from '../base/index.ts';
import type { FeatureSpec } from '../features/index.ts';
import { parseCases, type RuleCase } from './case.ts';
import { isRuleFault, type Path } from './fault.ts';
import { parseSettings, type FormulaSettings } from './formula/settings.ts';
import { checkMeaning } from './meaning.ts';
import { parseRules, rulesDocument, type RulesDocument, type RuleSet } from './parse.ts';

/** A rules file: what decides, and beside it what tests it and what its formula needs to know, which no hash covers. */
export interface RulesFile {
  readonly rules: RuleSet;
  readonly cases: readonly RuleCase[];
  readonly formula: FormulaSettings;
}

export interface RulesFileOptions {
  /** What a vector has. */
  readonly features: readonly FeatureSpec[];
  /** How a fault names the file. */
  readonly name?: string;
}

/** Reads a rule set from YAML text. Throws a Fault with the line, for text that is no YAML and for what is no rule set. */
export function readRules(text: string, { features, name = 'rules.yaml' }: RulesFileOptions): RulesFile {
  return read(text, name, (document) => {
    const { tests, formula, ...rest } = asFields(document);
    const rules = parseRules(rest, features.map((spec) => spec.name));
    checkMeaning(rules, features);
    return { rules, cases: parseCases(tests, features, rules), formula: parseSettings(formula, features, rules) };
  });
}

/** Reads the tests of a rule set from a file of their own: `tests` and nothing else. Throws a Fault with the line. */
export function readCases(text: string, rules: RuleSet, { features, name = 'rules.test.yaml' }: RulesFileOptions): readonly RuleCase[] {
  return read(text, name, (document) => parseCases(asFields(document)['tests'] ?? [], features, rules));
}

/** The YAML text of a rule set; reading it again gives the same hash. */
export function formatRules(rules: RulesDocument): string {
  const document = new Document(rulesDocument(rules), { aliasDuplicateObjects: false });
  visit(document, {
    Map(_key, node) {
      // A test, a decay: one line each.
      if (node.has('feature') || node.has('since')) node.flow = true;
    },
  });
  return document.toString({ lineWidth: 0 });
}

function read<T>(text: string, name: string, parse: (document: unknown) => T): T {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const broken = document.errors[0];
  if (broken !== undefined) {
    const line = broken.linePos?.[0].line ?? 1;
    const remedy = /\bis:\s*[>!|]/u.test(text.split('\n')[line - 1] ?? '') ? 'put the operator in quotes' : 'correct the line';
    throw input(`${name}:${line}: ${broken.message.split(' at line')[0]}`, 'is not valid YAML', remedy);
  }
  let plain: unknown;
  try {
    plain = document.toJS({ maxAliasCount: 0 });
  } catch (cause) {
    throw input(name, 'has an alias', 'write out what it stands for', cause);
  }
  try {
    return parse(plain);
  } catch (error) {
    if (!isRuleFault(error)) throw error;
    const { value, rule, remedy } = error;
    throw input(`${name}:${lineOf(document, lines, error.path)}: ${value}`, rule, remedy);
  }
}

/** The line of what stands at the path, or of the nearest that is there around it. A list of one may stand without its brackets. */
function lineOf(document: Document, lines: LineCounter, path: Path): number {
  let node: unknown = document.contents;
  let offset = 0;
  for (const step of path) {
    if (typeof step === 'number' && !isSeq(node)) continue;
    if (!isMap(node) && !isSeq(node)) break;
    const pair = isMap(node) ? node.items.find(({ key }) => isScalar(key) && String(key.value) === step) : undefined;
    const next = node.get(step, true);
    const at = isNode(pair?.key) ? pair.key : next;
    if (!isNode(at) || !at.range) break;
    offset = at.range[0];
    node = next;
  }
  return lines.linePos(offset).line;
}

const asFields = (document: unknown): Record<string, unknown> => (document !== null && typeof document === 'object' && !Array.isArray(document) ? (document as Record<string, unknown>) : { rules: document });

const input = (value: string, rule: string, remedy: string, cause?: unknown): Fault =>
  new Fault({ kind: 'input', value, rule, remedy, ...(cause !== undefined && { cause }) });
