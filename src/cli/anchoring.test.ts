import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { JournalHead } from '../audit/index.ts';
import { MINUTE } from '../base/index.ts';
import { memoryLog } from '../log/index.ts';
import { anchorJournal } from './anchoring.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const headAt = (bytes: number): JournalHead => ({ server: 'a', segment: 1, bytes, chain: `chain-${bytes}` });

/** The log that is told of a journal, which ends where `grow` said last; nowhere before. */
function anchored(every?: number) {
  let head: JournalHead | null = null;
  const log = memoryLog({ clock: Date.now });
  const onFailure = vi.fn<(error: unknown) => void>();
  const anchoring = anchorJournal({ journal: { head: () => head }, log, clock: Date.now, onFailure, ...(every !== undefined && { every }) });
  return { anchoring, log, onFailure, grow: (bytes: number) => void (head = headAt(bytes)), told: () => Array.from(log.read(0), ({ data }) => data['bytes']) };
}

it.each([[undefined, 10 * MINUTE], [1_000, 1_000]])('tells the log every so often (%s) how far the journal is, where it grew', async (every, time) => {
  const { anchoring, grow, told, onFailure } = anchored(every);
  await vi.advanceTimersByTimeAsync(time);
  expect(told()).toEqual([]);
  grow(200);
  await vi.advanceTimersByTimeAsync(time - 1);
  expect(told()).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  expect(told()).toEqual([200]);
  await vi.advanceTimersByTimeAsync(3 * time);
  expect(told()).toEqual([200]);
  grow(300);
  await vi.advanceTimersByTimeAsync(time);
  expect(told()).toEqual([200, 300]);
  await anchoring.stop();
  expect(onFailure).not.toHaveBeenCalled();
});

it('tells what the log did not take the next time, and the rest as it stops, once', async () => {
  const { anchoring, log, grow, told, onFailure } = anchored(1_000);
  const full = new Error('full');
  vi.spyOn(log, 'append').mockRejectedValueOnce(full);
  grow(200);
  await vi.advanceTimersByTimeAsync(1_000);
  expect([told(), onFailure.mock.calls]).toEqual([[], [[full]]]);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(told()).toEqual([200]);
  grow(300);
  await Promise.all([anchoring.stop(), anchoring.stop()]);
  grow(400);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(told()).toEqual([200, 300]);
});
