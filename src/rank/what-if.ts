import { Fault, quote } from '../base/index.ts';
import type { Value } from '../trees/index.ts';
import type { LoadedModel } from './model.ts';
import type { Changeable, Evidence } from './policy/changeable.ts';
import { portable } from './portable.ts';

/** What the model answers to a record with some of its features changed. */
export interface WhatIf {
  readonly changes: readonly FeatureChange[];
  /**
   * `shown` where the effect of everything that was changed was randomised or passed the off-policy gate. Else `association`: records
   * like the changed one fare so, which need not be for what was changed.
   */
  readonly evidence: Evidence;
  /** Whether the changed record's chance is better, worse, or the same. */
  readonly direction: 'better' | 'worse' | 'same';
  /** null for an association, of which more than the direction cannot be said. */
  readonly figures: WhatIfFigures | null;
}

export interface WhatIfFigures {
  /** Log-odds, calibrated probability and percentile of the changed record. */
  readonly raw: number;
  readonly probability: number;
  readonly score: number;
  /** How much more each is than that of the record as it stands. */
  readonly change: { readonly raw: number; readonly probability: number; readonly score: number };
}

interface FeatureChange {
  readonly feature: string;
  /** null: missing. */
  readonly from: Value;
  readonly to: Value;
}

/**
 * The answer of a loaded model to changes as a person writes them, `feature:value`; nothing after the colon means missing. `columns` names
 * the entries of the vector; `changeable` what somebody can change. null where the model gives no finite score. Throws a Fault for a
 * feature that the model does not have or that nobody can change, one that is named twice, a text for a number, and a category that
 * training never saw.
 */
export function whatIf(
  model: LoadedModel,
  columns: readonly string[],
  vector: readonly Value[],
  wishes: readonly string[],
  changeable: Changeable,
): WhatIf | null {
  const before = portable(vector);
  const after = [...before];
  const changes = wishes.map((wish): FeatureChange => {
    const { feature, to } = readWish(model, wish, changeable);
    const at = columns.indexOf(feature);
    const from = before[at] ?? null;
    after[at] = to;
    return { feature, from, to };
  });
  const twice = changes.find(({ feature }, at) => changes.findIndex((one) => one.feature === feature) < at);
  if (twice) throw wrong(twice.feature, 'is changed twice', 'give one value for it');
  const [old, changed] = [model.score(columns, before), model.score(columns, portable(after))];
  if (old === null || changed === null) return null;
  const { raw, probability, score } = changed;
  const evidence = changes.every((change) => changeable[change.feature] === 'shown') ? 'shown' : 'association';
  const direction = raw > old.raw ? 'better' : raw < old.raw ? 'worse' : 'same';
  const change = { raw: raw - old.raw, probability: probability - old.probability, score: score - old.score };
  return { changes, evidence, direction, figures: evidence === 'shown' ? { raw, probability, score, change } : null };
}

function readWish({ columns, levels }: LoadedModel, wish: string, changeable: Changeable): { feature: string; to: Value } {
  const colon = wish.indexOf(':');
  if (colon < 0) throw wrong(wish, 'names no value', 'write feature:value');
  const [feature, text] = [wish.slice(0, colon), wish.slice(colon + 1)];
  const at = columns.indexOf(feature);
  if (at < 0) throw wrong(feature, 'is no feature of the model', `name one of ${some(columns)}`);
  if (!Object.hasOwn(changeable, feature)) throw wrong(feature, 'is nothing that somebody can change', `name one of ${some(columns.filter((name) => Object.hasOwn(changeable, name)))}`);
  if (text === '') return { feature, to: null };
  const known = levels[at]!;
  if (known !== null) {
    if (!known.includes(text)) throw wrong(wish, 'is a category that training never saw', `give one of ${some(known)}`);
    return { feature, to: text };
  }
  const number = Number(text);
  if (text.trim() === '' || !Number.isFinite(number)) throw wrong(wish, 'is no finite number', 'give a number such as 14 or 0.5');
  return { feature, to: number };
}

const SHOWN = 12;

function some(names: readonly string[]): string {
  const shown = names.slice(0, SHOWN).map((name) => quote(name, 40));
  return `${shown.join(', ')}${names.length > SHOWN ? ', …' : ''}`;
}

function wrong(value: string, rule: string, remedy: string): Fault {
  return new Fault({ kind: 'input', value: `what_if ${quote(value)}`, rule, remedy });
}
