import { Fault, quote } from '../base/index.ts';
import { sortOut, type Candidate, type ListContext } from './arrange.ts';
import type { Entry } from './arrange/entry.ts';
import type { Policy } from './policy.ts';
import type { Effect } from './reasons.ts';
import { contrastOf, type Contrast } from './why/contrast.ts';
import { standingOf } from './why/decisive.ts';
import { partsOf, type Part } from './why/parts.ts';
import { sentenceByPriority, sentenceByStep } from './why/sentence.ts';

export interface WhyParts {
  /** Of the whole list, as it was arranged. */
  readonly candidates: readonly Candidate[];
  readonly context: ListContext;
  readonly policy: Policy;
  readonly seed: number;
  /** What made a record's chance, feature by feature or rule by rule; null where that is not known any more. */
  readonly effects: (subject: string) => Explained | null;
  /** How a sentence names a record. */
  readonly name: (subject: string) => string;
  /** Why a record is not on the list, in words; `withheld`: the reason, where arranging left it out. null: it is none of its candidates. */
  readonly absent: (subject: string, withheld: string | null) => string | null;
}

/** Effects, and the model or rules that they are of: those of two can be compared where they are of the same. */
export interface Explained {
  readonly by: string;
  readonly effects: readonly Effect[];
}

/** Why one record of a list stands above another. */
export interface Why {
  readonly upper: string;
  readonly lower: string;
  /** Their places in the list, from 1. */
  readonly places: readonly [upper: number, lower: number];
  /** What decides: a part of their priorities, an adjustment that gave a place, or, between equals, `raw`, `score` or `id`. */
  readonly by: Part['name'] | 'raw' | 'score' | 'id';
  /** In what their priorities differ, the greatest in favour of the upper foremost; all of them add up. */
  readonly parts: readonly Part[];
  /** Where the chance decides: the theme that differs most. */
  readonly contrast: Contrast | null;
  readonly sentence: string;
}

/**
 * One sentence that says why of two records of a list the upper stands above the lower, out of the parts that put them there:
 * the one that it names is the greatest. Throws a Fault for a record that is not on the list, with why.
 */
export function why([a, b]: readonly [string, string], { candidates, context, policy, seed, effects, name, absent }: WhyParts): Why {
  if (a === b) throw new Fault({ kind: 'input', value: name(a), rule: 'cannot stand above itself', remedy: 'name two records' });
  const { ranking, leftOut, work } = sortOut(candidates, context, policy, seed);
  const standing = standingOf(ranking, [a, b]);
  if (standing === null) {
    const beyond = ranking.beyond.map(({ subject }) => ({ subject, reason: 'account' }));
    throw notListed([a, b], [...leftOut, ...beyond], { candidates, name, absent });
  }
  const { upper, lower, places, step } = standing;
  const parts = partsOf(upper, lower);
  const names = [name(upper.subject), name(lower.subject)] as const;
  const shared = { upper: upper.subject, lower: lower.subject, places, parts };
  if (step !== null) {
    return { ...shared, by: step.name, contrast: null, sentence: sentenceByStep(step, standing, { names, policy, work }) };
  }
  const [greatest] = parts;
  const [mine, other] = [effects(upper.subject), effects(lower.subject)];
  const comparable = mine !== null && other !== null && mine.by === other.by;
  const isChance = greatest?.name === 'chance' && greatest.size > 0;
  const equal = greatest === undefined || greatest.size <= 0;
  const by = equal ? finestOf(upper, lower) : greatest.name;
  const contrast = comparable && (isChance || by === 'raw') ? contrastOf(mine.effects, other.effects) : null;
  return { ...shared, by, contrast, sentence: sentenceByPriority(by, standing, { names, parts, contrast }) };
}

/** What decides between two that are equal in what the list goes by. */
function finestOf({ candidate: { assessment: a } }: Entry, { candidate: { assessment: b } }: Entry): 'raw' | 'score' | 'id' {
  return a.raw !== b.raw ? 'raw' : a.score !== b.score ? 'score' : 'id';
}

type Wanted = Pick<WhyParts, 'candidates' | 'name' | 'absent'>;

function notListed(pair: readonly string[], leftOut: readonly { subject: string; reason: string }[], { candidates, name, absent }: Wanted): Fault {
  const missing = pair.find((subject) => leftOut.some((out) => out.subject === subject) || !candidates.some(({ assessment }) => assessment.subject === subject))!;
  const reason = absent(missing, leftOut.find(({ subject }) => subject === missing)?.reason ?? null);
  return new Fault({
    kind: 'missing',
    value: quote(name(missing)),
    rule: reason === null ? 'is not among the candidates of the list' : `is not on the list: ${reason}`,
    remedy: 'name two records of the same list',
  });
}
