import { canonicalJson, contentId } from '../base/index.ts';
import { HEADER_BYTES, initHeader } from './header.ts';
import { compileKind } from './kinds/compile.ts';
import type { Aggregate } from './kinds/aggregate.ts';
import { valueType, type FeatureSpec, type Where } from './spec.ts';
import type { Vocabularies } from './vocabulary.ts';

/** Raised when the bytes of a row change their meaning. */
export const LAYOUT_FORMAT = 1;

/** One feature's place in a row. */
export interface Slot {
  readonly at: number;
  readonly aggregate: Aggregate;
  readonly where: Where['where'];
}

/** How the rows of a feature set lie in bytes. */
export interface Layout {
  readonly features: readonly FeatureSpec[];
  readonly bytes: number;
  /** In the order of the features. */
  readonly slots: readonly Slot[];
  /** The slots that listen to an event type. */
  readonly listeners: ReadonlyMap<string, readonly Slot[]>;
}

/** Names the bytes: equal for two feature sets whose rows are interchangeable. Sentences and themes do not count. */
export function layoutHash(features: readonly FeatureSpec[]): string {
  const kept = features.map(({ name, kind }) => ({ name, kind }));
  return contentId(canonicalJson({ format: LAYOUT_FORMAT, header: HEADER_BYTES, kept }));
}

export function compileLayout(features: readonly FeatureSpec[], vocabularies: Vocabularies): Layout {
  let at = HEADER_BYTES;
  const listeners = new Map<string, Slot[]>();
  const slots = features.map(({ name, kind }) => {
    const vocabulary = valueType(kind) === 'categorical' && kind.op !== 'calendar' ? vocabularies.of(name) : NO_WORDS;
    const slot = { at, aggregate: compileKind(kind, vocabulary), where: 'where' in kind ? kind.where : undefined };
    at += slot.aggregate.bytes;
    for (const type of new Set(kind.event)) listeners.set(type, [...(listeners.get(type) ?? []), slot]);
    return slot;
  });
  return { features, bytes: at, slots, listeners };
}

const NO_WORDS = { code: () => 0, word: () => null };

/** A row to which nothing has happened. */
export function emptyRow(layout: Layout): DataView<ArrayBuffer> {
  const view = new DataView(new ArrayBuffer(layout.bytes));
  initHeader(view);
  for (const { aggregate, at } of layout.slots) aggregate.init(view, at);
  return view;
}
