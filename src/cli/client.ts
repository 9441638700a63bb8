import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Fault, type FaultKind } from '../base/index.ts';
import type { Role } from '../serve/index.ts';
import { findAddress } from './address.ts';
import type { Config } from './config.ts';
import { openLocalIssuer } from './local-issuer.ts';
import { openNode } from './node.ts';

/** Asks a cell's API as a user of a role. Rejects with the Fault that the API answers with. */
export type Ask = <T>(request: { as: { user: string; role: Role }; method?: 'GET' | 'POST'; url: string; body?: object }) => Promise<T>;

/** Lends the API of a cell: that of its running process, or of one that lives as long as `work` does. */
export async function withApi<T>(config: Config, work: (ask: Ask) => Promise<T>): Promise<T> {
  requireCell(config);
  const running = findAddress(config.dir);
  if (running !== undefined) {
    const issuer = await openLocalIssuer({ keys: join(config.dir, 'keys'), region: config.region });
    return work(async ({ as, method = 'GET', url, body }) => {
      const headers = { authorization: `Bearer ${await issuer.token(as)}`, ...(body ? { 'content-type': 'application/json' } : {}) };
      const response = await fetch(new URL(url, running.url), { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) }).catch((cause: unknown) => {
        const rule = `process ${running.pid} does not answer`;
        throw new Fault({ kind: 'unavailable', value: running.url, rule, remedy: 'look at its terminal, or stop it and try again', cause });
      });
      return unwrap(response.status, await response.json());
    });
  }
  const node = await openNode(config);
  try {
    await node.caughtUp();
    return await work(async ({ as, method = 'GET', url, body }) => {
      const headers = { authorization: `Bearer ${await node.issuer.token(as)}` };
      const response = await node.app.inject({ method, url, headers, ...(body ? { payload: body } : {}) });
      return unwrap(response.statusCode, response.json());
    });
  } finally {
    await node.stop();
  }
}

/** Throws a Fault where there is no cell yet. */
export function requireCell({ dir }: Config): void {
  if (existsSync(join(dir, 'cell.json'))) return;
  throw new Fault({ kind: 'missing', value: dir, rule: 'holds no cell', remedy: 'run `npm start` first, or name the folder with --data' });
}

function unwrap<T>(status: number, body: unknown): T {
  if (status < 400) return body as T;
  const { title, value, rule, remedy } = body as { title: FaultKind; value: string; rule: string; remedy: string };
  throw new Fault({ kind: title, value, rule, remedy });
}
