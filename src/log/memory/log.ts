import type { Clock } from '../../base/index.ts';
import type { LoggedEvent } from '../../events/index.ts';
import { closedFault } from '../faults.ts';
import type { Log } from '../log.ts';
import { stampEvent } from '../stamp.ts';
import { createWaiters } from '../waiters.ts';

/** A log that lives as long as the process: for tests, dry runs and simulations. */
export function memoryLog({ clock }: { clock: Clock }): Log {
  const events: (LoggedEvent | undefined)[] = [];
  const waiters = createWaiters({ end: () => events.length });
  let epoch = 0;
  let closed = false;

  const open = (): void => {
    if (closed) throw closedFault();
  };

  return {
    async append(batch, stamp) {
      open();
      const received = clock();
      const logged = batch.map((event, i) => stampEvent(event, events.length + i, received, stamp));
      for (const event of logged) events.push(event); // a spread of a large batch would overflow the stack
      waiters.notify();
      return logged.map((event) => event.offset);
    },
    read(offset, limit = Infinity) {
      open();
      return range(events, Math.max(0, offset), events.length, limit);
    },
    end: () => events.length,
    wait: waiters.wait,
    epoch: () => epoch,
    async erase(subject) {
      open();
      let count = 0;
      for (const [i, event] of events.entries()) {
        if (event?.subject !== subject) continue;
        events[i] = undefined;
        count += 1;
      }
      if (count > 0) epoch += 1;
      return count;
    },
    async close() {
      closed = true;
      waiters.close();
    },
  };
}

function* range(
  events: readonly (LoggedEvent | undefined)[],
  from: number,
  to: number,
  limit: number,
): Iterable<LoggedEvent> {
  let left = limit;
  for (let i = from; i < to && left > 0; i++) {
    const event = events[i];
    if (event === undefined) continue;
    left -= 1;
    yield event;
  }
}
