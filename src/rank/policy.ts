import { canonicalJson, contentId, Fault, HOUR, quote } from '../base/index.ts';

/** How a list is arranged, as plain data: found again by its hash. */
export interface PolicyDocument {
  readonly version: number;
  /** A record is left out for this long after the rep's own touch, ms. */
  readonly restAfterTouch: number;
  /** Applied in this order. */
  readonly adjustments: readonly AdjustmentSpec[];
}

/** A named change of order: `points` of score at the start of `within`, falling evenly to none at its end. */
export interface AdjustmentSpec {
  readonly name: AdjustmentName;
  /** Positive lifts, negative lowers. */
  readonly points: number;
  /** ms */
  readonly within: number;
}

export type AdjustmentName = (typeof ADJUSTMENT_NAMES)[number];
export const ADJUSTMENT_NAMES = ['freshLead', 'newActivity', 'recentTouch'] as const;

export interface Policy extends PolicyDocument {
  readonly hash: string;
}

export const DEFAULT_POLICY: PolicyDocument = {
  version: 1,
  restAfterTouch: 2 * HOUR,
  adjustments: [
    { name: 'freshLead', points: 30, within: 24 * HOUR },
    { name: 'newActivity', points: 10, within: 12 * HOUR },
    { name: 'recentTouch', points: -20, within: 24 * HOUR },
  ],
};

/**
 * Checks a policy and hashes it (32 hex digits over its canonical JSON). Throws a Fault that names value, rule, remedy.
 */
export function parsePolicy(document: unknown): Policy {
  const { version, restAfterTouch, adjustments, ...rest } = (document ?? {}) as Record<string, unknown>;
  const extra = Object.keys(rest).find((key) => key !== 'hash');
  if (extra !== undefined) throw fault(extra, 'is not a known field', 'use version, restAfterTouch, adjustments');
  if (!Number.isSafeInteger(version) || (version as number) < 1)
    throw fault(version, 'version must be a whole number from 1', 'count it up with each change');
  if (!isSpan(restAfterTouch))
    throw fault(restAfterTouch, 'restAfterTouch must be milliseconds, 0 or more', 'change it');
  if (!Array.isArray(adjustments))
    throw fault(adjustments, 'adjustments must be a list', 'write one entry an adjustment');
  const checked = adjustments.map(parseAdjustment);
  const names = checked.map(({ name }) => name);
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice !== undefined) throw fault(twice, 'is named twice', 'keep one of them');
  const policy = { version: version as number, restAfterTouch, adjustments: checked };
  return { ...policy, hash: contentId(canonicalJson(policy)) };
}

/** The document of a checked policy: what is stored under its hash. */
export function policyDocument({ version, restAfterTouch, adjustments }: Policy): PolicyDocument {
  return { version, restAfterTouch, adjustments };
}

function parseAdjustment(raw: unknown): AdjustmentSpec {
  const { name, points, within } = (raw ?? {}) as Record<string, unknown>;
  const known = ADJUSTMENT_NAMES.find((it) => it === name);
  if (known === undefined) throw fault(name, 'is not a known adjustment', `use one of ${ADJUSTMENT_NAMES.join(', ')}`);
  if (typeof points !== 'number' || !(Math.abs(points) <= 100))
    throw fault(points, `points of ${known} must be from -100 to 100`, 'change the points');
  if (!isSpan(within) || within === 0)
    throw fault(within, `within of ${known} must be milliseconds above 0`, 'change it');
  return { name: known, points, within };
}

function isSpan(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}

function fault(value: unknown, rule: string, remedy: string): Fault {
  return new Fault({ kind: 'input', value: `policy: ${quote(value)}`, rule, remedy });
}
