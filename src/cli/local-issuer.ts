import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { exportJWK, generateKeyPair, importJWK, SignJWT, type JWK } from 'jose';
import { writeFileAtomic } from '../base/index.ts';
import type { Issuer, Role } from '../serve/index.ts';

const NAME = 'leadrank-local';

export interface LocalIssuer {
  /** What the service pins. */
  readonly issuer: Issuer;
  /** A signed token for a user, good for `minutes`. */
  token(claims: { user: string; role: Role; scope?: string; minutes?: number }): Promise<string>;
}

/** The issuer of this machine: its ES256 key is made at first use and stays in the cell's key folder. */
export async function openLocalIssuer({ keys, region }: { keys: string; region: string }): Promise<LocalIssuer> {
  const path = join(keys, 'issuer.json');
  if (!existsSync(path)) await createKey(path);
  const jwk = JSON.parse(readFileSync(path, 'utf8')) as JWK;
  const { d: _secret, ...publicKey } = jwk;
  const key = await importJWK(jwk, 'ES256');
  const audience = `leadrank:${region}`;
  return {
    issuer: { issuer: NAME, audience, keys: { keys: [publicKey] } },
    token: ({ user, role, scope = '', minutes = 60 }) =>
      new SignJWT({ role, scope })
        .setProtectedHeader({ alg: 'ES256' })
        .setIssuer(NAME)
        .setAudience(audience)
        .setSubject(user)
        .setIssuedAt()
        .setExpirationTime(`${minutes} minutes`)
        .sign(key),
  };
}

async function createKey(path: string): Promise<void> {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true });
  writeFileAtomic(path, JSON.stringify({ ...(await exportJWK(privateKey)), alg: 'ES256', use: 'sig' }), { mode: 0o600 });
}
