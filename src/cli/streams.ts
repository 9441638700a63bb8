import type { Writable } from 'node:stream';

/** Where a command speaks: results go to `out`, talk and progress to `err`. */
export interface Streams {
  out: Writable;
  err: Writable & { isTTY?: boolean };
}

export const processStreams: Streams = { out: process.stdout, err: process.stderr };
