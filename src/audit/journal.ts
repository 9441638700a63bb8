import { open, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { Fault, fileFault } from '../base/index.ts';
import type { Decision } from './decision.ts';
import { headAt } from './heads.ts';
import type { JournalHead } from './marks.ts';
import { encodeRecord, MAX_BODY } from './record.ts';
import { checkServer } from './segment.ts';
import { findTail, startSegment, type Tail } from './tail.ts';

/** One server's append-only record of its decisions. */
export interface Journal {
  /** Resolves once the decisions are on disk; those that wait together share one fsync. Rejects with a Fault. */
  append(decisions: readonly Decision[]): Promise<void>;
  /** How far it is on the disk; null where it is empty. */
  head(): JournalHead | null;
  /** Waits for what is under way, then closes. Idempotent. */
  close(): Promise<void>;
}

export interface JournalOptions {
  dir: string;
  /** This process's name: no two that run at once may share it. */
  server: string;
  /** A segment is followed by a new one when it is this large, bytes. */
  segmentBytes?: number;
}

interface Waiting {
  readonly bodies: readonly Uint8Array[];
  readonly resolve: () => void;
  readonly reject: (reason: unknown) => void;
}

const SEGMENT_BYTES = 64 * 1024 * 1024;

/** Opens a server's journal for appending, after mending what a crash left. Throws a Fault where the disk refuses. */
export async function openJournal({ dir, server, segmentBytes = SEGMENT_BYTES }: JournalOptions): Promise<Journal> {
  let tail: Tail = findTail(dir, checkServer(server));
  let handle: FileHandle = await open(join(dir, tail.file), 'r+');
  let waiting: Waiting[] = [];
  let working: Promise<void> | null = null;
  let closed = false;
  let broken: Fault | null = null;

  const rotate = async (): Promise<void> => {
    const next = startSegment(dir, server, tail.number + 1, tail.chain);
    const file = await open(join(dir, next.file), 'r+');
    await handle.close();
    [tail, handle] = [next, file];
  };

  const write = async (group: readonly Waiting[]): Promise<void> => {
    if (broken !== null) throw broken;
    if (tail.size >= segmentBytes) await rotate();
    let { chain } = tail;
    const records: Uint8Array[] = [];
    for (const body of group.flatMap(({ bodies }) => bodies)) {
      const record = encodeRecord(body, chain);
      records.push(record.bytes);
      chain = record.chain;
    }
    const bytes = Buffer.concat(records);
    try {
      for (let done = 0; done < bytes.length; ) {
        done += (await handle.write(bytes, done, bytes.length - done, tail.size + done)).bytesWritten;
      }
      await handle.datasync();
    } catch (cause) {
      await undo(cause);
    }
    tail = { ...tail, size: tail.size + bytes.length, chain };
  };

  /** Takes back a write that failed half-way, so that the next one continues a whole chain. */
  const undo = async (cause: unknown): Promise<never> => {
    const fault = fileFault(join(dir, tail.file), cause);
    try {
      await handle.truncate(tail.size);
      await handle.datasync();
    } catch {
      broken = fault;
    }
    throw fault;
  };

  const work = async (): Promise<void> => {
    while (waiting.length > 0) {
      const group = waiting;
      waiting = [];
      try {
        await write(group);
        group.forEach(({ resolve }) => resolve());
      } catch (cause) {
        group.forEach(({ reject }) => reject(cause));
      }
    }
    working = null;
  };

  return {
    append(decisions) {
      if (closed) return Promise.reject(closedFault(dir));
      if (decisions.length === 0) return Promise.resolve();
      return new Promise((resolve, reject) => {
        const bodies = decisions.map(encodeDecision);
        waiting.push({ bodies, resolve, reject });
        working ??= Promise.resolve().then(work); // the callers of one turn share the first write too
      });
    },
    head: () => headAt({ server, number: tail.number }, tail.size, tail.chain),
    async close() {
      if (closed) return;
      closed = true;
      await working;
      await handle.close();
    },
  };
}

function encodeDecision(decision: Decision): Uint8Array {
  const body = Buffer.from(JSON.stringify(decision));
  if (body.length <= MAX_BODY) return body;
  throw new Fault({
    kind: 'too-large',
    value: `decision of ${body.length} bytes`,
    rule: `a journal takes at most ${MAX_BODY}`,
    remedy: 'shorten its vector',
  });
}

function closedFault(dir: string): Fault {
  return new Fault({ kind: 'unavailable', value: dir, rule: 'the journal is closed', remedy: 'open it again' });
}
