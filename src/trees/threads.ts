import { Fault } from '../base/portable.ts';
import type { Shard } from './shard.ts';

/** What a thread is asked: to call a method of one of its shards, or to make one. */
export interface Request {
  shard: number;
  method: keyof Shard | 'create' | 'end';
  args: unknown[];
}

export interface Answer {
  result?: unknown;
  error?: unknown;
  /** Why the thread ends before its time. */
  ends?: string;
}

/** Places in the shared signal: requests sent, answers given; the end of a thread counts as an answer without one. */
export const [ASKED, ANSWERED] = [0, 1];

/** How long a new thread may take to answer before training goes on without it. */
const START_MILLISECONDS = 10_000;
/** How long a call may take: the longest, one pass over a shard, takes seconds. */
const CALL_MILLISECONDS = 600_000;

/** A shard of this thread or of another. */
export interface Member {
  /** Starts a call; what it returns waits for the result. On this thread the work is done in the waiting. */
  call<K extends keyof Shard>(method: K, ...args: CallArguments<K>): () => CallResult<K>;
}

type Method<K extends keyof Shard> = Shard[K] extends (...args: never[]) => unknown ? Shard[K] : never;
type CallArguments<K extends keyof Shard> = Parameters<Method<K>>;
type CallResult<K extends keyof Shard> = ReturnType<Method<K>>;

export function localMember(shard: Shard): Member {
  return {
    call: (method, ...args) => () => call(shard, method, args) as CallResult<typeof method>,
  };
}

export function call(shard: Shard, method: keyof Shard, args: unknown[]): unknown {
  return (shard[method] as (...given: unknown[]) => unknown)(...args);
}

/** A copy of a view's own part, unless it is shared: what travels between threads would else be all of its buffer. */
export function own(value: unknown): unknown {
  if (!ArrayBuffer.isView(value) || !(value.buffer instanceof ArrayBuffer)) return value;
  return (value as Uint8Array).slice();
}

/** A thread that holds shards. */
export interface Thread {
  member(shard: number, rows: number, columns: number): Member;
  end(): void;
}

export function availableCores(): number {
  return globalThis.navigator?.hardwareConcurrency ?? 1;
}

/**
 * Waits until a count is another one than was seen; false where that takes too long. Who counts up wakes the other one a moment later: it may
 * have seen the count by then, and wait for the next, of which the call is no notice.
 */
export function awaited(signal: Int32Array, place: number, { seen, milliseconds = Infinity }: { seen: number; milliseconds?: number }): boolean {
  while (Atomics.load(signal, place) === seen) {
    if (Atomics.wait(signal, place, seen, milliseconds) === 'timed-out') return false;
  }
  return true;
}

export interface ThreadOptions {
  source?: URL;
  /** Milliseconds. */
  patience?: number;
}

/**
 * A started thread; undefined where the platform has none. Calls block: the caller's thread waits, hears no event
 * meanwhile, and throws a Fault where the thread ends or is silent for longer than `patience`.
 */
export function startThread({
  source = new URL('worker.ts', import.meta.url),
  patience = CALL_MILLISECONDS,
}: ThreadOptions = {}): Thread | undefined {
  const node = typeof process === 'undefined' ? undefined : process.getBuiltinModule?.('node:worker_threads');
  if (node === undefined) return undefined;
  const signal = new Int32Array(new SharedArrayBuffer(8));
  const { port1: port, port2 } = new node.MessageChannel();
  const worker = new node.Worker(source, {
    workerData: { port: port2, signal },
    transferList: [port2],
    execArgv: [],
  });
  worker.unref();
  worker.on('error', () => undefined); // one that does not start stays silent: see below
  let taken = 0;
  const ask = (request: Request): void => {
    port.postMessage(request);
    Atomics.add(signal, ASKED, 1);
    Atomics.notify(signal, ASKED);
  };
  /** Answers come in the order of the requests, and are taken in that order. */
  const take = (milliseconds = patience): unknown => {
    if (!awaited(signal, ANSWERED, { seen: taken, milliseconds })) {
      void worker.terminate();
      throw lost('it is silent');
    }
    const received = node.receiveMessageOnPort(port) as { message: Answer } | undefined;
    if (received === undefined) throw lost('it ended before it answered');
    taken++;
    const { result, error, ends } = received.message;
    if (ends !== undefined) throw lost(`it ended before it answered: ${ends}`);
    if (error !== undefined) throw error;
    return result;
  };
  const end = (): void => {
    ask({ shard: 0, method: 'end', args: [] });
    port.close();
  };
  try {
    take(Math.min(START_MILLISECONDS, patience)); // its greeting
  } catch {
    end();
    return undefined;
  }
  return {
    end,
    member(shard, rows, columns) {
      ask({ shard, method: 'create', args: [rows, columns] });
      take();
      return {
        call(method, ...args) {
          ask({ shard, method, args: args.map(own) });
          return () => take() as CallResult<typeof method>;
        },
      };
    },
  };
}

function lost(rule: string): Fault {
  return new Fault({
    kind: 'unavailable',
    value: 'a training thread',
    rule,
    remedy: 'look whether the machine is short of memory, then train again, on one thread if it is',
  });
}
