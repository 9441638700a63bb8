import { Fault, quote } from '../base/portable.ts';
import type { Column, Dataset, Numbers, Value } from './dataset.ts';
import type { Slot } from './flatten.ts';
import type { ModelFeature } from './model.ts';
import { toFloat32 } from './quantise.ts';

/** Turns the values of one input into the numbers that its splits compare: float32 values, rates or category codes. */
export interface Encoder {
  value(value: Value): number;
  column(column: Column): Numbers;
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
  const column = (given: Column): Numbers => {
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
  const column = (given: Column): Numbers => {
    if (given.kind === 'numeric') return Float64Array.from(given.values, value);
    const ofCode = given.levels.map(encoded);
    return Float64Array.from(given.codes, (code) => (code < 0 ? missing : ofCode[code]!));
  };
  return { value, column };
}

/** Writes a row's values into the slots that ask for them. Throws a Fault as `Encoder.value` does. */
export type RowEncoder = (row: ArrayLike<Value>) => void;

export function createRowEncoder(
  features: readonly ModelFeature[],
  encoders: readonly Encoder[],
  slots: readonly Slot[],
  values: Float32Array,
): RowEncoder {
  const numbers = plan(features, slots, values.length - 1);
  const { input, slot, missing } = numbers;
  const categories = features.flatMap((feature, f) =>
    feature.kind === 'numeric' ? [] : [categoryWriter(f, feature, encoders[f]!, slots, values)],
  );
  return (row) => {
    for (let i = 0; i < input.length; i++) {
      const value = row[input[i]!]!;
      if (typeof value === 'number') values[slot[i]!] = value === value ? value : missing[i]!;
      else if (value === null) values[slot[i]!] = missing[i]!;
      else encoders[input[i]!]!.value(value); // throws
    }
    for (const write of categories) write(row);
  };
}

/** Numeric inputs and their slots, one after the other; one that no tree asks for goes to `nowhere`. */
function plan(features: readonly ModelFeature[], slots: readonly Slot[], nowhere: number) {
  const steps = features.flatMap((feature, input) => {
    if (feature.kind !== 'numeric') return [];
    const missing = feature.missing === 'low' ? -Infinity : Infinity;
    const places = slotsOf(slots, input);
    return (places.length > 0 ? places : [nowhere]).map((slot) => ({ input, slot, missing }));
  });
  return {
    input: Int32Array.from(steps, (step) => step.input),
    slot: Int32Array.from(steps, (step) => step.slot),
    missing: Float64Array.from(steps, (step) => step.missing),
  };
}

function categoryWriter(
  input: number,
  feature: ModelFeature,
  encoder: Encoder,
  slots: readonly Slot[],
  values: Float32Array,
): RowEncoder {
  const places = slotsOf(slots, input);
  if (feature.kind === 'target') {
    return (row) => {
      const value = encoder.value(row[input]!);
      for (const slot of places) values[slot] = value;
    };
  }
  const slotOf = new Map(places.map((slot) => [slots[slot]!.code!, slot]));
  const nowhere = values.length - 1;
  let last = nowhere;
  return (row) => {
    values[last] = 0;
    last = slotOf.get(encoder.value(row[input]!)) ?? nowhere;
    values[last] = 1;
  };
}

export function slotsOf(slots: readonly Slot[], input: number): number[] {
  return slots.flatMap((slot, s) => (slot.input === input ? [s] : []));
}

/** The columns of a table that a model's inputs name, in their order. Throws a Fault where one is not there. */
export function columnsOf(features: readonly ModelFeature[], data: Dataset): Column[] {
  const byName = new Map(data.columns.map((column) => [column.name, column]));
  return features.map((feature) => {
    const column = byName.get(feature.name);
    if (column !== undefined) return column;
    throw new Fault({
      kind: 'input',
      value: `column ${quote(feature.name)}`,
      rule: 'the model was trained with it and the table lacks it',
      remedy: 'add the column, or fit a model without it',
    });
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
