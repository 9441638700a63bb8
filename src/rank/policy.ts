import { between, canonicalJson, contentId, Fault, HOUR, oneWord, optional, shape, type Form } from '../base/index.ts';
import type { AdjustmentSpec } from './policy/adjustments.ts';
import { calendars, STANDARD, STANDARD_CALENDAR, type CalendarSpec } from './policy/calendars.ts';
import { DEFAULT_FLAGS, flagFields, type FlagSpec } from './candidates/flag.ts';
import { candidates } from './candidates/read-candidates.ts';
import { flags } from './candidates/read-flags.ts';
import { DEFAULT_CANDIDATES, type CandidatesSpec } from './candidates/source.ts';
import type { ExperimentSpec } from '../experiment/index.ts';
import { changeable, DEFAULT_CHANGEABLE, type Changeable } from './policy/changeable.ts';
import { DEFAULT_ADJUSTMENTS } from './policy/default.ts';
import type { Value } from '../trees/index.ts';
import { duration } from './policy/duration.ts';
import { experiment } from './policy/experiment.ts';
import { grades, STANDARD_GRADES, type GradeSpec } from './policy/grades.ts';
import { adjustments } from './policy/read-adjustments.ts';
import { writtenPolicy } from './policy/written.ts';

/** What a list is to bring as much of as it can. */
const GOALS = ['money', 'conversions'] as const;
export type Goal = (typeof GOALS)[number];

/** How a list is arranged, as plain data: found again by its hash. */
export interface PolicyDocument {
  readonly version: number;
  /** Absent: money, so that a record counts by what it is worth. */
  readonly goal?: 'conversions' | undefined;
  /** A record is left out for this long after the rep's own touch, ms. */
  readonly restAfterTouch: number;
  /** Applied in this order. */
  readonly adjustments: readonly AdjustmentSpec[];
  readonly grades: GradeSpec;
  /** When teams work, by name; `standard` is that of everyone else. */
  readonly calendars: Readonly<Record<string, CalendarSpec>>;
  readonly candidates: CandidatesSpec;
  /** What stands out and what is kept off the list for it; the first that keeps a record off is its reason. */
  readonly flags: readonly FlagSpec[];
  /** What a what-if may change, and what is known of it. */
  readonly changeable: Changeable;
  /** Who is answered by rules, to see what leadrank brings; absent: nobody. */
  readonly experiment?: ExperimentSpec | undefined;
}

export interface Policy extends PolicyDocument {
  readonly hash: string;
}

export const DEFAULT_POLICY: PolicyDocument = {
  version: 3,
  restAfterTouch: 2 * HOUR,
  adjustments: DEFAULT_ADJUSTMENTS,
  grades: STANDARD_GRADES,
  calendars: { [STANDARD]: STANDARD_CALENDAR },
  candidates: DEFAULT_CANDIDATES,
  flags: DEFAULT_FLAGS,
  changeable: DEFAULT_CHANGEABLE,
};

/**
 * Checks a policy and hashes it (32 hex digits over its canonical JSON); what it leaves out is as in the default.
 * `columns`: the features that it may name; without them any. Throws a Fault that names place, value, rule, remedy.
 */
export function parsePolicy(document: unknown, columns: readonly string[] | null = null): Policy {
  const forms = {
    version,
    restAfterTouch: duration(),
    adjustments: orBefore(adjustments(columns)),
    grades: grades(columns),
    calendars,
    candidates,
    flags: flags(columns),
    changeable: changeable(columns),
    experiment,
    goal,
  };
  const policy = shape<PolicyDocument>(forms)(withoutHash(document), 'policy', defaultFor(columns));
  return { ...policy, hash: contentId(canonicalJson(writtenPolicy(policy))) };
}

function withoutHash(document: unknown): unknown {
  if (typeof document !== 'object' || document === null || Array.isArray(document)) return document;
  const { hash: _hash, ...rest } = document as Record<string, unknown>;
  return rest;
}

/** The document of a checked policy: what is stored under its hash. */
export function policyDocument({ hash: _hash, ...document }: Policy): object {
  return writtenPolicy(document);
}

/** The features whose values the policy wants to see of a record. */
export function policyFields({ adjustments: specs, flags: up }: PolicyDocument): string[] {
  const named = specs.flatMap((spec) => {
    if (spec.name === 'fatigue') return [spec.feature];
    if (spec.name !== 'weights' && spec.name !== 'pins') return [];
    return spec.rules.flatMap(({ when }) => when.map(({ feature }) => feature));
  });
  return [...new Set([...named, ...flagFields(up)])].toSorted();
}

/** Reads the values of these features in a vector whose entries `columns` names; those that it does not have are left out. The places are looked up once for each list of columns. */
export function fieldsOf(names: readonly string[]): (columns: readonly string[], vector: readonly Value[]) => Record<string, Value> {
  const known = new WeakMap<readonly string[], readonly (readonly [name: string, at: number])[]>();
  return (columns, vector) => {
    const places = known.get(columns) ?? names.map((name) => [name, columns.indexOf(name)] as const).filter(([, at]) => at >= 0);
    known.set(columns, places);
    const fields: Record<string, Value> = {};
    for (const [name, at] of places) fields[name] = vector[at] ?? null;
    return fields;
  };
}

/** The default without what rests on a feature that is not there. */
function defaultFor(columns: readonly string[] | null): PolicyDocument {
  const there = DEFAULT_ADJUSTMENTS.filter((spec) => spec.name !== 'fatigue' || columns === null || columns.includes(spec.feature));
  const seen = DEFAULT_FLAGS.filter(({ when }) => columns === null || when.every(({ feature }) => columns.includes(feature)));
  return { ...DEFAULT_POLICY, adjustments: there, flags: seen };
}

const version: Form<number> = (value, path) => {
  const read = between(1, Number.MAX_SAFE_INTEGER)(value, path);
  if (Number.isSafeInteger(read)) return read;
  throw new Fault({ kind: 'input', value: `${path}: ${read}`, rule: 'is a whole number from 1', remedy: 'count it up with each change' });
};

/** Money is the goal that no policy needs to name, so naming it makes no other policy. */
const goal: Form<PolicyDocument['goal']> = (value, path) => (optional<Goal>(oneWord(GOALS))(value, path) === 'conversions' ? 'conversions' : undefined);

const orBefore =
  <T>(form: Form<T>): Form<T> =>
  (value, path, before) =>
    value === undefined && before !== undefined ? before : form(value, path);
