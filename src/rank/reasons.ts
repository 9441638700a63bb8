import type { Value } from '../trees/index.ts';
import { saysSame, type About } from './about.ts';
import type { Reason } from './assessment.ts';

/** One feature's or rule's share in a score. */
export interface Effect {
  /** The feature's name, or the rule's id. */
  readonly feature: string;
  readonly theme: string;
  readonly effect: number;
  /** Called for the effects that speak for their theme alone. */
  readonly sentence: () => string;
  /** What the sentence speaks of, and its figure; left out: what no other does. */
  readonly about?: About | null;
  readonly value?: Value;
}

export interface ReasonLimits {
  /** The most reasons for, and against. */
  pros?: number;
  cons?: number;
  /** Themes whose joint effect is smaller in size are left out. */
  smallest?: number;
}

export interface Reasoned {
  readonly reasons: Reason[];
  /** What the themes that are not said add: with the effects of the reasons, all effects. */
  readonly rest: number;
}

/**
 * Reasons out of effects: those of a theme add up, and its strongest effect of the same sign gives the sentence. Strongest
 * first, those for before those against. No two say the same: where the strongest of a theme would, the next one speaks, and where none is left
 * the theme is not said.
 */
export function reasonsOf(effects: readonly Effect[], { pros = 3, cons = 2, smallest = 0.05 }: ReasonLimits = {}): Reasoned {
  const grouped = themes(effects);
  const spoken: { effect: Effect; sentence: string }[] = [];
  const say = (direction: Reason['direction'], most: number): Reason[] => {
    const sign = direction === 'for' ? 1 : -1;
    const ordered = grouped
      .filter(({ effect }) => effect * sign >= smallest)
      .toSorted((a, b) => (b.effect - a.effect) * sign || (a.theme < b.theme ? -1 : 1));
    const said: Reason[] = [];
    for (const { theme, effect, parts } of ordered) {
      if (said.length >= most) break; // a sentence takes longer than a score
      const speaker = speakerOf(parts, sign, spoken);
      if (speaker === null) continue;
      spoken.push(speaker);
      said.push({ theme, direction, sentence: speaker.sentence, effect });
    }
    return said;
  };
  const reasons = [...say('for', pros), ...say('against', cons)];
  const told = new Set(reasons.map(({ theme }) => theme));
  const rest = grouped.reduce((sum, { theme, effect }) => (told.has(theme) ? sum : sum + effect), 0);
  return { reasons, rest };
}

interface Theme {
  readonly theme: string;
  readonly effect: number;
  readonly parts: readonly Effect[];
}

function themes(effects: readonly Effect[]): Theme[] {
  const grouped = new Map<string, Effect[]>();
  for (const part of effects) {
    const parts = grouped.get(part.theme);
    if (parts === undefined) grouped.set(part.theme, [part]);
    else parts.push(part);
  }
  return [...grouped].map(([theme, parts]) => ({
    theme,
    parts,
    effect: parts.reduce((sum, part) => sum + part.effect, 0),
  }));
}

type Spoken = readonly { readonly effect: Effect; readonly sentence: string }[];

/** The strongest part of this sign that says what nobody has said; null where every one repeats. */
function speakerOf(parts: readonly Effect[], sign: number, spoken: Spoken): { effect: Effect; sentence: string } | null {
  const strongest = parts.reduce((best, part) => (part.effect * sign > best.effect * sign ? part : best));
  const speaker = speak(strongest, spoken);
  if (speaker !== null) return speaker;
  const others = parts.filter((part) => part !== strongest && part.effect * sign > 0).toSorted((a, b) => (b.effect - a.effect) * sign);
  for (const part of others) {
    const next = speak(part, spoken);
    if (next !== null) return next;
  }
  return null;
}

function speak(effect: Effect, spoken: Spoken): { effect: Effect; sentence: string } | null {
  if (spoken.some((other) => repeats(effect, other.effect))) return null;
  const sentence = effect.sentence();
  return spoken.some((other) => other.sentence === sentence) ? null : { effect, sentence };
}

function repeats(a: Effect, b: Effect): boolean {
  return a.about !== undefined && a.about !== null && b.about !== undefined && b.about !== null && saysSame(a.about, a.value ?? null, b.about, b.value ?? null);
}
