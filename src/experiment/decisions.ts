import { Fault } from '../base/index.ts';

/**
 * Decisions that were logged with the probabilities under which they were made (a contextual bandit's log). Tables of
 * decisions × actions are flat, row after row.
 */
export interface LoggedDecisions {
  readonly count: number;
  readonly arms: readonly string[];
  /** The place in `arms` of what was recommended. */
  readonly action: Int32Array;
  /** The probability of each action at each decision; 0 where it could not be shown. Rows sum to 1. */
  readonly propensity: Float64Array;
  /** What became of it. */
  readonly reward: Float64Array;
  /** Whose decision it was: those of one subject are not independent. */
  readonly subject: Int32Array;
}

/** Probabilities of another policy at the same decisions, decisions × actions. */
export type PolicyTable = Float64Array;

const CLOSE = 1e-6;

/** Throws a Fault for a log that no estimate can rest on. */
export function checkDecisions({ count, arms, action, propensity, reward, subject }: LoggedDecisions): void {
  const width = arms.length;
  if (count === 0) throw broken('no decisions', 'nothing can be estimated from them', 'log some first');
  if ([action, reward, subject].some((column) => column.length !== count) || propensity.length !== count * width)
    throw broken('a log of decisions', 'has columns of different lengths', 'give one entry a decision');
  for (let row = 0; row < count; row++) {
    const shown = propensity[row * width + action[row]!] ?? NaN;
    if (!(shown > 0 && shown <= 1 + CLOSE))
      throw broken(`propensity ${shown} of decision ${row}`, 'must lie in (0, 1]: what was shown had a chance', 'log the propensities of the policy that was used');
    if (!Number.isFinite(reward[row]!)) throw broken(`reward ${reward[row]} of decision ${row}`, 'must be a finite number', 'leave out decisions whose outcome is open');
    checkRow(propensity, row, width, 'the propensities');
  }
}

/** Throws a Fault for a table that is no policy at these decisions. */
export function checkPolicy(policy: PolicyTable, { count, arms }: LoggedDecisions): void {
  if (policy.length !== count * arms.length) throw broken(`a policy of ${policy.length} entries`, `must have ${count} × ${arms.length}`, 'give a probability for each action');
  for (let row = 0; row < count; row++) checkRow(policy, row, arms.length, 'the policy');
}

function checkRow(table: Float64Array, row: number, width: number, what: string): void {
  let sum = 0;
  for (let at = row * width; at < (row + 1) * width; at++) {
    if (!(table[at]! >= 0)) throw broken(`${table[at]} in ${what} at decision ${row}`, 'must be a probability', 'correct it');
    sum += table[at]!;
  }
  if (Math.abs(sum - 1) > CLOSE) throw broken(`${sum}, the sum of ${what} at decision ${row}`, 'must be 1', 'log every action that could have been shown');
}

const broken = (value: string, rule: string, remedy: string): Fault => new Fault({ kind: 'input', value, rule, remedy });
