import { columnOfInput } from './dates.ts';
import type { Strength } from './leaks.ts';
import { percent, type Warning } from './warning.ts';

const GIVES_AWAY = 0.9; // AUC of one column alone
const STRONG = 0.78;
const WEAK = 0.6;
const MISSINGNESS = 0.62;
const SETTLES = 0.04;
const NAMED_LATE = 0.62;

/** Names of things that are written when, or after, the outcome is known. */
const LATE_WORDS = new Set(
  'last latest final close closed closing outcome result reason quality tag tags status stage duration won lost'.split(
    ' ',
  ),
);

/** Warns of columns that may have been recorded after the outcome: at most one warning a column of the file. */
export function leakWarnings(strengths: readonly Strength[]): Warning[] {
  const worst = new Map<string, Warning>();
  for (const strength of strengths) {
    const warning = judge(columnOfInput(strength.column), strength);
    const known = warning && worst.get(warning.column!);
    if (warning && (!known || known.value < warning.value)) worst.set(warning.column!, warning);
  }
  return [...worst.values()];
}

function judge(column: string, { kind, auc, missingness, settled }: Strength): Warning | undefined {
  const alone = `alone it reaches AUC ${auc.toFixed(3)} on held-out rows`;
  const suspect = (value: number, message: string): Warning => ({
    code: 'leak-suspect',
    column,
    value,
    message,
    advice: 'is it recorded, or kept up to date, after the outcome? then leave it out',
  });
  if (auc >= GIVES_AWAY) {
    const advice = 'it was probably recorded after the outcome: leave it out, or the model will fail on new rows';
    return { code: 'leak', column, value: auc, message: alone, advice };
  }
  if (auc >= STRONG) return suspect(auc, alone);
  // The ends of a strong numeric column settle the outcome by themselves; those of a weak one do not.
  if (settled >= SETTLES && (kind === 'categorical' || auc < WEAK)) {
    return suspect(
      auc,
      `some of its values settle the outcome: ${percent(settled)} of its rows stand where nothing else occurs`,
    );
  }
  if (missingness >= MISSINGNESS) {
    return suspect(auc, `whether it is filled in says much by itself (AUC ${missingness.toFixed(3)})`);
  }
  if (auc >= NAMED_LATE && wordsOf(column).some((word) => LATE_WORDS.has(word)))
    return suspect(auc, `${alone}, and its name speaks of the end of the story`);
  return undefined;
}

/** `lastActivity`, `last_activity` and `Last Activity` are the same two words. */
function wordsOf(name: string): string[] {
  return name
    .replaceAll(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}]+/u);
}
