/** What kind of fault an error reports; the HTTP edge and the CLI turn it into a status or an exit code. */
export type FaultKind =
  | 'input' // what was given breaks a rule
  | 'unauthenticated' // no valid token
  | 'forbidden' // a valid token without the right
  | 'missing' // what was named does not exist
  | 'conflict' // it exists, in a state that does not allow this
  | 'gone' // it existed and was erased
  | 'too-large' // over a declared bound
  | 'corrupt' // stored bytes do not match their hash or signature
  | 'newer' // written by a later release than this one
  | 'unavailable'; // a resource (disk, port, log) cannot serve now

export interface FaultParts {
  kind: FaultKind;
  /** What was found: the offending value, already safe to print. */
  value: string;
  /** The rule that it breaks. */
  rule: string;
  /** What the reader can do about it. */
  remedy: string;
  cause?: unknown;
}

const BRAND = Symbol.for('leadrank.fault');

/**
 * An error that a person can act on. Its message is one line: `value: rule; remedy`. A compiled decision engine carries
 * this class a second time: `instanceof` goes by a mark that both share.
 */
export class Fault extends Error {
  static override [Symbol.hasInstance](value: unknown): boolean {
    return typeof value === 'object' && value !== null && BRAND in value;
  }

  readonly [BRAND] = true;
  override readonly name = 'Fault';
  readonly kind: FaultKind;
  readonly value: string;
  readonly rule: string;
  readonly remedy: string;

  constructor({ kind, value, rule, remedy, cause }: FaultParts) {
    super(`${value}: ${rule}; ${remedy}`, cause === undefined ? undefined : { cause });
    this.kind = kind;
    this.value = value;
    this.rule = rule;
    this.remedy = remedy;
  }
}

/** What was given breaks a rule. */
export const inputFault = (value: string, rule: string, remedy: string): Fault => new Fault({ kind: 'input', value, rule, remedy });

/** A value made safe for one line of an error message: control characters escaped, cut to `max` characters. */
export function quote(value: unknown, max = 60): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));
  const line = text.replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, '�');
  return line.length > max ? `"${line.slice(0, max)}…"` : `"${line}"`;
}
