import { rmSync } from 'node:fs';
import type { Fault } from '../base/index.ts';
import type { CellPaths } from '../cell/index.ts';
import { discardLmdbState } from '../features/index.ts';
import { damagedAmong, damageFault, mappedFiles } from './pages.ts';

export interface LeftOpenOptions {
  /** Told before the files are read. */
  readonly onCheck?: (() => void) | undefined;
  /** Told of each file that was damaged and removed, and what becomes of what it held. */
  readonly onMended: (damage: Fault, what: string) => void;
}

/**
 * What is done as a cell opens whose process before did not end by itself: a damaged page may be why, and would end this one, too. Every page is looked at;
 * what can be folded or made again is removed. Throws a Fault for a log or identities that are damaged.
 */
export function checkLeftOpen({ onCheck, onMended }: LeftOpenOptions): (paths: CellPaths) => void {
  return (paths) => {
    onCheck?.();
    for (const damage of damagedAmong(mappedFiles(paths))) {
      const { path, holds } = damage;
      const fault = damageFault(damage);
      if (holds === 'log' || holds === 'identities') throw fault;
      if (holds === 'state') discardLmdbState(paths.state);
      else for (const gone of [path, `${path}-lock`]) rmSync(gone, { force: true });
      onMended(fault, holds === 'state' ? 'the state was damaged: it is folded anew' : 'last scores or lists were damaged: they are begun anew');
    }
  };
}
