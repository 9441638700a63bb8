import { holds, type Condition } from '../../rules/index.ts';
import type { WorkingTime } from '../calendar/working-time.ts';
import type { AdjustmentSpec } from '../policy/adjustments.ts';
import type { Candidate } from './candidate.ts';
import type { Entry, Factor } from './entry.ts';
import { feedbackUrgency } from './feedback.ts';
import { deadlineUrgency, freshnessUrgency, promiseUrgency, restUrgency, type Urgency } from './urgency.ts';

/** What adjustments see beside the record. */
export interface Moment {
  readonly now: number;
  readonly work: WorkingTime;
}

/** What an adjustment multiplies the priority of a candidate by: nothing for one that is no factor or does not apply. */
export function factorsOf(spec: AdjustmentSpec, candidate: Candidate, { now, work }: Moment): Factor[] {
  const { facts } = candidate;
  switch (spec.name) {
    case 'deadline':
      return said(spec.name, deadlineUrgency(spec, facts, work, now));
    case 'freshness':
      return said(spec.name, freshnessUrgency(spec, facts, now));
    case 'rest':
      return said(spec.name, restUrgency(spec, facts, now));
    case 'promise':
      return said(spec.name, promiseUrgency(spec, facts, now));
    case 'feedback':
      return said(spec.name, feedbackUrgency(spec, facts, now));
    case 'weights':
      return spec.rules
        .filter(({ factor, when }) => factor !== 1 && applies(when, candidate))
        .map(({ id, factor }) => ({ name: spec.name, rule: id, factor, sentence: null }));
    default:
      return [];
  }
}

/** Whether the conditions of a policy's rule hold; a feature that is not there is missing. */
export function applies(when: readonly Condition[], { fields = {} }: Candidate): boolean {
  return when.every((condition) => holds(condition, fields[condition.feature] ?? null));
}

export function multiplied(entry: Entry, factors: readonly Factor[]): Entry {
  const priority = factors.reduce((product, { factor }) => product * factor, entry.priority);
  return { ...entry, factors: [...entry.factors, ...factors], priority };
}

function said(name: Factor['name'], { factor, sentence }: Urgency): Factor[] {
  return factor === 1 ? [] : [{ name, rule: null, factor, sentence }];
}
