import { hash32, HOUR, MINUTE } from '../../base/index.ts';
import { FOR, share } from './keyed.ts';
import { spoil } from './spoil.ts';
import type { WorldParams } from './params.ts';
import type { Timed } from './told.ts';

/** What arrives at the gate, and when, ms: not always an event that the gate can take. */
export type Delivery = Timed;

/** Rows of a file arrive with their file. */
const IN_FILES = /\.daily$/u;

/**
 * What the sources deliver of what happened, in order of arrival: some of it hours late, some twice, some of it broken.
 * `events` come in order of their time.
 */
export function* deliver(events: Iterable<Timed>, seed: number, { mess }: WorldParams): Iterable<Delivery> {
  let waiting: Delivery[] = [];
  for (const event of events) {
    const { at, raw } = event;
    if (waiting.length > 0 && waiting[0]!.at <= at) {
      const due = waiting.findIndex((later) => later.at > at);
      yield* due < 0 ? waiting : waiting.slice(0, due);
      waiting = due < 0 ? [] : waiting.slice(due);
    }
    const key = hash32(raw.id);
    const luck = share(seed, FOR.event, key);
    const isLate = luck < mess.late && !IN_FILES.test(raw.type);
    const delay = isLate ? Math.floor((luck / mess.late) * mess.late_hours * HOUR) : 0;
    if (isLate) hold(waiting, { at: at + delay, raw });
    else yield event;
    const more = share(seed, FOR.event, key, 1);
    if (more < mess.duplicates) hold(waiting, { at: at + delay + 7 * MINUTE, raw });
    else if (more > 1 - mess.malformed) hold(waiting, { at: at + delay + MINUTE, raw: spoil(raw, Math.floor(more * 1e9)) });
  }
  yield* waiting;
}

/** The latest that a delivery can come after its event, ms. */
export const longestDelay = ({ mess }: WorldParams): number => mess.late_hours * HOUR + 8 * MINUTE;

function hold(waiting: Delivery[], delivery: Delivery): void {
  let at = waiting.length;
  while (at > 0 && comesBefore(delivery, waiting[at - 1]!)) at -= 1;
  waiting.splice(at, 0, delivery);
}

const comesBefore = (a: Delivery, b: Delivery): boolean => a.at < b.at || (a.at === b.at && a.raw.id < b.raw.id);
