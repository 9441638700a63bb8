import { targetOf, type LeadRecord } from '../features/index.ts';
import type { AssessInput, Lacks, LastScores } from '../rank/index.ts';
import type { Deadline } from './deadline.ts';
import type { Faults } from './stages.ts';

export interface ReadingParts {
  readonly lastScores: Pick<LastScores, 'get' | 'pointsGrade'>;
  readonly faults: Faults;
}

export interface ReadingOptions {
  /** ms */
  readonly now: number;
  readonly deadline: Deadline;
  /** Of how many entries a vector of the record's target is. */
  readonly width: number;
  /** Whether there is a model to ask, and why it may not be although it is there. */
  readonly model: object | null;
  readonly why: string | null;
  /** Told of what went wrong unexpectedly. */
  readonly tell: (error: unknown) => void;
}

/** What `assess` is given about a record, and what it must do without. */
export interface Reading {
  readonly input: AssessInput;
  /** Why the model may not be asked for this record although it is there. */
  readonly fault: string | null;
  readonly lacks: Lacks;
}

/** Reads records stage by stage: what fails or comes too late is left out and named, and never an error. */
export function createReading({ lastScores, faults }: ReadingParts): (record: LeadRecord, options: ReadingOptions) => Reading {
  return (record, { now, deadline, width, model, why, tell }) => {
    const { subject, created, lastTouch, lastEvent } = record;
    const fault = (stage: Parameters<Faults>[0]): string | null => faults(stage, targetOf(subject) ?? 'lead');
    const lacks: { -readonly [part in keyof Lacks]: string } = {};
    /** What `read` gives; `otherwise`, and why, where it may not be read or cannot. */
    const attempt = <T>(part: 'features' | 'last', lost: string | null, read: () => T, otherwise: () => T): T => {
      if (lost === null) {
        try {
          return read();
        } catch (error) {
          tell(error);
        }
      }
      lacks[part] = lost ?? { features: 'what is known of it cannot be read', last: 'its last score cannot be read' }[part];
      return otherwise();
    };

    const heard = attempt('features', fault('features') ?? deadline.late('features'), () => ({ vector: record.vector(now), sources: record.sources(now) }), () => ({ vector: Array.from({ length: width }, () => null), sources: [] }));
    const sources = fault('freshness') === null ? heard.sources : heard.sources.map((source) => ({ ...source, stale: true }));
    const late = model === null ? null : (fault('deadline') ?? deadline.late('model'));
    const before = attempt('last', fault('last-score') ?? deadline.late('last-score'), () => ({ last: lastScores.get(subject), pointsGrade: lastScores.pointsGrade(subject) }), () => ({ last: null, pointsGrade: null }));
    for (const [part, stage] of [['value', 'value'], ['actions', 'action-policy']] as const) {
      const lost = fault(stage);
      if (lost !== null) lacks[part] = lost;
    }
    return { input: { subject, created, lastTouch, lastEvent, vector: heard.vector, sources, ...before }, fault: why ?? late, lacks };
  };
}
