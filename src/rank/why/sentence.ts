import type { Entry } from '../arrange/entry.ts';
import type { Step } from '../arrange/ranking.ts';
import type { WorkingTime } from '../calendar/working-time.ts';
import type { Policy } from '../policy.ts';
import { amount, percent, span, times } from '../words.ts';
import type { Contrast } from './contrast.ts';
import type { Standing } from './decisive.ts';
import { factorOf, type Part } from './parts.ts';

type Names = readonly [upper: string, lower: string];

/** Where their priorities decide. */
export function sentenceByPriority(
  by: Part['name'] | 'raw' | 'score' | 'id',
  { upper, lower }: Standing,
  { names, parts, contrast }: { names: Names; parts: readonly Part[]; contrast: Contrast | null },
): string {
  const [above, below] = names;
  if (by === 'id') return `${above} and ${below} are equal in everything that the list goes by, and so stand in the order of their ids`;
  if (by === 'raw') return `${above} stands above ${below} by a hair: they are equal in what the list goes by, and the model’s own figure is greater${contrasted(contrast, names)}`;
  if (by === 'score') return `${above} stands above ${below} by a hair: they are equal in what the list goes by, and it has more points`;
  const [part] = parts;
  const least = parts.at(-1)!;
  const though = least.size <= -0.05 ? `, although ${partly(least, lower, upper, [below, above])}` : '';
  return `${above} stands above ${below} mostly because ${partly(part!, upper, lower, names)}${by === 'chance' ? contrasted(contrast, names) : ''}${though}`;
}

/** What a part says for the first of two. */
function partly({ name, rule }: Part, first: Entry, second: Entry, [mine, other]: Names): string {
  if (name === 'chance') return chance(first, second, mine);
  if (name === 'value') return `${mine} is worth more, ${worth(first)} against ${worth(second)}`;
  if (name === 'weights') return `the weight ${rule!} counts ${times(factorOf(first, name, rule))} for ${mine} and ${times(factorOf(second, name, rule))} for ${other}`;
  const [own, its] = [factorOf(first, name, rule), factorOf(second, name, rule)];
  const sentenceOf = (entry: Entry): string => entry.factors.find((one) => one.name === name)?.sentence ?? name;
  if (own > 1) return `${mine} counts more: ${sentenceOf(first)} (${times(own)} against ${times(its)})`;
  return `${other} counts less: ${sentenceOf(second)} (${times(its)} against ${times(own)})`;
}

function chance(first: Entry, second: Entry, name: string): string {
  return `${name} has the better chance, ${chanceIn(first)} against ${chanceIn(second)}`;
}

/** A share that points stand for is told with the points. */
function chanceIn({ chance: share, candidate: { assessment } }: Entry): string {
  return assessment.probability === null ? `${percent(share)} by ${assessment.score} points` : percent(share);
}

function worth({ candidate, value }: Entry): string {
  const known = candidate.assessment.value;
  return known !== null && known.amount === value ? amount(value, known.currency) : 'the median, since its amount is not known,';
}

function contrasted(contrast: Contrast | null, [above, below]: Names): string {
  if (contrast === null) return '';
  const [mine, other] = contrast.sentences;
  const said = mine === null ? (other === null ? '' : `: of ${below}, ${other}`) : `: of ${above}, ${mine}${other === null ? '' : `, of ${below}, ${other}`}`;
  return `; they differ most in ${contrast.theme}${said}`;
}

/** Where an adjustment gave a place. */
export function sentenceByStep(
  { name, acted }: Step,
  { upper, lower }: Standing,
  { names: [above, below], policy, work }: { names: Names; policy: Policy; work: WorkingTime },
): string {
  const spec = policy.adjustments.find((one) => one.name === name)!;
  const ahead = `${above} stands above ${below}`;
  switch (spec.name) {
    case 'fairness':
      return `${above} and ${below} are equal within ${percent(spec.tolerance)}, and today it is the turn of ${above}`;
    case 'steady':
      return `${ahead} as it did today: ${below} passes once it is wanted more by ${percent(spec.margin)}, and it is ${lower.priority > upper.priority ? `by ${percent(lower.priority / upper.priority - 1)}` : 'not'}`;
    case 'exploration':
      return `${ahead} by lot: one place in ${spec.every} goes to a record drawn from all below`;
    case 'capacity':
      return `${ahead} because its first contact is due today, and of the working day ${span(work.leftToday)} is left`;
    case 'pins':
      return acted.has(upper.subject) ? `${ahead} because it is pinned` : `${ahead} because ${below} is pinned to a place further down`;
    default:
      return ahead;
  }
}
