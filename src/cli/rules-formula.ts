import { join } from 'node:path';
import { styleText } from 'node:util';
import { Fault, writeFileAtomic } from '../base/index.ts';
import { loadMapping, type Mapping } from '../mapping/index.ts';
import { compileFormula, fieldMetadata, LIMITS, proveFormula, type CompiledFormula } from '../rules/index.ts';
import { ruleFeatures, type RulesScope } from './rules-cell.ts';
import { loadRules } from './rules-file.ts';

export interface FormulaVerb extends RulesScope {
  path: string;
  /** Where the metadata of a custom field is written. */
  out?: string | undefined;
}

export interface FormulaAnswer {
  compiled: CompiledFormula;
  /** Generated records for which formula and rules gave the same points. */
  proved: number;
}

/** Compiles the part of a rules file that a formula can express, proves it on generated records, and writes it where asked. Throws a Fault. */
export function formulaOf({ path, out, ...scope }: FormulaVerb): FormulaAnswer {
  const features = ruleFeatures(scope);
  const file = loadRules(path, features);
  const compiled = compileFormula(file.rules, { features, settings: file.formula, object: objectFields(scope) });
  const proved = proveFormula(compiled, { features });
  if (out !== undefined) writeFileAtomic(out, metadataOf(out, file.rules.version, compiled));
  return { compiled, proved };
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
export function formulaText({ compiled: { marks, formula, characters, bytes, compiled }, proved }: FormulaAnswer): string {
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
    `equal to the rules' points on ${count(proved)} generated records; how alike it ranks is told by \`rules dry-run\``,
    '',
  ].join('\n');
}
