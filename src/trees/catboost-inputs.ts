import { Json, unreadable } from './catboost-json.ts';
import type { ModelFeature } from './model.ts';

/** One input of a CatBoost model. */
export interface CatboostInput {
  feature: ModelFeature;
  /** By which splits refer to it, among the features of its kind. */
  index: number;
  /** Its column among all columns that the model was trained on. */
  position: number;
  /** For a category: its text by its hash. */
  levelOf: ReadonlyMap<number, string>;
}

/** The inputs by position, with a name each: that of the file, or where one lacks a name of its own, the position. */
export function inputsOf(info: Json): { inputs: CatboostInput[]; isNamed: boolean } {
  const levelOf = new Map(
    info
      .get('cat_features_hash')
      .listIfAny()
      .map((entry) => [entry.get('hash').number() >>> 0, entry.get('value').text()]),
  );
  const floats = info.get('float_features').listIfAny().map(floatInput);
  const categories = info
    .get('categorical_features')
    .listIfAny()
    .map((feature) => Object.assign(placeOf(feature), { feature: ONE_HOT, levelOf }));
  const found = [...floats, ...categories].toSorted((a, b) => a.position - b.position);
  if (new Set(found.map((input) => input.position)).size < found.length) {
    throw unreadable(info.path, 'two features stand at one position');
  }
  const names = found.map((input) => input.name);
  const isNamed = !names.includes('') && new Set(names).size === names.length;
  const inputs = found.map(({ feature, index, position, name, levelOf: levels }) => ({
    feature: { ...feature, name: isNamed ? name : `feature_${position}` },
    index,
    position,
    levelOf: levels,
  }));
  return { inputs, isNamed };
}

const ONE_HOT: ModelFeature = { kind: 'one-hot', name: '', levels: [] };

interface Place {
  index: number;
  position: number;
  name: string;
}

function placeOf(feature: Json): Place {
  const index = feature.get('feature_index').index();
  const flat = feature.get('flat_feature_index');
  const names = [feature.get('feature_name').value, feature.get('feature_id').value];
  const name = names.find((one) => typeof one === 'string') ?? '';
  return { index, position: flat.isAbsent() ? index : flat.index(), name };
}

/** NaN fails every border as it is (`AsIs`) and `AsFalse`, and passes every one `AsTrue`. */
function floatInput(feature: Json): CatboostInput & Place {
  const treatment = feature.get('nan_value_treatment');
  const missing = treatment.isAbsent() ? 'AsIs' : treatment.text();
  if (!['AsIs', 'AsFalse', 'AsTrue'].includes(missing))
    throw unreadable(treatment.path, 'AsIs, AsFalse or AsTrue is needed');
  return {
    ...placeOf(feature),
    feature: { kind: 'numeric', name: '', borders: [], missing: missing === 'AsTrue' ? 'high' : 'low' },
    levelOf: new Map(),
  };
}
