import fc from 'fast-check';
import { expect, it } from 'vitest';
import { dueOf } from './notes.ts';

const said = fc.record({ since: fc.nat(100), within: fc.nat(50) });

it('of a task and a promise the earlier is due, but where it was over before the other was said; a touch keeps a promise', () => {
  fc.assert(
    fc.property(said, said, fc.option(fc.nat(100)), (task, promise, lastTouch) => {
      const [planned, promised] = [task, promise].map(({ since, within }) => ({ at: since + within, since }));
      const { kind, ...due } = dueOf({ task: [planned!.since, 0, planned!.at], promise: [promised!.since, 0, promised!.at] }, lastTouch)!;
      expect(due).toEqual(kind === 'task' ? planned : promised);
      const other = kind === 'task' ? promised! : planned!;
      if (lastTouch !== null && lastTouch >= promised!.since) expect(kind).toBe('task');
      else if (due.at > other.at) expect(due.since).toBeGreaterThan(other.at);
      else expect(other.since).toBeLessThanOrEqual(due.at);
    }),
  );
});
