import { DAY, Fault, random, type Random } from '../../base/index.ts';
import { emailDomainClass, FREEMAIL } from '../../events/index.ts';
import type { FeatureSpec } from '../../features/index.ts';
import type { Value } from '../../trees/index.ts';
import { testsOf } from '../condition.ts';
import { pointsOf, pointsScore } from '../evaluate.ts';
import type { CompiledFormula } from './compile.ts';
import { runFormula, type FieldValue, type FormulaRecord } from './run.ts';
import type { FieldType } from './settings.ts';
import { parseFormula } from './syntax.ts';
import type { ChoiceSource, NumberSource, Source } from './source.ts';

export interface ProofOptions {
  readonly features: readonly FeatureSpec[];
  readonly records?: number;
  readonly seed?: number;
}

/** How large the sample of a proof is. */
const RECORDS = 10_000;
const NOW = Date.UTC(2026, 2, 2, 15, 7, 11);

/**
 * Runs a compiled formula on generated records, at and around every value that its rules name, and holds its points against
 * those of the rules. Returns how many records were alike; throws a Fault on the first that is not.
 */
export function proveFormula({ formula, points, part, sources }: CompiledFormula, { features, records = RECORDS, seed = 1 }: ProofOptions): number {
  const draw = random(seed);
  const specs = new Map(features.map((spec) => [spec.name, spec]));
  const columns = [...sources.keys()];
  const operands = new Map(columns.map((feature) => [feature, part.rules.flatMap(({ when }) => when.flatMap(testsOf)).filter((test) => test.feature === feature).flatMap(({ value }) => value ?? [])]));
  const types = Object.fromEntries([...sources.values()].map(({ field, type }): [string, FieldType] => [field, type]));
  const [score, sum] = [parseFormula(formula), parseFormula(points)];
  for (let i = 0; i < records; i++) {
    const values: Record<string, FieldValue> = {};
    const vector = columns.map((feature): Value => {
      const source = sources.get(feature)!;
      // Two features may rest on one field: it has one value.
      if (!(source.field in values)) values[source.field] = source.kind === 'address' ? drawAddress(draw) : source.kind === 'choice' ? drawWord(source, operands.get(feature)!, draw) : drawNumber(source, specs.get(feature)!, operands.get(feature)!, draw);
      return featureOf(source, specs.get(feature)!, values[source.field]!);
    });
    const expected = pointsOf(part, columns, vector);
    for (const blankCompares of ['blank', 'false'] as const) {
      const record: FormulaRecord = { types, values, now: NOW, blankCompares };
      if (!near(runFormula(sum, record), expected) || runFormula(score, record) !== pointsScore(expected)) throw differs(columns, vector, expected, runFormula(sum, record));
    }
  }
  return records;
}

/** Equal but for the order in which fractions were added. */
const near = (found: FieldValue, expected: number): boolean => typeof found === 'number' && Math.abs(found - expected) < 1e-9;

const differs = (columns: readonly string[], vector: readonly Value[], expected: number, found: FieldValue): Fault =>
  new Fault({
    kind: 'corrupt',
    value: columns.map((name, at) => `${name} ${JSON.stringify(vector[at])}`).join(', '),
    rule: `has ${expected} points by the rules and ${String(found)} by the formula`,
    remedy: 'do not use the formula, and report the rules file',
  });

function drawWord({ renamed: { values } }: ChoiceSource, operands: readonly (string | number)[], draw: Random): FieldValue {
  const words = operands.filter((one): one is string => typeof one === 'string' && one !== '');
  return draw.pick([null, 'something else', ...words, ...words, ...Object.keys(values), ...Object.values(values)]);
}

const DOMAINS = ['corp.example', 'notgmail.com', 'gmail.com.example', 'mail.gmx.de', 'uni-graz.at', 'ox.ac.uk', 'nasa.gov', ...FREEMAIL];

/** An address of each class, and of domains that are nearly of one, in any case. */
function drawAddress(draw: Random): FieldValue {
  const address = `${draw.pick(['ann', 'a.b+c', 'gmail.com'])}@${draw.pick(DOMAINS)}`;
  return draw.pick([null, address, address, address.toUpperCase()]);
}

/** A value of the org's field at, next to or far from one that the rules name. */
function drawNumber({ type, blank }: NumberSource, { kind: { op } }: FeatureSpec, operands: readonly (string | number)[], draw: Random): FieldValue {
  if (type === 'checkbox') return draw.uniform() < 0.5;
  if (blank !== null && draw.uniform() < 0.2) return null;
  const around = draw.pick([0, 1, 100, ...operands.filter((one) => typeof one === 'number')]);
  const value = around + draw.pick([0, 0, -1, 1, 0.5, -0.25, 37]);
  if (type !== 'date' && type !== 'datetime') return value;
  const moment = op === 'since' ? NOW - Math.round(Math.abs(value) * DAY) : NOW + Math.round(value * DAY);
  return type === 'date' ? Math.floor(moment / DAY) * DAY : moment;
}

/** What leadrank knows of a record whose field holds this. */
function featureOf(source: Source, { kind: { op } }: FeatureSpec, value: FieldValue): Value {
  if (source.kind === 'address') return value === null ? null : emailDomainClass(value as string);
  if (source.kind === 'choice') {
    if (value === null) return null;
    const { values, otherwise } = source.renamed;
    return Object.hasOwn(values, value as string) ? values[value as string]! : (otherwise ?? (value as string));
  }
  if (source.type === 'checkbox') return Number(value === true);
  if (value === null) return null;
  if (source.type !== 'date' && source.type !== 'datetime') return value as number;
  return op === 'since' ? Math.max(0, NOW - (value as number)) / DAY : ((value as number) - NOW) / DAY;
}
