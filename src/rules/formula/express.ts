import { FREEMAIL } from '../../events/index.ts';
import type { Condition, Scalar, Test } from '../condition.ts';
import { numberLiteral, textLiteral } from './literal.ts';
import { both, either, negated, unless, type Logic } from './logic.ts';
import { isUnsayable, type AddressSource, type ChoiceSource, type NumberSource, type Source, type Unsayable } from './source.ts';

export type SourceOf = (feature: string) => Source | Unsayable;

/** A condition as a formula, true for the same records; or the first thing in it that a formula cannot say. */
export function express(condition: Condition, sourceOf: SourceOf): Logic | Unsayable {
  if ('feature' in condition) return expressTest(condition, sourceOf(condition.feature));
  if ('not' in condition) {
    const inner = express(condition.not, sourceOf);
    return typeof inner === 'object' ? inner : negated(inner);
  }
  const parts = ('all' in condition ? condition.all : condition.any).map((one) => express(one, sourceOf));
  const said = parts.filter((part) => typeof part !== 'object');
  if (said.length < parts.length) return parts.find((part) => typeof part === 'object')!;
  return 'all' in condition ? both(...said) : either(...said);
}

export function expressTest(test: Test, source: Source | Unsayable): Logic | Unsayable {
  if (isUnsayable(source)) return source;
  if (source.kind === 'address') return addressTest(test, source);
  return source.kind === 'number' ? numberTest(test, source) : choiceTest(test, source);
}

const SIGNS = { '>=': '>=', '>': '>', '<=': '<=', '<': '<', '=': '=', '!=': '<>' } as const;

function numberTest({ is, value }: Test, { expression, blank, scale }: NumberSource): Logic | Unsayable {
  if (is === 'missing') return blank ?? false;
  if (is === 'present') return blank === null ? true : negated(blank);
  const numbers = ([value].flat() as Scalar[]).filter((one) => typeof one === 'number');
  const literals = numbers.map((one) => numberLiteral(one / scale));
  if (literals.includes(null)) return { why: 'compares with a number of more digits than Salesforce keeps' };
  const compared = (sign: string): string[] => literals.map((literal) => `${expression}${sign}${literal}`);
  if (is === 'in') return unless(blank, either(...compared('=')));
  if (is === 'not in') return unless(blank, both(...compared('<>')));
  if (literals.length > 0) return unless(blank, compared(SIGNS[is])[0]!);
  return is === '!=' ? unless(blank, true) : false; // a number is no text
}

function choiceTest({ is, value }: Test, source: ChoiceSource): Logic | Unsayable {
  const { blank } = source;
  if (is === 'missing') return blank;
  if (is === 'present') return negated(blank);
  if (is !== '=' && is !== '!=' && is !== 'in' && is !== 'not in') return false; // a category has no order
  const words = ([value].flat() as Scalar[]).filter((one) => typeof one === 'string');
  const among = member(source, words);
  if (typeof among === 'object') return among;
  if (is === '=' || is === 'in') return among;
  // Blank is neither the value nor another one.
  return negated(either(blank, among));
}

/** True where the field has a word that stands for one of `values`; false where it is blank. */
function member(source: ChoiceSource, values: readonly string[]): Logic | Unsayable {
  const { values: renamed, otherwise } = source.renamed;
  const words = [...new Set(Object.keys(renamed))];
  const standing = words.filter((word) => values.includes(renamed[word]!));
  if (otherwise !== undefined && values.includes(otherwise)) {
    const others = oneOf(source, words.filter((word) => !standing.includes(word)));
    return typeof others === 'object' ? others : negated(either(source.blank, others));
  }
  const plain = otherwise === undefined ? values.filter((value) => value !== '' && !words.includes(value)) : [];
  return oneOf(source, [...standing, ...plain]);
}

const DOMAINS = [...FREEMAIL].map((domain) => `"${domain}",1`).join(',');

/** Of the classes only `freemail` is a list of domains; the others are patterns, which no formula can say. */
function addressTest({ is, value }: Test, { field, blank }: AddressSource): Logic | Unsayable {
  if (is === 'missing') return blank;
  if (is === 'present') return negated(blank);
  if (is !== '=' && is !== '!=' && is !== 'in' && is !== 'not in') return false; // a class has no order
  const classes = ([value].flat() as Scalar[]).filter((one) => typeof one === 'string');
  const pattern = classes.find((one) => PATTERNS.has(one));
  if (pattern !== undefined) return { why: `asks for ${pattern}, which is told from ${field} by patterns, and a formula knows none: keep the class in a field, and name it under formula.fields` };
  const among: Logic = classes.includes('freemail') && `CASE(LOWER(MID(${field},FIND("@",${field})+1,80)),${DOMAINS},0)=1`;
  return is === '=' || is === 'in' ? among : negated(either(blank, among));
}

const PATTERNS = new Set(['corporate', 'education', 'government']);

const FEW = 2;

function oneOf({ field, type }: ChoiceSource, words: readonly string[]): Logic | Unsayable {
  const literals = words.map(textLiteral);
  const strange = literals.indexOf(null);
  if (strange >= 0) return { why: 'compares with a text that has a line break or a control character' };
  if (literals.length > FEW) return `CASE(${field},${literals.map((literal) => `${literal},1`).join(',')},0)=1`;
  return either(...literals.map((literal) => (type === 'picklist' ? `ISPICKVAL(${field},${literal})` : `CASE(${field},${literal},1,0)=1`)));
}
