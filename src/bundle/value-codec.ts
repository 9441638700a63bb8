import { canonicalJson, isObject } from '../base/index.ts';
import { decodeModel, encodeModel } from '../trees/index.ts';
import { corrupt, parseJson } from './faults.ts';
import type { OutcomeValue, ValueModel } from './value.ts';

/** The files of a bundle that says what its outcome is worth; the trees only where there are some. */
export const VALUE = 'value.json';
export const VALUE_TREES = 'value.bin';

export function encodeValue({ own, model, currency, metrics }: OutcomeValue): [name: string, bytes: Uint8Array][] {
  const how = model && { scale: model.scale, factor: model.factor };
  const said = new TextEncoder().encode(canonicalJson({ own, model: how, currency, metrics }));
  return model === null ? [[VALUE, said]] : [[VALUE, said], [VALUE_TREES, encodeModel(model.trees)]];
}

/** What the files say, given the names of the bundle's inputs. Throws a Fault `corrupt` for what makes no sense. */
export function decodeValue(said: Uint8Array, trees: Uint8Array | undefined, inputs: ReadonlySet<string>): OutcomeValue {
  const value = record(parseJson(VALUE, said));
  const { own, currency } = value;
  const metrics = record(value['metrics']);
  if (!(own === null || (typeof own === 'string' && inputs.has(own)))) throw nonsense();
  if (!(currency === null || (typeof currency === 'string' && /^[A-Z]{3}$/u.test(currency)))) throw nonsense();
  if ((value['model'] === null) !== (trees === undefined)) throw nonsense();
  return { own, currency, metrics, model: trees === undefined ? null : modelOf(record(value['model']), trees, inputs) };
}

function modelOf({ scale, factor }: Record<string, unknown>, bytes: Uint8Array, inputs: ReadonlySet<string>): ValueModel {
  const isFactor = typeof factor === 'number' && Number.isFinite(factor) && factor > 0;
  if ((scale !== 'log' && scale !== 'amount') || !isFactor) throw nonsense();
  const trees = decodeModel(bytes);
  if (!trees.features.every(({ name }) => inputs.has(name))) throw corrupt(VALUE_TREES, 'it reads what the bundle does not have');
  return { trees, scale, factor };
}

function record(value: unknown): Record<string, unknown> {
  if (isObject(value)) return value;
  throw nonsense();
}

const nonsense = () => corrupt(VALUE, 'it does not say what an outcome is worth');
