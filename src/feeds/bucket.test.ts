import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Fault } from '../base/index.ts';
import { readPage } from './bucket-list.ts';
import { openBucket, type Bucket } from './bucket.ts';

const NOW = Date.UTC(2026, 2, 3);
const STORED = { key: 'in/a.csv', bytes: 10, etag: '"e"', put: NOW };
const page = (contents: string, more = ''): string => `<?xml version="1.0"?><ListBucketResult>${more}${contents}</ListBucketResult>`;
const object = (key: string, size = '10', modified = '2026-03-02T05:00:00.000Z'): string =>
  `<Contents><Key>${key}</Key><LastModified>${modified}</LastModified><ETag>&quot;e&quot;</ETag><Size>${size}</Size></Contents>`;

let [server, folder, asked]: [Server | undefined, string, number] = [undefined, '', 0];
beforeEach(() => void ([folder, asked] = [mkdtempSync(join(tmpdir(), 'leadrank-store-')), 0]));
afterEach(async () => {
  server?.closeAllConnections();
  await new Promise((resolve) => void (server?.close(resolve) ?? resolve(0)));
  rmSync(folder, { recursive: true, force: true });
});

/** A bucket whose requests are answered by these, one after the other, the last one again and again. It waits shortly where one stalls. */
async function store(...answers: RequestListener[]): Promise<Bucket> {
  const patience = answers.includes(slow) ? 4_000 : !answers.includes(stalled) ? 10_000 : answers.includes(whole) ? 2_000 : 400; // on a busy machine, too
  server = createServer((request, response) => answers[Math.min(asked++, answers.length - 1)]!(request, response));
  await new Promise<void>((resolve) => void server!.listen(0, '127.0.0.1', resolve));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const place = { endpoint, region: 'r', name: 'our-feeds', prefix: '', days: 60 };
  return openBucket({ place, credentials: { accessKey: 'a', secretKey: 'b' }, clock: () => NOW, signal: new AbortController().signal, pause: 1, patience });
}

const whole: RequestListener = (_request, response) => void response.end('0123456789');
/** Half of the answer, then the connection breaks. */
const cut: RequestListener = (_request, response) => {
  response.writeHead(200, { 'content-length': '10' }).write('01234', () => response.destroy());
};
/** Half of the answer, then nothing. */
const stalled: RequestListener = (_request, response) => void response.writeHead(200, { 'content-length': '10' }).write('01234');
/** All of it, in longer than the store may be silent. */
const slow: RequestListener = async (_request, response) => {
  for (const part of ['012', '345', '678', '9']) {
    response.write(part);
    await new Promise((resolve) => void setTimeout(resolve, 1_100));
  }
  response.end();
};
const refusing = (status: number, code: string): RequestListener => (_request, response) => void response.writeHead(status).end(`<Error><Code>${code}</Code></Error>`);
const saying = (text: string): RequestListener => (_request, response) => void response.end(text);

describe('an answer that breaks off', () => {
  it.each([['is cut', cut], ['stalls', stalled]])('or %s is asked for again, from its beginning', async (_name, broken) => {
    const bucket = await store(broken, broken, whole);
    const path = join(folder, 'copy');
    await bucket.copy(STORED, path);
    expect([readFileSync(path, 'utf8'), asked]).toEqual(['0123456789', 3]);
  });

  it.each([
    ['a file that is cut', cut, (bucket: Bucket) => bucket.copy(STORED, join(folder, 'copy'))],
    ['a file that stalls', stalled, (bucket: Bucket) => bucket.copy(STORED, join(folder, 'copy'))],
    ['a marker that stalls', stalled, (bucket: Bucket) => bucket.text(STORED)],
    ['a list that is cut', cut, (bucket: Bucket) => bucket.list('in/', '')],
    ['a file that is shorter', saying('012'), (bucket: Bucket) => bucket.copy(STORED, join(folder, 'copy'))],
  ])('for good is a fault that names it: %s', async (_name, answer, work) => {
    const fault = await work(await store(answer)).catch((error: unknown) => error as Fault);
    expect(fault).toBeInstanceOf(Fault);
    expect([(fault as Fault).message, asked]).toEqual([expect.stringMatching(/^s3:\/\/our-feeds\/.*cannot be reached \((?:UND_ERR_SOCKET|nothing came for 0\.4 s|3 of 10 bytes came)\)/u), 3]);
  });

  it('is waited for as long as something comes', async () => {
    await (await store(slow)).copy(STORED, join(folder, 'copy'));
    expect(asked).toBe(1);
  });
});

it('a disk that refuses the copy is no fault of the store, and asked once', async () => {
  await expect((await store(whole)).copy(STORED, join(folder, 'no', 'copy'))).rejects.toThrow(/no such file or folder/u);
  expect(asked).toBe(1);
});

it.each([
  ['a key that is gone', refusing(404, 'NoSuchKey'), 'conflict', /it was removed meanwhile/u],
  ['a key that is another', refusing(412, 'PreconditionFailed'), 'conflict', /it was replaced meanwhile/u],
  ['a bucket that is gone', refusing(404, 'NoSuchBucket'), 'missing', /check bucket\.name/u],
  ['credentials that are over', refusing(400, 'ExpiredToken'), 'unavailable', /answers 400 ExpiredToken; renew .*AWS_SESSION_TOKEN, then start the loader again/u],
])('%s', async (_name, answer, kind, message) => {
  const fault = await (await store(answer)).text(STORED).catch((error: unknown) => error as Fault);
  expect([(fault as Fault).kind, (fault as Fault).message, asked]).toEqual([kind, expect.stringMatching(message), 1]);
});

describe('a list', () => {
  it('is read as it is encoded', () => {
    const keys = (xml: string): unknown => readPage(xml)?.found.map(({ key, etag }) => [key, etag]);
    expect(keys(page(object('a+b%2B%C3%A4.csv'), '<EncodingType>url</EncodingType>'))).toEqual([['a b+ä.csv', '"e"']]);
    expect(keys(page(object('a+100%&amp;b.csv')))).toEqual([['a+100%&b.csv', '"e"']]);
  });

  it.each([
    ['the page of a proxy', '<html>please log in</html>'],
    ['half a page', page(object('a.csv')).slice(0, -5)],
    ['a key that is not encoded', page(object('100%.csv'), '<EncodingType>url</EncodingType>')],
    ['no time', page(object('a.csv', '10', 'soon'))],
    ['no size', page(object('a.csv', ''))],
  ])('that is none is refused, and is not an empty one: %s', async (_name, text) => {
    await expect((await store(saying(text))).list('in/', '')).rejects.toThrow(/s3:\/\/our-feeds\/in\/: .* answers no list of objects; check that bucket\.endpoint/u);
  });

  it('that goes round and round ends', async () => {
    const more = page('', '<IsTruncated>true</IsTruncated><NextContinuationToken>t</NextContinuationToken>');
    await expect((await store(saying(more))).list('in/', '')).rejects.toThrow(/the same page of its list again and again/u);
  });

  it('with anything in it never throws', () => {
    const part = fc.oneof(fc.string(), fc.constantFrom('<Contents>', '</Contents>', '<Key>', '</Key>', '%', '<Size>', '<ListBucketResult>', '</ListBucketResult>', '<EncodingType>url</EncodingType>'));
    fc.assert(fc.property(fc.array(part), (parts) => void readPage(page(parts.join('')))));
  });
});
