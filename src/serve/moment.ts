import type { Clock } from '../base/index.ts';
import { targetOf, type TargetName } from '../features/index.ts';
import type { LoadedModel } from '../rank/index.ts';
import type { RuleSet } from '../rules/index.ts';
import { startDeadline, type Deadline } from './deadline.ts';
import type { Faults } from './stages.ts';

/** The models that decide now. */
export interface ModelSource {
  /** Of a target; null where there is none or it could not be loaded. */
  current(target: TargetName): CurrentModel | null;
}

export interface CurrentModel {
  readonly model: LoadedModel;
  /** ms: the newest moment that the training data knew of. */
  readonly trainedAt: number;
}

/** What decides about the records of one target, beside its model. */
export interface TargetParts {
  /** The rule set that decides now. */
  readonly rules: () => RuleSet;
  /** The names of a vector's entries, and the content address of their list. */
  readonly columns: { readonly id: string; readonly names: readonly string[] };
}

/** What holds for all answers of one request. */
export interface Moment {
  readonly now: number;
  readonly deadline: Deadline;
  readonly tell: (error: unknown) => void;
  /** What decides about the records of a target. */
  of(target: TargetName): Deciding;
}

/** What decides about the records of one target within a request. */
export interface Deciding {
  readonly model: LoadedModel | null;
  readonly rules: RuleSet;
  readonly columns: TargetParts['columns'];
  /** Why the model may not be asked although it is there. */
  readonly why: string | null;
}

export interface MomentParts {
  readonly clock: Clock;
  readonly models: ModelSource;
  readonly targets: Readonly<Record<TargetName, TargetParts>>;
  readonly faults: Faults;
  /** How long a request may take, ms. */
  readonly within: number;
  /** Told, once a request, of what could not be read. */
  readonly onFailure: (error: unknown) => void;
}

/** The moment at which a request begins: what decides is looked up at most once in it. */
export function momentOf({ clock, models, targets, faults, within, onFailure }: MomentParts): Moment {
  const known = new Map<TargetName, Deciding>();
  let isTold = false;
  return {
    now: clock(),
    deadline: startDeadline({ clock, within }),
    tell(error) {
      if (!isTold) onFailure(error);
      isTold = true;
    },
    of(target) {
      const { rules, columns } = targets[target];
      const deciding = known.get(target) ?? { model: models.current(target)?.model ?? null, rules: rules(), columns, why: faults('model', target) };
      known.set(target, deciding);
      return deciding;
    },
  };
}

/** What decides about one record. */
export const decidingOf = (subject: string, moment: Moment): Deciding => moment.of(targetOf(subject) ?? 'lead');
