import { expect, it } from 'vitest';
import { keyPath, signedHeaders } from './sign.ts';

/** The examples of "Signature Calculations for the Authorization Header" in the reference of Amazon S3. */
const EXAMPLE = { credentials: { accessKey: 'AKIAIOSFODNN7EXAMPLE', secretKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' }, region: 'us-east-1', now: Date.UTC(2013, 4, 24) };
const signatureOf = (path: string, headers = {}): string => /Signature=(.+)$/u.exec(signedHeaders({ ...EXAMPLE, url: new URL(path, 'https://examplebucket.s3.amazonaws.com'), headers })['authorization']!)![1]!;

it('signs as the reference does', () => {
  expect(signatureOf('/test.txt', { range: 'bytes=0-9' })).toBe('f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41');
  expect(signatureOf('/?lifecycle')).toBe('fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543');
  expect(signatureOf('/?max-keys=2&prefix=J')).toBe('34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7');
});

it('writes keys so that what is asked for is what is signed', () => {
  const path = keyPath('b', 'a b/(ü)*+.csv');
  expect(new URL(path, 'http://x').pathname).toBe(path);
});
