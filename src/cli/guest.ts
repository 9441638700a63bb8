import { systemClock } from '../base/index.ts';
import { openCell, type Cell } from '../cell/index.ts';
import { openLog, type CellLog } from '../log/index.ts';
import type { Config } from './config.ts';

/** A cell's files and its log, beside the process that owns them or without one. */
export interface Guest {
  readonly cell: Cell;
  readonly log: CellLog;
}

/** Lends them for as long as `work` takes. Rejects with the Fault of `openCell` or `openLog`: `missing` where there is no cell. */
export async function withGuest<T>(config: Config, work: (guest: Guest) => T | Promise<T>): Promise<T> {
  const cell = openCell({ ...config, clock: systemClock, role: 'guest' });
  try {
    const log = openLog({ path: cell.paths.log, clock: systemClock });
    try {
      return await work({ cell, log });
    } finally {
      await log.close();
    }
  } finally {
    await cell.close();
  }
}
