import { createLocalJWKSet, errors, jwtVerify, type JSONWebKeySet, type JWTPayload } from 'jose';
import { Fault, quote, sha256Hex, type Clock } from '../base/index.ts';
import type { Scope } from '../events/index.ts';

/** Who may issue tokens for this cell: pinned, one entry a registered org. */
export interface Issuer {
  issuer: string;
  audience: string;
  /** The issuer's public keys. */
  keys: JSONWebKeySet;
}

export const ROLES = ['rep', 'manager', 'ops', 'auditor', 'service'] as const;
export type Role = (typeof ROLES)[number];

/** The scopes that a token may carry. `service` is leadrank itself and is never given away. */
export const GRANTABLE: readonly Scope[] = ['crm', 'web', 'email', 'telephony', 'marketing', 'erp', 'product', 'feedback'];

/** What a verified token says about its bearer. */
export interface Caller {
  /** Outside id of the user, e.g. a Salesforce user id. */
  user: string;
  role: Role;
  /** What the bearer may append to the log. */
  scopes: readonly Scope[];
  /** ms since the epoch. */
  expires: number;
}

export type Authenticate = (authorization: string | undefined) => Promise<Caller>;

/** Verifies a bearer and holds its role against those that the call is for. Throws a Fault of kind `forbidden`. */
export async function authorize(authenticate: Authenticate, authorization: string | undefined, roles: readonly Role[]): Promise<Caller> {
  const caller = await authenticate(authorization);
  if (roles.includes(caller.role)) return caller;
  throw new Fault({
    kind: 'forbidden',
    value: `role ${caller.role}`,
    rule: `this call is for ${roles.join(', ')}`,
    remedy: 'ask for a token with that role',
  });
}

export interface AuthOptions {
  issuers: readonly Issuer[];
  clock: Clock;
  /** How many verified tokens are remembered by digest until they expire. */
  cacheSize?: number;
}

/** Verifies bearer JWTs (RS256, ES256) of pinned issuers. Throws a Fault of kind `unauthenticated`. */
export function createAuthenticator({ issuers, clock, cacheSize = 20_000 }: AuthOptions): Authenticate {
  const pinned = new Map(issuers.map((issuer) => [issuer.issuer, { ...issuer, resolve: createLocalJWKSet(issuer.keys) }]));
  const cache = new Map<string, Caller>();

  const verify = async (token: string): Promise<Caller> => {
    const issuer = pinned.get(claimedIssuer(token));
    if (!issuer) throw refused('token', 'must come from an issuer that is registered with this cell', 'register the org, or ask a registered issuer');
    try {
      const { payload } = await jwtVerify(token, issuer.resolve, {
        issuer: issuer.issuer,
        audience: issuer.audience,
        algorithms: ['RS256', 'ES256'],
        currentDate: new Date(clock()),
        requiredClaims: ['sub', 'exp'],
      });
      return callerOf(payload);
    } catch (cause) {
      throw cause instanceof Fault ? cause : explain(cause);
    }
  };

  return async (authorization) => {
    const token = /^Bearer (?<token>[\w-]+\.[\w-]+\.[\w-]+)$/i.exec(authorization ?? '')?.groups?.['token'];
    if (!token) throw refused('Authorization header', 'must be `Bearer` and a signed JWT', 'send a token; `bin/leadrank token USER` makes one for the local cell');
    const digest = sha256Hex(token);
    const known = cache.get(digest);
    if (known && known.expires > clock()) return known;
    cache.delete(digest);
    const caller = await verify(token);
    if (cache.size >= cacheSize) cache.delete(cache.keys().next().value!);
    cache.set(digest, caller);
    return caller;
  };
}

function claimedIssuer(token: string): string {
  try {
    const payload = JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString()) as { iss?: unknown } | null;
    return String(payload?.iss);
  } catch (cause) {
    throw refused('token', 'must be a well-formed JWT', 'ask its issuer for a new one', cause);
  }
}

function callerOf(payload: JWTPayload): Caller {
  const role = ROLES.find((name) => name === payload['role']);
  if (!role) throw refused(`role ${quote(payload['role'] ?? null)}`, `must be one of ${ROLES.join(', ')}`, 'have the issuer set the claim `role`');
  const scope = typeof payload['scope'] === 'string' ? payload['scope'] : '';
  return { user: payload.sub!, role, scopes: GRANTABLE.filter((name) => scope.split(' ').includes(name)), expires: payload.exp! * 1000 };
}

function explain(cause: unknown): Fault {
  if (cause instanceof errors.JWTExpired) {
    const at = new Date((cause.payload.exp ?? 0) * 1000).toISOString();
    return refused(`token that expired at ${at}`, 'must be valid now', 'ask its issuer for a new one', cause);
  }
  if (cause instanceof errors.JWTClaimValidationFailed) {
    return refused(`token claim ${quote(cause.claim)}`, 'must be present and meant for this cell', 'ask the issuer for a token of this cell', cause);
  }
  return refused('token', 'must be signed by a key of its registered issuer', 'check which key signs, and that it is registered', cause);
}

function refused(value: string, rule: string, remedy: string, cause?: unknown): Fault {
  return new Fault({ kind: 'unauthenticated', value, rule, remedy, cause });
}
