import type { FastifyInstance } from 'fastify';
import { createServer } from 'node:net';
import { Fault } from '../base/index.ts';
import type { Config } from './config.ts';

const TRIES = 20;

/** Listens on the configured port, or names it as taken and uses the next free one. Returns the address. */
export async function listen(app: FastifyInstance, { host, port }: Config): Promise<string> {
  const free = await firstFree(host, port);
  if (free !== port) process.stderr.write(`  port ${port} is taken: using ${free}\n`);
  const url = new URL(await app.listen({ host, port: free }));
  if (url.hostname === '127.0.0.1') url.hostname = 'localhost';
  return url.origin;
}

async function firstFree(host: string, port: number): Promise<number> {
  if (port === 0) return 0;
  for (let candidate = port; candidate < port + TRIES && candidate <= 65_535; candidate++) {
    if (await isFree(host, candidate)) return candidate;
  }
  throw new Fault({ kind: 'unavailable', value: `port ${port}`, rule: `it and the ${TRIES - 1} after it are taken`, remedy: 'name another with --port, or 0 for any' });
}

function isFree(host: string, port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(false);
      else if (error.code === 'EACCES') reject(portFault(port, 'the system lets only root use it', error));
      else reject(portFault(port, `cannot be used on ${host} (${error.code})`, error));
    });
    probe.listen({ host, port }, () => probe.close(() => resolve(true)));
  });
}

function portFault(port: number, rule: string, cause: unknown): Fault {
  return new Fault({ kind: 'unavailable', value: `port ${port}`, rule, remedy: 'name another host in cell.yaml or another --port', cause });
}
