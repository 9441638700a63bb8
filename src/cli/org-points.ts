import type { Clock } from '../base/index.ts';
import { columnNames, DEFAULT_FEATURES, targetOf, type TargetName } from '../features/index.ts';
import { compileFormula, DEFAULT_DEAL_RULES, DEFAULT_RULES, parseRules, pointsOf, pointsScore, type RuleSet } from '../rules/index.ts';
import type { OrgPoints } from '../sandbox/index.ts';
import type { Node } from './node.ts';

/**
 * What the formula fields of the simulated org say of a user's open records, the most points first, equal ones by id. The org has the
 * fields that come with the page; a formula gives the points of that part of the rules which it can say, so those are counted.
 */
export function orgPoints({ state, cell: { identities } }: Pick<Node, 'state' | 'cell'>, clock: Clock): OrgPoints {
  const rules = { lead: saidByFormula('lead'), opportunity: saidByFormula('opportunity') };
  return (user, wanted) => {
    const columns = { lead: columnNames(state.features, 'lead'), opportunity: columnNames(state.features, 'opportunity') };
    const owned = state.owned(identities.subjectOf('user', user)).flatMap((subject) => {
      const [kind, record] = [targetOf(subject), identities.externalOf(subject)];
      const vector = state.record(subject)?.vector(clock());
      if (kind === undefined || record === undefined || vector === undefined) return [];
      return [{ record, kind, points: pointsScore(pointsOf(rules[kind], columns[kind], vector)) }];
    });
    return owned.toSorted((a, b) => b.points - a.points || (a.record < b.record ? -1 : 1)).slice(0, wanted);
  };
}

function saidByFormula(target: TargetName): RuleSet {
  const features = DEFAULT_FEATURES.filter(({ entity }) => entity === target);
  const rules = parseRules(target === 'lead' ? DEFAULT_RULES : DEFAULT_DEAL_RULES, columnNames(features, target));
  return compileFormula(rules, { features, settings: { fields: {}, leaveOut: [] }, object: null }).part;
}
