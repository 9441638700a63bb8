import { exportJWK, generateKeyPair, SignJWT, type CryptoKey } from 'jose';
import { beforeAll, describe, expect, test } from 'vitest';
import { authorize, createAuthenticator, type Authenticate } from './auth.ts';

const NOW = Date.parse('2026-03-02T08:00:00Z');
let now = NOW;
let authenticate: Authenticate;
let sign: (claims?: Record<string, unknown>, headers?: { key?: CryptoKey; expires?: number }) => Promise<string>;
let stranger: CryptoKey;

beforeAll(async () => {
  const own = await generateKeyPair('ES256', { extractable: true });
  stranger = (await generateKeyPair('ES256')).privateKey;
  const keys = { keys: [{ ...(await exportJWK(own.publicKey)), alg: 'ES256' }] };
  authenticate = createAuthenticator({ issuers: [{ issuer: 'org', audience: 'leadrank:us', keys }], clock: () => now });
  sign = async (claims = {}, { key = own.privateKey, expires = NOW + 60_000 } = {}) => {
    const jwt = new SignJWT({ iss: 'org', aud: 'leadrank:us', sub: '005A', role: 'rep', exp: expires / 1000, ...claims });
    return `Bearer ${await jwt.setProtectedHeader({ alg: 'ES256' }).sign(key)}`;
  };
});

describe('bearer tokens', () => {
  test('a good one names its caller', async () => {
    const caller = await authenticate(await sign({ scope: 'web crm nonsense' }));
    expect(caller).toEqual({ user: '005A', role: 'rep', scopes: ['crm', 'web'], expires: NOW + 60_000 });
  });

  test('no token is ever granted the scope of the service itself', async () => {
    expect((await authenticate(await sign({ scope: 'service web' }))).scopes).toEqual(['web']);
  });

  test.each([
    ['none', undefined, 'Authorization header'],
    ['another scheme', 'Basic YTpi', 'Authorization header'],
    ['not a JWT', 'Bearer a.b.c', 'token'],
  ])('%s is refused with a remedy', async (_name, header, value) => {
    await expect(authenticate(header)).rejects.toMatchObject({ kind: 'unauthenticated', value });
  });

  test('expired, signed by another key, of another issuer, for another cell, without a role', async () => {
    await expect(authenticate(await sign({}, { expires: NOW - 1000 }))).rejects.toThrow('token that expired at 2026-03-02T07:59:59');
    await expect(authenticate(await sign({}, { key: stranger }))).rejects.toThrow('signed by a key of its registered issuer');
    await expect(authenticate(await sign({ iss: 'other' }))).rejects.toThrow('registered with this cell');
    await expect(authenticate(await sign({ aud: 'leadrank:eu' }))).rejects.toThrow('token claim "aud"');
    await expect(authenticate(await sign({ role: 'king' }))).rejects.toThrow('role "king"');
  });

  test('an unsigned token (alg none) is refused', async () => {
    const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    const token = `${part({ alg: 'none' })}.${part({ iss: 'org', aud: 'leadrank:us', sub: '005A', role: 'rep', exp: NOW })}.AA`;
    await expect(authenticate(`Bearer ${token}`)).rejects.toMatchObject({ kind: 'unauthenticated' });
  });

  test('a remembered token still expires', async () => {
    const token = await sign();
    await authenticate(token);
    now = NOW + 61_000;
    await expect(authenticate(token)).rejects.toThrow('expired');
    now = NOW;
  });

  test('a role that the call is not for is forbidden, and says which are', async () => {
    await expect(authorize(authenticate, await sign(), ['auditor'])).rejects.toThrow('role rep: this call is for auditor');
  });
});
