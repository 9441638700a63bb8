import type { SubjectId } from '../events/index.ts';

/** One sample to take. */
export interface Due {
  time: number;
  subject: SubjectId;
}

/** The samples to come, in order of time. */
export interface DueDates {
  /** A lead is known from `time` on; only its first beginning counts. Leads begin in order of time. */
  begin(subject: SubjectId, time: number): void;
  /** When the next sample is due; Infinity when none is. */
  first(): number;
  /** Takes the next sample that is due before `before`. */
  next(before: number): Due | undefined;
}

/** One queue an age: as leads begin in order of time, each queue is in order. Ages in ms. */
export function dueDates(ages: readonly number[]): DueDates {
  const begun = new Set<SubjectId>();
  const queues = ages.map((age) => ({ age, entries: [] as Due[], head: 0 }));
  const earliest = (): (typeof queues)[number] | undefined => {
    let best: (typeof queues)[number] | undefined;
    let time = Infinity;
    for (const queue of queues) {
      const head = queue.entries[queue.head]?.time ?? Infinity;
      if (head < time) [best, time] = [queue, head];
    }
    return best;
  };
  return {
    begin(subject, time) {
      if (begun.has(subject)) return;
      begun.add(subject);
      for (const { age, entries } of queues) entries.push({ time: time + age, subject });
    },
    first() {
      const queue = earliest();
      return queue?.entries[queue.head]?.time ?? Infinity;
    },
    next(before) {
      const queue = earliest();
      const entry = queue?.entries[queue.head];
      if (queue === undefined || entry === undefined || entry.time >= before) return undefined;
      queue.head += 1;
      return entry;
    },
  };
}
