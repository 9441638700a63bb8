import { createShard, type Shard } from './shard.ts';
import { ANSWERED, ASKED, awaited, call, own, type Answer, type Request } from './threads.ts';

/** The loop of a training thread: waits for a request, answers it, until it is told to end. */
const { MessagePort, receiveMessageOnPort, workerData } = process.getBuiltinModule('node:worker_threads');
const { port, signal } = workerData as { port: InstanceType<typeof MessagePort>; signal: Int32Array };
const shards = new Map<number, Shard>();

function answer({ shard, method, args }: Request): Answer {
  try {
    if (method === 'end') return {};
    if (method !== 'create') return { result: own(call(shards.get(shard)!, method, args)) };
    shards.set(shard, createShard(...(args as [number, number])));
    return {};
  } catch (error) {
    return { error };
  }
}

function send(given: Answer): void {
  port.postMessage(given);
  wake();
}

function wake(): void {
  Atomics.add(signal, ANSWERED, 1);
  Atomics.notify(signal, ANSWERED);
}

process.on('exit', wake); // whoever still waits finds no answer, and knows
send({}); // the greeting
try {
  for (let seen = 0, ended = false; !ended; seen++) {
    awaited(signal, ASKED, { seen });
    const { message } = receiveMessageOnPort(port) as { message: Request };
    ended = message.method === 'end';
    send(answer(message));
  }
} catch (error) {
  send({ ends: error instanceof Error ? error.message : String(error) }); // not of a call: memory for a request or an answer, say
}
port.close();
