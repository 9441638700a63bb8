import { Command } from 'commander';
import { styleText } from 'node:util';
import { Fault, readText, systemClock, writeFileAtomic } from '../base/index.ts';
import { formatRules, parseRules, reach, withChances, type Mover, type RulesDocument, type RuleSet } from '../rules/index.ts';
import { readConfig } from './config.ts';
import { withCellFlags, type CellFlags } from './flags.ts';
import { readPlan, readTarget, type PlanFlags } from './plan.ts';
import { applyRules, hasCell, isKept, ruleFeatures, withRulesCell, type Deciding, type RulesScope } from './rules-cell.ts';
import { dryRun, dryRunText } from './rules-dry-run.ts';
import { loadRules, testRules } from './rules-file.ts';
import { formulaOf, formulaText } from './rules-formula.ts';
import { initialRules } from './rules-source.ts';
import { counted } from './words.ts';

interface Flags extends CellFlags {
  target: string;
  mapping?: string;
  json?: boolean;
}

const EXAMPLES = `
Examples:
  $ bin/leadrank rules show > rules.yaml
  $ bin/leadrank rules check rules.yaml && bin/leadrank rules test rules.yaml
  $ bin/leadrank rules dry-run rules.yaml --against history --html rules.html
  $ bin/leadrank rules formula rules.yaml --out Rules_Points__c.field-meta.xml
  $ bin/leadrank rules apply rules.yaml
`;

export function rulesCommand(): Command {
  const rules = new Command('rules')
    .summary('points rules: check, test, try on history, compile to a formula, apply')
    .description('Points rules rank when no model can (level L3), and in the org when leadrank cannot (L4). See docs/how-to/rules.md.')
    .addHelpText('after', EXAMPLES);
  const add = (name: string, description: string): Command =>
    withCellFlags(rules.command(name).description(description))
      .option('--target <entity>', 'what the rules rank: lead or opportunity', 'lead')
      .option('--mapping <file>', 'a mapping file, for features and fields of your own')
      .option('--json', 'print JSON');

  add('check', 'reads a rules file and says what is wrong in it, with the line').argument('<file>', 'rules in YAML').action(check);
  add('test', 'runs the tests that stand in a rules file, or beside it in FILE.test.yaml; ends with 1 where one fails').argument('<file>', 'rules in YAML').action(runTests);
  add('show', 'prints the rule set that decides, or a past one by its hash, as YAML').argument('[hash]', 'the hash that stands in a decision').action(show);
  add('dry-run', 'tries a rule set on history, beside the one that decides: lift, order, what each rule did, who moves most')
    .argument('<file>', 'rules in YAML')
    .requiredOption('--against <history>', '`history` for the log of the cell, or the folder of a training set')
    .option('--html <file>', 'write a page with pictures')
    .option('--write-chances', 'write into the file which share of records with so many points had the outcome, and count its version up')
    .option('--until <time>', 'use what was known by then (default: now)')
    .option('--horizon <days>', 'a sample is positive where the outcome comes within so many days (default: as of the target)')
    .action(tryOn);
  add('formula', 'makes a Salesforce formula of the rules that fields of the record can express, and says what it leaves out')
    .argument('<file>', 'rules in YAML')
    .option('--against <history>', 'tell how alike it ranks: `history` for the log of the cell, or the folder of a training set')
    .option('--out <file>', 'write it as a custom field, e.g. Rules_Points__c.field-meta.xml')
    .action(formula);
  add('apply', 'makes a rule set the one that decides, on every node that follows the log').argument('<file>', 'rules in YAML').action(apply);
  return rules;
}

const scopeOf = ({ mapping, target, ...flags }: Flags): RulesScope => ({ config: readConfig(flags), target: readTarget(target), mapping });

function check(path: string, flags: Flags): void {
  const file = loadRules(path, ruleFeatures(scopeOf(flags)));
  const { version, hash, rules } = file.rules;
  const { low, high } = reach(file.rules);
  const themes = new Set(rules.map(({ theme }) => theme));
  const shown = { version, hash, rules: rules.length, themes: [...themes], low, high, tests: file.cases.length };
  const text =
    `${path}: version ${version}, ${counted(rules.length, 'rule')} in ${counted(themes.size, 'theme')}, points from ${low} to ${high}, ${counted(file.cases.length, 'test')}\nhash ${hash}\n`;
  print(flags, shown, text);
}

function runTests(path: string, flags: Flags): void {
  const results = testRules(loadRules(path, ruleFeatures(scopeOf(flags))));
  const lines = results.map(({ name, passed, differences }) =>
    [`${passed ? styleText('green', '✓') : styleText('red', '✗')} ${name}`, ...differences.map((one) => `    ${one}`)].join('\n'),
  );
  const failed = results.filter(({ passed }) => !passed).length;
  const sum = results.length === 0 ? 'no tests: write some under tests, see docs/reference/rules.md' : `${results.length - failed} of ${results.length} tests passed`;
  print(flags, results, `${[...lines, sum].join('\n')}\n`);
  if (failed > 0) process.exitCode = 1;
}

interface DryRunFlags extends Flags, Pick<PlanFlags, 'until' | 'horizon'> {
  against: string;
  html?: string;
  writeChances?: boolean;
}

async function tryOn(path: string, { against, html, until, horizon, writeChances, ...flags }: DryRunFlags): Promise<void> {
  const plan = readPlan({ ...(until !== undefined && { until }), ...(horizon !== undefined && { horizon }) });
  const text = readText(path);
  const run = await dryRun({ path, against, plan, html, ...scopeOf(flags) });
  const { present, next, comparison, nameOf } = run;
  const named = (movers: readonly Mover[]): object[] => movers.map((mover) => ({ ...mover, record: nameOf(mover.subject) }));
  const { up, down } = comparison.movers;
  const versions = { present: { version: present.version, hash: present.hash }, next: { version: next.version, hash: next.hash } };
  print(flags, { ...versions, comparison: { ...comparison, movers: { up: named(up), down: named(down) } } }, dryRunText(run));
  if (writeChances !== true) return;
  if (readText(path) !== text) throw new Fault({ kind: 'conflict', value: path, rule: 'was changed while it was tried, so these are not its chances', remedy: 'try it again' });
  const version = Math.max(next.version, present.version + 1);
  writeFileAtomic(path, withChances(text, { version, chances: comparison.chances }));
  process.stderr.write(`${path} is version ${version}, with the chances of history: \`bin/leadrank rules apply ${path}\` makes it decide\n`);
}

async function formula(path: string, { out, against, ...flags }: Flags & { out?: string; against?: string }): Promise<void> {
  const answer = await formulaOf({ path, out, against, ...scopeOf(flags) });
  const { sources: _sources, part, ...rest } = answer.compiled;
  print(flags, { ...rest, part: part.rules.map(({ id }) => id), proved: answer.proved, agreement: answer.agreement }, formulaText(answer));
}

async function show(hash: string | undefined, flags: Flags): Promise<void> {
  const scope = scopeOf(flags);
  if (!hasCell(scope.config) && hash === undefined) {
    const features = ruleFeatures(scope);
    const rules = parseRules(initialRules(scope.config, scope.target, features), features.map(({ name }) => name));
    return showSet(flags, rules, scope.config.rules[scope.target] === null ? 'leadrank' : 'config');
  }
  await withRulesCell(scope, async ({ archive, deciding }) => {
    if (hash === undefined) return showSet(flags, deciding.rules, deciding.from);
    const document = isKept(archive, hash) ? archive.document(hash) : undefined;
    if (!isRules(document)) throw new Fault({ kind: 'missing', value: hash, rule: 'is no rule set of this cell', remedy: 'give the hash that stands as rules in a decision' });
    showSet(flags, { ...document, hash }, 'archive');
  });
}

const isRules = (document: unknown): document is RulesDocument => typeof document === 'object' && document !== null && 'caps' in document && 'rules' in document;

const ORIGIN: Record<Deciding['from'] | 'archive', string> = {
  applied: 'it decides: it was applied',
  config: 'it decides: it stands in the config folder, and none was applied',
  leadrank: 'it decides: it comes with leadrank, and none was applied',
  archive: 'from the archive',
};

function showSet(flags: Flags, rules: RuleSet, from: keyof typeof ORIGIN): void {
  print(flags, { ...rules, from }, `# ${rules.hash}: ${ORIGIN[from]}\n${formatRules(rules)}`);
}

async function apply(path: string, flags: Flags): Promise<void> {
  await withRulesCell({ ...scopeOf(flags), mapping: undefined }, async (cell) => {
    const file = loadRules(path, cell.features);
    const failed = testRules(file).find(({ passed }) => !passed);
    if (failed !== undefined) throw new Fault({ kind: 'conflict', value: `test ${failed.name}`, rule: failed.differences.join('; '), remedy: 'mend the rules or the test' });
    const { rules } = file;
    await applyRules(cell, rules, systemClock());
    const before = cell.deciding.rules;
    const done = { version: rules.version, hash: rules.hash, previous: { version: before.version, hash: before.hash } };
    print(flags, done, `version ${rules.version} decides in the place of version ${before.version}\n${rules.hash}\n`);
  });
}

function print({ json }: Flags, value: unknown, text: string): void {
  process.stdout.write(json ? `${JSON.stringify(value, null, 2)}\n` : text);
}
