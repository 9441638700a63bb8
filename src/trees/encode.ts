import { Fault, quote } from '../base/portable.ts';
import type { Column, Dataset, Value } from './dataset.ts';
import type { ModelFeature } from './model.ts';
import { toFloat32 } from './quantise.ts';

/** Turns the values of one input into the numbers that its splits compare: float32 values, rates or category codes. */
export interface Encoder {
  value(value: Value): number;
  column(column: Column): Float64Array;
}

const UNSEEN = -1; // a code that equals no level

export function createEncoder(feature: ModelFeature): Encoder {
  return feature.kind === 'numeric' ? numericEncoder(feature.name, feature.missing) : categoricalEncoder(feature);
}

function numericEncoder(name: string, missing: 'low' | 'high'): Encoder {
  const value = (given: Value): number => {
    if (typeof given === 'string') throw wrongKind(name, 'a text', 'a number or null');
    return toFloat32(given ?? NaN, missing);
  };
  const column = (given: Column): Float64Array => {
    if (given.kind !== 'numeric') throw wrongKind(name, 'a categorical column', 'a numeric column');
    return given.values.map((number) => toFloat32(number, missing));
  };
  return { value, column };
}

function categoricalEncoder(feature: Exclude<ModelFeature, { kind: 'numeric' }>): Encoder {
  const codeOf = new Map(feature.levels.map((level, code) => [level, code]));
  const missing = feature.kind === 'target' ? Math.fround(feature.missing) : feature.levels.length;
  const unseen = feature.kind === 'target' ? Math.fround(feature.unseen) : UNSEEN;
  const encoded = (level: string): number => {
    const code = codeOf.get(level);
    if (code === undefined) return unseen;
    return feature.kind === 'target' ? Math.fround(feature.statistics[code]!) : code;
  };
  const value = (given: Value): number => {
    if (given === null || given !== given) return missing;
    return encoded(String(given)); // a number is matched by its decimal text
  };
  const column = (given: Column): Float64Array => {
    if (given.kind === 'numeric') return given.values.map(value);
    const ofCode = given.levels.map(encoded);
    return Float64Array.from(given.codes, (code) => (code < 0 ? missing : ofCode[code]!));
  };
  return { value, column };
}

/** The model's inputs out of a table, found by name and encoded: one array a feature. Throws where one is not there. */
export function encodeDataset(
  features: readonly ModelFeature[],
  encoders: readonly Encoder[],
  data: Dataset,
): Float64Array[] {
  const byName = new Map(data.columns.map((column) => [column.name, column]));
  return features.map((feature, f) => {
    const column = byName.get(feature.name);
    if (column === undefined) {
      throw new Fault({
        kind: 'input',
        value: `column ${quote(feature.name)}`,
        rule: 'the model was trained with it and the table lacks it',
        remedy: 'add the column, or fit a model without it',
      });
    }
    return encoders[f]!.column(column);
  });
}

function wrongKind(name: string, found: string, needed: string): Fault {
  return new Fault({
    kind: 'input',
    value: `${found} for input ${quote(name)}`,
    rule: `the model was trained on ${needed} there`,
    remedy: 'give the kind of value that the model was fitted with',
  });
}
