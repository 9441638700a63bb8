import { Fault, sha256 } from '../base/portable.ts';
import { ByteReader, ByteWriter, corruptModel } from './bytes.ts';
import { MAX_DEPTH, type Model, type ModelFeature, type Split, type Tree } from './model.ts';

/**
 * The binary form of a model, little-endian:
 *   magic u32 · version u32 · bias f64 · features (count u32, each) · trees (count u32, each) · checksum 8 bytes
 *   in version 2, which only a model with a scale other than 1 has: scale f64 after the bias
 *   a feature: kind u8 · name · what its kind holds
 *   a tree: depth u8 · splits (feature u32, bin u32) · leaves f64 · covers f64
 * The checksum is the head of the SHA-256 of all before it: a flipped bit is found here, not at the first odd score.
 */
const MAGIC = 0x4d54524c; // "LRTM" as bytes
const VERSION = 2;
const CHECKSUM_BYTES = 8;
const KINDS = ['numeric', 'one-hot', 'target'] as const;
const SIDES = ['low', 'high'] as const;

/** The model as bytes; equal models give equal bytes. */
export function encodeModel(model: Model): Uint8Array {
  const writer = new ByteWriter();
  writer.u32(MAGIC);
  const { bias, scale = 1 } = model;
  writer.u32(scale === 1 ? 1 : VERSION);
  writer.f64(bias);
  if (scale !== 1) writer.f64(scale);
  writer.u32(model.features.length);
  for (const feature of model.features) writeFeature(writer, feature);
  writer.u32(model.trees.length);
  for (const tree of model.trees) writeTree(writer, tree);
  const content = writer.bytes();
  const bytes = new Uint8Array(content.length + CHECKSUM_BYTES);
  bytes.set(content);
  bytes.set(checksum(content), content.length);
  return bytes;
}

/**
 * The model out of its bytes. Throws a Fault: `newer` for a later version, `corrupt` for anything that `encodeModel`
 * could not have written. Allocates in proportion to the bytes given, whatever they claim.
 */
export function decodeModel(bytes: Uint8Array): Model {
  const content = bytes.subarray(0, Math.max(0, bytes.length - CHECKSUM_BYTES));
  const expected = checksum(content);
  if (!bytes.subarray(content.length).every((byte, i) => byte === expected[i])) {
    throw corruptModel('its checksum does not match');
  }
  const reader = new ByteReader(content);
  if (reader.u32() !== MAGIC) throw corruptModel('it does not begin as a model does');
  const version = reader.u32();
  checkVersion(version);
  const bias = finite(reader.f64());
  const scale = version > 1 ? finite(reader.f64()) : 1;
  if (version > 1 && scale === 1) throw corruptModel('it holds a scale that needs no mention');
  const features = reader.list(reader.count(10), () => readFeature(reader));
  const trees = reader.list(reader.count(1), () => readTree(reader, features));
  if (reader.remaining() > 0) throw corruptModel('bytes follow its end');
  if (new Set(features.map((feature) => feature.name)).size < features.length) {
    throw corruptModel('two inputs share a name');
  }
  return { bias, ...(scale !== 1 && { scale }), features, trees };
}

function checksum(content: Uint8Array): Uint8Array {
  return sha256(content).subarray(0, CHECKSUM_BYTES);
}

function checkVersion(version: number): void {
  if (version >= 1 && version <= VERSION) return;
  if (version < 1) throw corruptModel('it has no version');
  throw new Fault({
    kind: 'newer',
    value: `model format ${version}`,
    rule: `this release reads up to ${VERSION}`,
    remedy: 'install a later release',
  });
}

function writeFeature(writer: ByteWriter, feature: ModelFeature): void {
  writer.u8(KINDS.indexOf(feature.kind));
  writer.text(feature.name);
  if (feature.kind === 'numeric') writer.u8(SIDES.indexOf(feature.missing));
  else writeTexts(writer, feature.levels);
  if (feature.kind === 'target') {
    for (const statistic of feature.statistics) writer.f64(statistic);
    writer.f64(feature.missing);
    writer.f64(feature.unseen);
  }
  if (feature.kind !== 'one-hot') {
    writer.u32(feature.borders.length);
    for (const border of feature.borders) writer.f32(border);
  }
}

function readFeature(reader: ByteReader): ModelFeature {
  const kind = KINDS[reader.u8()];
  const name = reader.text();
  switch (kind) {
    case 'numeric': {
      const missing = SIDES[reader.u8()];
      if (missing === undefined) throw corruptModel('missing values stand on no known side');
      return { kind, name, missing, borders: readBorders(reader) };
    }
    case 'one-hot':
      return { kind, name, levels: readLevels(reader) };
    case 'target': {
      const levels = readLevels(reader);
      const statistics = reader.list(levels.length, () => finite(reader.f64()));
      const missing = finite(reader.f64());
      const unseen = finite(reader.f64());
      return { kind, name, levels, statistics, missing, unseen, borders: readBorders(reader) };
    }
    default:
      throw corruptModel('an input is of no known kind');
  }
}

function writeTexts(writer: ByteWriter, texts: readonly string[]): void {
  writer.u32(texts.length);
  for (const text of texts) writer.text(text);
}

function readLevels(reader: ByteReader): string[] {
  const levels = reader.list(reader.count(4), () => reader.text());
  if (new Set(levels).size < levels.length) throw corruptModel('a category occurs twice');
  return levels;
}

function readBorders(reader: ByteReader): number[] {
  const borders = reader.list(reader.count(4), () => reader.f32());
  if (!borders.every((border, i) => border < Infinity && (i === 0 || border > borders[i - 1]!))) {
    throw corruptModel('borders do not ascend');
  }
  return borders;
}

function writeTree(writer: ByteWriter, { splits, leaves, covers }: Tree): void {
  writer.u8(splits.length);
  for (const { feature, bin } of splits) {
    writer.u32(feature);
    writer.u32(bin);
  }
  for (const leaf of leaves) writer.f64(leaf);
  for (const cover of covers) writer.f64(cover);
}

function readTree(reader: ByteReader, features: readonly ModelFeature[]): Tree {
  const depth = reader.u8();
  if (depth > MAX_DEPTH) throw corruptModel(`a tree is deeper than ${MAX_DEPTH}`);
  const splits = reader.list(depth, () => readSplit(reader, features));
  const leaves = reader.list(1 << depth, () => finite(reader.f64()));
  const covers = reader.list(1 << depth, () => finite(reader.f64()));
  if (covers.some((cover) => cover < 0)) throw corruptModel('a cover is negative');
  return { splits, leaves, covers };
}

function readSplit(reader: ByteReader, features: readonly ModelFeature[]): Split {
  const split = { feature: reader.u32(), bin: reader.u32() };
  const feature = features[split.feature];
  if (feature === undefined) throw corruptModel('a split names an input that is not there');
  const bins = feature.kind === 'one-hot' ? feature.levels.length + 1 : feature.borders.length;
  if (split.bin >= bins) throw corruptModel('a split names a border that is not there');
  return split;
}

function finite(value: number): number {
  if (Number.isFinite(value)) return value;
  throw corruptModel('a number is not finite');
}
