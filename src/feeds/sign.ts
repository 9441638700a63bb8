import { createHmac, hash } from 'node:crypto';

/** Who asks. Never printed. */
export interface Credentials {
  readonly accessKey: string;
  readonly secretKey: string;
  /** Of temporary credentials. */
  readonly token?: string | undefined;
}

export interface Signing {
  readonly url: URL;
  readonly credentials: Credentials;
  readonly region: string;
  /** ms */
  readonly now: number;
  /** Further headers, in lower case, which are signed too. */
  readonly headers?: Readonly<Record<string, string>>;
}

const NO_BODY = hash('sha256', '', 'hex');
const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();
const encode = (text: string): string => encodeURIComponent(text).replaceAll(/[!'()*]/gu, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);

/** The headers of a GET from an S3-compatible store: AWS Signature Version 4, in the Authorization header. */
export function signedHeaders({ url, credentials: { accessKey, secretKey, token }, region, now, headers = {} }: Signing): Record<string, string> {
  const stamp = new Date(now).toISOString().replaceAll(/[-:]|\.\d+/gu, '');
  const scope = `${stamp.slice(0, 8)}/${region}/s3/aws4_request`;
  const sent: Record<string, string> = { ...headers, 'x-amz-content-sha256': NO_BODY, 'x-amz-date': stamp, ...(token !== undefined && { 'x-amz-security-token': token }) };
  const signed = Object.entries({ ...sent, host: url.host }).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const names = signed.map(([name]) => name).join(';');
  const query = [...url.searchParams].map(([name, value]) => `${encode(name)}=${encode(value)}`).toSorted().join('&');
  const request = ['GET', url.pathname, query, ...signed.map(([name, value]) => `${name}:${value.trim()}`), '', names, NO_BODY].join('\n');
  const text = ['AWS4-HMAC-SHA256', stamp, scope, hash('sha256', request, 'hex')].join('\n');
  const key = [region, 's3', 'aws4_request'].reduce((last, part) => hmac(last, part), hmac(`AWS4${secretKey}`, stamp.slice(0, 8)));
  return { ...sent, authorization: `AWS4-HMAC-SHA256 Credential=${accessKey}/${scope},SignedHeaders=${names},Signature=${hmac(key, text).toString('hex')}` };
}

/** The path of a key below a bucket, as it is asked for and signed. */
export const keyPath = (bucket: string, key: string): string => `/${encode(bucket)}/${key.split('/').map(encode).join('/')}`;
