import { setImmediate as turn } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CELL_SUBJECT, newSubject, serviceEvent, type Event, type SubjectId } from '../events/index.ts';
import { LEAD_FEATURES, openMemoryState } from '../features/index.ts';
import { memoryLog } from '../log/index.ts';
import { follow } from './follow.ts';

const promoted = (): Event => serviceEvent({ type: 'control.model.promoted', subject: CELL_SUBJECT, time: 0, data: { bundle: 'b' } });
const shown = (subject: SubjectId): Event =>
  serviceEvent({ type: 'impression.shown', subject, time: 0, data: { user: newSubject('user'), decision: 'd', position: 1, list: 'l' } });

describe('following a log', () => {
  test('whatever is appended, and whenever, is folded without waiting for more', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(4), { minLength: 1, maxLength: 12 }), async (pauses) => {
        const log = memoryLog({ clock: () => 0 });
        const state = openMemoryState({ features: LEAD_FEATURES });
        const follower = follow({ log, state });
        for (const pause of pauses) {
          for (let i = 0; i < pause; i++) await (i % 2 === 0 ? turn() : Promise.resolve());
          await log.append([promoted()]);
        }
        await follower.folded(log.end() - 1);
        expect(state.offset()).toBe(log.end());
        await follower.stop();
      }),
      { numRuns: 200 },
    );
  });

  test('a tail that was erased is not waited for', async () => {
    const log = memoryLog({ clock: () => 0 });
    const subject = newSubject('lead');
    await log.append([promoted(), shown(subject)]);
    await log.erase(subject);
    const state = openMemoryState({ features: LEAD_FEATURES });
    const follower = follow({ log, state });
    await turn();
    const [offset] = await log.append([promoted()]);
    await follower.folded(offset!);
    expect(state.offset()).toBe(3);
    await follower.stop();
  });

  test('stopping releases nobody with a false answer, and is idempotent', async () => {
    const log = memoryLog({ clock: () => 0 });
    const follower = follow({ log, state: openMemoryState({ features: LEAD_FEATURES }) });
    await follower.stop();
    await follower.stop();
    await follower.done;
  });
});
