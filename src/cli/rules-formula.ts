import { join } from 'node:path';
import { styleText } from 'node:util';
import { Fault, writeFileAtomic } from '../base/index.ts';
import { loadMapping, type Mapping } from '../mapping/index.ts';
import { compileFormula, fieldMetadata, LIMITS, proveFormula, rulesAgreement, type Agreement, type CompiledFormula, type RuleSet } from '../rules/index.ts';
import { ruleFeatures, withRulesCell, type RulesScope } from './rules-cell.ts';
import { loadRules } from './rules-file.ts';
import { historyOf } from './rules-history.ts';

export interface FormulaVerb extends RulesScope {
  path: string;
  /** Where the metadata of a custom field is written. */
  out?: string | undefined;
  /** On what its order is held against that of all rules: `history`, or the folder of a training set; left out: on nothing. */
  against?: string | undefined;
}

export interface FormulaAnswer {
  compiled: CompiledFormula;
  /** Generated records for which formula and rules gave the same points. */
  proved: number;
  /** How alike formula and rules rank, on so many samples; null where it was not asked. */
  agreement: (Agreement & { readonly samples: number }) | null;
}

/** Compiles the part of a rules file that a formula can express, proves it on generated records, tells how alike the two rank, and writes it where asked. Throws a Fault. */
export async function formulaOf({ path, out, against, ...scope }: FormulaVerb): Promise<FormulaAnswer> {
  const features = ruleFeatures(scope);
  const file = loadRules(path, features);
  const compiled = compileFormula(file.rules, { features, settings: file.formula, object: objectFields(scope) });
  const proved = proveFormula(compiled, { features });
  const agreement = against === undefined ? null : await agreementOn(against, [file.rules, compiled.part], scope);
  if (out !== undefined) writeFileAtomic(out, metadataOf(out, file.rules.version, compiled));
  return { compiled, proved, agreement };
}

function agreementOn(against: string, [rules, part]: readonly [RuleSet, RuleSet], scope: RulesScope): Promise<NonNullable<FormulaAnswer['agreement']>> {
  return withRulesCell(scope, async (cell) => {
    const { data } = await historyOf('rules formula', { against, plan: {}, target: scope.target }, cell);
    return { ...rulesAgreement(rules, part, data), samples: data.rows };
  });
}

/** What a mapping file says of the object that is ranked; null where there is none, or it does not map it. */
export function objectFields({ mapping, target }: RulesScope): Mapping['objects'][string] | null {
  if (mapping === undefined) return null;
  return Object.values(loadMapping(mapping).objects).find(({ type }) => type === `${target}.created`) ?? null;
}

function metadataOf(out: string, version: number, { formula, part }: CompiledFormula): string {
  const name = /^([A-Za-z]\w*__c)\.field-meta\.xml$/u.exec(out.split(/[/\\]/u).at(-1)!)?.[1];
  if (name === undefined) throw new Fault({ kind: 'input', value: out, rule: 'does not name a custom field', remedy: `name it like ${join('fields', 'Rules_Points__c.field-meta.xml')}` });
  const description = `Points by rules, for when leadrank does not answer: version ${version}, rules ${part.rules.map(({ id }) => id).join(', ')}.`;
  return fieldMetadata({ name, label: name.replace(/__c$/u, '').replaceAll('_', ' '), description: description.slice(0, 1_000), formula });
}

/** The answer for people: what is in, what is left out and why, how large it is, the formula. */
export function formulaText({ compiled: { marks, formula, characters, bytes, compiled }, proved, agreement }: FormulaAnswer): string {
  const count = (n: number): string => n.toLocaleString('en');
  const lines = marks.flatMap(({ rule, said, why, conditions }) => [
    `${said ? styleText('green', '✓') : styleText('red', '✗')} ${rule}${why === null ? '' : styleText('dim', `  left out: ${why}`)}`,
    ...(conditions.length < 2 ? [] : conditions.map((one) => `    ${one.said ? '✓' : '✗'} ${one.test}${one.why === null ? '' : styleText('dim', `  ${one.why}`)}`)),
  ]);
  const inside = marks.filter(({ said }) => said).length;
  return [
    ...lines,
    '',
    formula,
    '',
    `${inside} of ${marks.length} rules; ${count(characters)} of ${count(LIMITS.characters)} characters, ${count(bytes)} of ${count(LIMITS.bytes)} bytes, about ${count(compiled)} of ${count(LIMITS.compiled)} when compiled`,
    `equal to the rules' points on ${count(proved)} generated records`,
    agreement === null
      ? 'how alike formula and rules rank is told with --against history'
      : `its order of ${count(agreement.samples)} samples beside that of all the rules: Kendall ${agreement.kendall.toFixed(3)}, Spearman ${agreement.spearman.toFixed(3)} (1: the same)`,
    '',
  ].join('\n');
}
