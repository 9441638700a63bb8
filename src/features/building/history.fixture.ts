import type { LoggedEvent } from '../../events/index.ts';
import { createRepeats, openHistory, type CellLog } from '../../log/index.ts';

/** A log that is all history, in segments of so many events, in a folder that is not there yet. */
export function historyOf(events: readonly LoggedEvent[], { folder, size }: { folder: string; size: number }): CellLog {
  const history = openHistory(folder);
  const repeats = createRepeats();
  const end = events.at(-1)!.offset + 1;
  for (let from = 0; from < events.length; from += size) {
    const rows = events.slice(from, from + size).map((event) => ({ event, repeat: repeats.check(event.source, event.id, event.received) }));
    history.add(rows, events[from + size]?.offset ?? end);
  }
  return { history, historyFolder: folder, epoch: () => 0, end: () => end } as unknown as CellLog;
}
