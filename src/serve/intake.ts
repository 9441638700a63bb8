import { Fault } from '../base/index.ts';
import { isRejection, type Event, type Gate, type Rejection, type Sender } from '../events/index.ts';
import type { Log } from '../log/index.ts';
import type { Caller } from './auth.ts';
import type { Metrics } from './metrics.ts';
import type { EventsTaken } from './schema.ts';

const MAX_BATCH = 1_000;

/** Keeps what the gate refused until it is mended or expires. */
interface Refused {
  hold(raw: unknown, rejection: Rejection, sender: Sender): unknown;
}

export interface IntakeParts {
  gate: Gate;
  log: Log;
  quarantine: Refused;
  metrics: Metrics;
  /** Many first sights of outside ids for the price of one. */
  identities: { batch<T>(work: () => T): T };
}

export type Take = (caller: Caller, batch: readonly unknown[]) => Promise<EventsTaken>;

/** Takes events from outside: what passes the gate is durable when this resolves; what does not waits in quarantine. */
export function createIntake({ gate, log, quarantine, metrics, identities }: IntakeParts): Take {
  return async (caller, batch) => {
    if (batch.length === 0 || batch.length > MAX_BATCH) {
      const rule = `a batch holds 1 to ${MAX_BATCH} events`;
      throw new Fault({ kind: 'input', value: `batch of ${batch.length} events`, rule, remedy: 'send it in parts' });
    }
    const sender: Sender = { scopes: caller.scopes };
    const results = identities.batch(() => batch.map((raw) => gate.parse(raw, sender)));
    const passed: Event[] = [];
    const rejected: EventsTaken['rejected'] = [];
    for (const [index, result] of results.entries()) {
      if (!isRejection(result)) {
        passed.push(result);
        continue;
      }
      rejected.push({ index, code: result.code, message: result.message });
      if (result.field !== undefined) metrics.refusedFields.inc({ type: result.field.type, field: result.field.name });
      // A sender without the right has nothing here that a fix of ours could let in.
      if (result.code !== 'scope') quarantine.hold(batch[index], result, sender);
    }
    if (passed.length > 0) await log.append(passed);
    metrics.events.inc({ outcome: 'accepted' }, passed.length);
    for (const { code } of rejected) metrics.events.inc({ outcome: code });
    return { accepted: passed.length, rejected };
  };
}
