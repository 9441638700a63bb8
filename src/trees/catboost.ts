import { Fault, quote } from '../base/portable.ts';
import { Json, unreadable } from './catboost-json.ts';
import { inputsOf, type CatboostInput } from './catboost-inputs.ts';
import { MAX_DEPTH, type Model, type ModelFeature, type Split, type Tree } from './model.ts';

/** A CatBoost model as ours, with what its file says of it. */
export interface CatboostModel {
  model: Model;
  /** The inputs, in the model's order. */
  inputs: { kind: 'numeric' | 'categorical'; position: number }[];
  /** True where every input has a name of its own in the file; else inputs go by position and are named after it. */
  isNamed: boolean;
  /** The loss that it was trained on, as CatBoost calls it; null where the file does not say. */
  loss: string | null;
  /** The outcome that the sigmoid of raw is the probability of; null for a model of a number. */
  positive: string | null;
  /** False where the file lacks leaf weights: nodes are then split evenly in explanations. */
  hasCovers: boolean;
}

/**
 * Reads a model that CatBoost saved as JSON: float features, one-hot categories, one value a leaf. Its `raw` equals
 * CatBoost's RawFormulaVal to the last bit. Throws a Fault for what cannot be had exactly: several outputs, trees that
 * are not symmetric, categories by statistics (CTR), texts, embeddings, and for a file that is no such model.
 */
export function readCatboost(text: string): CatboostModel {
  const file = new Json(parse(text), '');
  refuseAsymmetric(file);
  const { scale, bias } = scaleAndBias(file.get('scale_and_bias'));
  const trees = file.get('oblivious_trees').list();
  const { inputs, isNamed } = inputsOf(file.get('features_info'));
  const splits = trees.map((tree) => splitsOf(tree, inputs));
  const features = inputs.map(({ feature }, f) => withQuestions(feature, splits.flat(), f));
  const info = file.get('model_info');
  const loss = lossOf(info);
  return {
    model: {
      bias,
      ...(scale !== 1 && { scale }),
      features,
      trees: trees.map((tree, t) =>
        treeOf(
          tree,
          splits[t]!.map((split) => binned(split, features)),
        ),
      ),
    },
    inputs: inputs.map(({ feature, position }) => ({
      kind: feature.kind === 'numeric' ? 'numeric' : 'categorical',
      position,
    })),
    isNamed,
    loss,
    positive: loss !== null && BINARY_LOSSES.has(loss) ? positiveOf(info) : null,
    hasCovers: trees.every((tree) => !tree.get('leaf_weights').isAbsent()),
  };
}

const BINARY_LOSSES: ReadonlySet<string> = new Set(['Logloss', 'CrossEntropy']);

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw unreadable('the file', 'it is not JSON'); // without the cause, which quotes the content
  }
}

function refuseAsymmetric(file: Json): void {
  if (file.get('oblivious_trees').isAbsent() && !file.get('trees').isAbsent()) {
    throw refused('trees that are not symmetric', "train with grow_policy='SymmetricTree'");
  }
}

/** `[scale, bias]`, where the bias may be a list of one; absent in old files. */
function scaleAndBias(given: Json): { scale: number; bias: number } {
  if (given.isAbsent()) return { scale: 1, bias: 0 };
  const [scale, bias, ...more] = given.list();
  if (scale === undefined || more.length > 0) throw unreadable(given.path, 'a scale and a bias are needed there');
  const biases = bias === undefined ? [] : Array.isArray(bias.value) ? bias.list() : [bias];
  if (biases.length > 1) throw severalOutputs();
  return { scale: scale.number(), bias: (biases[0]?.number() ?? 0) + 0 };
}

/** A question before it has a bin: of a border, or of a level. */
interface RawSplit {
  feature: number;
  asks: number | string;
}

function splitsOf(tree: Json, inputs: readonly CatboostInput[]): RawSplit[] {
  const splits = tree.get('splits').listIfAny();
  if (splits.length > MAX_DEPTH)
    throw refused(`trees of depth ${splits.length}`, `train with a depth up to ${MAX_DEPTH}`);
  return splits.map((split) => {
    const type = split.get('split_type').isAbsent() ? 'FloatFeature' : split.get('split_type').text();
    if (type === 'FloatFeature') return floatSplit(split, inputs);
    if (type === 'OneHotFeature') return oneHotSplit(split, inputs);
    if (type === 'OnlineCtr') throw refused('categories by statistics (CTR)', 'train with a higher one_hot_max_size');
    throw refused(`splits of type ${quote(type, 30)}`, 'train on numbers and categories alone');
  });
}

function floatSplit(split: Json, inputs: readonly CatboostInput[]): RawSplit {
  const index = split.get('float_feature_index').index();
  const feature = inputs.findIndex(({ feature: { kind }, index: at }) => kind === 'numeric' && at === index);
  const border = Math.fround(split.get('border').number()) + 0;
  if (feature < 0) throw unreadable(split.path, 'it names a feature that is not there');
  if (!Number.isFinite(border)) throw unreadable(split.path, 'its border exceeds float32');
  return { feature, asks: border };
}

function oneHotSplit(split: Json, inputs: readonly CatboostInput[]): RawSplit {
  const index = split.get('cat_feature_index').index();
  const feature = inputs.findIndex(({ feature: { kind }, index: at }) => kind === 'one-hot' && at === index);
  if (feature < 0) throw unreadable(split.path, 'it names a feature that is not there');
  const asks = inputs[feature]!.levelOf.get(split.get('value').number() >>> 0);
  if (asks !== undefined) return { feature, asks };
  throw new Fault({
    kind: 'input',
    value: split.path,
    rule: 'it asks for a category whose text the file lacks',
    remedy: "export the model with its data: save_model(path, format='json', pool=POOL)",
  });
}

/** The feature with the borders or levels that the trees ask for, ascending. */
function withQuestions(feature: ModelFeature, splits: readonly RawSplit[], f: number): ModelFeature {
  const asked = [...new Set(splits.filter((split) => split.feature === f).map((split) => split.asks))];
  if (feature.kind === 'one-hot') return { ...feature, levels: (asked as string[]).toSorted() };
  return { ...feature, borders: (asked as number[]).toSorted((a, b) => a - b) } as ModelFeature;
}

function binned({ feature, asks }: RawSplit, features: readonly ModelFeature[]): Split {
  const target = features[feature]!;
  const bin =
    target.kind === 'one-hot' ? target.levels.indexOf(asks as string) : target.borders.indexOf(asks as number);
  return { feature, bin };
}

function treeOf(tree: Json, splits: Split[]): Tree {
  const size = 1 << splits.length;
  const values = tree.get('leaf_values').list();
  if (values.length !== size && values.length % size === 0 && values.length > 0) throw severalOutputs();
  if (values.length !== size) throw unreadable(tree.path, `${size} leaf values are needed`);
  const leaves = values.map((value) => value.number());
  const weights = tree.get('leaf_weights');
  if (weights.isAbsent()) return rootFirst({ splits, leaves, covers: leaves.map(() => 0) });
  const covers = weights.list().map((weight) => weight.number());
  if (covers.length !== size || covers.some((cover) => cover < 0)) {
    throw unreadable(weights.path, `${size} weights of at least 0 are needed`);
  }
  return rootFirst({ splits, leaves, covers });
}

/**
 * The same tree with its splits turned round. CatBoost explains a tree as if its last split were the root, we as if the
 * first were; predictions are the same either way.
 */
function rootFirst({ splits, leaves, covers }: Tree): Tree {
  const turned = leaves.map((_, leaf) =>
    splits.reduce((bits, _split, level) => bits | (((leaf >> level) & 1) << (splits.length - 1 - level)), 0),
  );
  return {
    splits: splits.toReversed(),
    leaves: turned.map((leaf) => leaves[leaf]!),
    covers: turned.map((leaf) => covers[leaf]!),
  };
}

function lossOf(info: Json): string | null {
  if (info.isAbsent() || info.get('params').isAbsent()) return null;
  const params = info.get('params');
  const parsed = typeof params.value === 'string' ? new Json(parse(params.value), params.path) : params;
  const loss = parsed.get('loss_function');
  if (loss.isAbsent()) return null;
  return typeof loss.value === 'string' ? loss.value : loss.get('type').text();
}

/** The second class by the name that it had in training; `1` where the file does not say. */
function positiveOf(info: Json): string {
  const params = info.get('class_params');
  if (params.isAbsent()) return '1';
  const name = params.get('class_names').listIfAny()[1]?.value;
  return typeof name === 'string' || typeof name === 'number' ? String(name) : '1';
}

function severalOutputs(): Fault {
  return refused('several outputs a row', 'train one model for each outcome');
}

function refused(value: string, remedy: string): Fault {
  return new Fault({ kind: 'input', value, rule: 'a CatBoost model with them cannot be imported', remedy });
}
