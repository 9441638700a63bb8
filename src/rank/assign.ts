import { armOf, isOn, type ArmName, type ExperimentSpec } from '../experiment/index.ts';
import { teamOf } from '../features/index.ts';

/** Where an experiment put a record. */
export interface Assigned {
  readonly experiment: string;
  readonly arm: ArmName;
  /** The team, user, account or record that was drawn: those of one unit are not independent. */
  readonly unit: string;
}

/** Whose a record is, as far as a unit needs it. */
export interface Belonging {
  readonly subject: string;
  readonly owner: string | null;
  readonly account: string | null;
}

export interface AssignOptions {
  /** ms */
  readonly now: number;
  /** Who is to see the answer; null where nobody is. */
  readonly asker: string | null;
  /** What is known of a user. */
  readonly user: (subject: string) => { readonly manager: string | null; readonly queue: boolean } | undefined;
}

/**
 * The arm of a record; null where the experiment is not on, and for what is nobody's and that nobody asks for. A record is in the arm of
 * its owner, whoever looks at it; one of nobody, or of a queue, in that of who asks.
 */
export function assign(spec: ExperimentSpec | undefined, record: Belonging, { now, asker, user }: AssignOptions): Assigned | null {
  if (spec === undefined || !isOn(spec, now)) return null;
  const unit = spec.unit === 'account' ? (record.account ?? record.subject) : personOf(spec, record, { asker, user });
  return unit === null ? null : { experiment: spec.name, arm: armOf(spec, unit), unit };
}

/** The unit of a user as things stand: a team goes by its manager of now, and a rep of another manager is of another team. Every decision holds the unit of its time. */
export function unitOf({ unit }: Pick<ExperimentSpec, 'unit'>, subject: string, user: AssignOptions['user']): string {
  const manager = unit === 'team' ? (user(subject)?.manager ?? null) : null;
  return manager === null ? subject : teamOf(manager as `us_${string}` & Parameters<typeof teamOf>[0]);
}

function personOf(spec: ExperimentSpec, { owner }: Belonging, { asker, user }: Pick<AssignOptions, 'asker' | 'user'>): string | null {
  const person = owner === null || user(owner)?.queue === true ? asker : owner;
  return person === null ? null : unitOf(spec, person, user);
}
