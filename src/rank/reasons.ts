import type { Reason } from './assessment.ts';

/** One feature's or rule's share in a score. */
export interface Effect {
  readonly theme: string;
  readonly effect: number;
  /** Called for the effects that speak for their theme alone. */
  readonly sentence: () => string;
}

export interface ReasonLimits {
  /** The most reasons for, and against. */
  pros?: number;
  cons?: number;
  /** Themes whose joint effect is smaller in size are left out. */
  smallest?: number;
}

/**
 * Reasons out of effects: those of a theme add up, and its strongest effect of the same sign gives the sentence.
 * Strongest first, those for before those against; no sentence twice.
 */
export function reasonsOf(
  effects: readonly Effect[],
  { pros = 3, cons = 2, smallest = 0.05 }: ReasonLimits = {},
): Reason[] {
  const grouped = themes(effects);
  const spoken = new Set<string>();
  const say = (direction: Reason['direction'], most: number): Reason[] => {
    const sign = direction === 'for' ? 1 : -1;
    const ordered = grouped
      .filter(({ effect }) => effect * sign >= smallest)
      .toSorted((a, b) => (b.effect - a.effect) * sign || (a.theme < b.theme ? -1 : 1));
    const said: Reason[] = [];
    for (const { theme, effect, parts } of ordered) {
      if (said.length >= most) break; // a sentence takes longer than a score
      const sentence = strongest(parts, sign).sentence();
      if (spoken.has(sentence)) continue;
      spoken.add(sentence);
      said.push({ theme, direction, sentence, effect });
    }
    return said;
  };
  return [...say('for', pros), ...say('against', cons)];
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

function strongest(parts: readonly Effect[], sign: number): Effect {
  return parts.reduce((best, part) => (part.effect * sign > best.effect * sign ? part : best));
}
