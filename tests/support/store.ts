import { createHash, createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A small S3-compatible store on loopback, which checks signatures by a computation of its own. */
export interface TestStore {
  readonly endpoint: string;
  /** What was asked for, oldest first. */
  readonly asked: string[];
  put(key: string, content: string | Buffer, at?: number): void;
  remove(key: string): void;
  /** May not be read from now on. */
  forbid(key: string): void;
  /** Answers so many requests with this status first. */
  fail(times: number, status: number): void;
  close(): Promise<void>;
}

const PAGE = 2;
const hex = (content: string | Buffer): string => createHash('sha256').update(content).digest('hex');
const rfc3986 = (text: string): string => encodeURIComponent(text).replaceAll(/[!*'()]/gu, (mark) => `%${mark.codePointAt(0)!.toString(16).toUpperCase()}`);

export async function testStore({ bucket, accessKey, secretKey, region, clock = Date.now }: { bucket: string; accessKey: string; secretKey: string; region: string; clock?: () => number }): Promise<TestStore> {
  const objects = new Map<string, { content: Buffer; at: number }>();
  const asked: string[] = [];
  const forbidden = new Set<string>();
  let failing = { times: 0, status: 0 };

  const isSigned = (request: IncomingMessage, url: URL): boolean => {
    const given = /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request,SignedHeaders=([^,]+),Signature=([0-9a-f]{64})$/u.exec(request.headers.authorization ?? '');
    if (given === null) return false;
    const [, who, day, where, names, signature] = given as unknown as string[];
    const at = String(request.headers['x-amz-date']);
    const age = Math.abs(clock() - Date.parse(at.replace(/(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z/u, '$1-$2-$3T$4:$5:$6Z')));
    if (who !== accessKey || where !== region || !at.startsWith(day!) || !(age < 15 * 60_000)) return false;
    const headers = names!.split(';').map((name) => `${name}:${String(request.headers[name]).trim()}\n`).join('');
    const query = [...url.searchParams].map(([name, value]) => `${rfc3986(name)}=${rfc3986(value)}`).toSorted().join('&');
    const canonical = `${request.method}\n${url.pathname}\n${query}\n${headers}\n${names}\n${hex('')}`;
    let key = Buffer.from(`AWS4${secretKey}`);
    for (const part of [day!, region, 's3', 'aws4_request']) key = createHmac('sha256', key).update(part).digest();
    return createHmac('sha256', key).update(`AWS4-HMAC-SHA256\n${at}\n${day}/${region}/s3/aws4_request\n${hex(canonical)}`).digest('hex') === signature;
  };

  const list = (url: URL): string => {
    const [prefix, after] = [url.searchParams.get('prefix')!, url.searchParams.get('continuation-token') ?? url.searchParams.get('start-after') ?? ''];
    const keys = [...objects.keys()].filter((key) => key.startsWith(prefix) && key > after).toSorted();
    const page = keys.slice(0, PAGE);
    const contents = page.map((key) => {
      const { content, at } = objects.get(key)!;
      return `<Contents><Key>${encodeURIComponent(key).replaceAll('%2F', '/')}</Key><LastModified>${new Date(at).toISOString()}</LastModified><ETag>&quot;${hex(content).slice(0, 32)}&quot;</ETag><Size>${content.length}</Size></Contents>`;
    });
    const more = keys.length > PAGE ? `<IsTruncated>true</IsTruncated><NextContinuationToken>${page.at(-1)}</NextContinuationToken>` : '<IsTruncated>false</IsTruncated>';
    return `<?xml version="1.0"?><ListBucketResult><EncodingType>url</EncodingType>${more}${contents.join('')}</ListBucketResult>`;
  };

  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    const url = new URL(request.url!, 'http://store');
    const end = (status: number, body: string | Buffer): void => void response.writeHead(status).end(body);
    const fault = (status: number, code: string): void => end(status, `<Error><Code>${code}</Code></Error>`);
    const key = decodeURIComponent(url.pathname).slice(bucket.length + 2);
    asked.push(key === '' ? `list ${url.searchParams.get('prefix')} after ${url.searchParams.get('start-after') ?? '…'}` : `get ${key}`);
    if (failing.times > 0) {
      failing.times -= 1;
      return fault(failing.status, 'SlowDown');
    }
    if (!isSigned(request, url)) return fault(403, 'SignatureDoesNotMatch');
    if (!decodeURIComponent(url.pathname).startsWith(`/${bucket}/`)) return fault(404, 'NoSuchBucket');
    if (key === '') return end(200, list(url));
    if (forbidden.has(key)) return fault(403, 'AccessDenied');
    const found = objects.get(key);
    if (found === undefined) return fault(404, 'NoSuchKey');
    const match = request.headers['if-match'];
    if (match !== undefined && match !== `"${hex(found.content).slice(0, 32)}"`) return fault(412, 'PreconditionFailed');
    const range = /^bytes=0-(\d+)$/u.exec(String(request.headers.range));
    return range === null ? end(200, found.content) : end(206, found.content.subarray(0, Number(range[1]) + 1));
  };

  const server = createServer(answer);
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    put: (key, content, at = clock()) => void objects.set(key, { content: Buffer.from(content), at }),
    remove: (key) => void objects.delete(key),
    forbid: (key) => void forbidden.add(key),
    fail: (times, status) => void (failing = { times, status }),
    close: () => new Promise((resolve) => void server.close(() => resolve())),
  };
}
