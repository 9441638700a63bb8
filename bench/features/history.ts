import { existsSync, rmSync, writeFileSync } from 'node:fs';
import type { LoggedEvent } from '../../src/events/index.ts';
import { openHistory, type Gathered } from '../../src/log/index.ts';
import { crowd, type CrowdOptions } from './crowd.ts';

export const SEGMENT = 2 ** 19;

/** Writes the history of a crowd, once, a segment at a time; events are known when they happen. Returns how many there are. */
export function crowdHistory(folder: string, options: CrowdOptions): number {
  const history = openHistory(folder);
  if (existsSync(`${folder}/done`)) return history.end();
  rmSync(folder, { recursive: true, force: true });
  const fresh = openHistory(folder);
  let rows: Gathered[] = [];
  let offset = 0;
  const flush = (): void => {
    fresh.add(rows, offset);
    rows = [];
  };
  for (const event of crowd(options)) {
    const logged = Object.assign(event, { offset: offset++, received: event.time, knownAt: event.time }) as LoggedEvent;
    if (rows.push({ event: logged, repeat: false }) === SEGMENT) flush();
  }
  if (rows.length > 0) flush();
  writeFileSync(`${folder}/done`, '');
  return offset;
}
