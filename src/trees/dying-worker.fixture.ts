/** For tests: the loop of a training thread that meets its end, named in the environment, when the third request comes. */
const threads = process.getBuiltinModule('node:worker_threads');
const { receiveMessageOnPort } = threads;
const end = process.env['DYING_WORKER'];
let requests = 0;
threads.receiveMessageOnPort = (port) => {
  if (++requests < 3) return receiveMessageOnPort(port);
  if (end === 'throws') throw new Error('out of luck');
  if (end === 'exits') process.exit(1);
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0); // hangs
  return undefined;
};
await import('./worker.ts');
