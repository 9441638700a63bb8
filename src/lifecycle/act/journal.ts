import { sampleJournals, type Decision } from '../../audit/index.ts';
import { DAY, Fault } from '../../base/index.ts';
import { targetOf, type TargetName } from '../../features/index.ts';
import type { Value } from '../../trees/index.ts';

/** One recommendation as it was journalled. Times in ms. */
export interface Recommended {
  readonly subject: string;
  readonly time: number;
  /** The log's offset that was known. */
  readonly offset: number;
  readonly action: string;
  readonly rule: string;
  /** Every action that could have been shown, with its probability. */
  readonly chances: ReadonlyMap<string, number>;
  /** Names the entries of the vector, by content address. */
  readonly columns: string;
  readonly vector: readonly Value[];
  /** What else a policy chooses from. */
  readonly grade: Decision['grade'];
  readonly facts: Decision['facts'];
  readonly amount: number | null;
}

/**
 * The recommendations of leads, or of opportunities, in a cell's journals that were shown in lists, the first of each record and day: refreshes of a day
 * show the same. Decisions of engines that logged no propensities are left out. Throws a Fault for a damaged journal.
 */
export function readRecommendations(journals: string, target: TargetName): Recommended[] {
  const first = new Map<string, Recommended>();
  sampleJournals(journals, {
    wants: (subject) => targetOf(subject) === target,
    keep: (decision) => {
      const found = recommendedIn(decision);
      if (found === undefined) return undefined;
      const key = `${found.subject} ${Math.floor(found.time / DAY)}`;
      const known = first.get(key);
      if (known === undefined || found.time < known.time) first.set(key, found);
      return undefined;
    },
  });
  return [...first.values()].toSorted((a, b) => a.time - b.time || (a.subject < b.subject ? -1 : 1));
}

/** What a decision recommended in a list; undefined where it is none to learn from: nothing was known of the record, or no propensity was logged. */
export function recommendedIn({ subject, time, offset, action, columns, vector, placement, grade, facts, value, lacks }: Decision): Recommended | undefined {
  const { kind, template, propensity, alternatives, rule } = action;
  if (placement === null || lacks?.features !== undefined || alternatives === undefined || rule === undefined) return undefined;
  const name = template == null ? kind : `${kind}:${template}`;
  const chances = new Map([[name, propensity], ...alternatives.map((one): [string, number] => [one.action, one.propensity])]);
  return { subject, time, offset, action: name, rule, chances, columns, vector, grade, facts, amount: value?.amount ?? null };
}

export const noRecommendations = (found: number, needed: number, what: string): Fault =>
  new Fault({ kind: 'missing', value: `${found} recommendations ${what}`, rule: `at least ${needed} are needed`, remedy: 'let reps work with the list for longer; the rules act meanwhile' });
