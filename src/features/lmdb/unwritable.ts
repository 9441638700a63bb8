import { Fault } from '../../base/index.ts';

/** A state at a path for which the disk has no room, or which it does not take. */
export const unwritable = (path: string, cause: Error): Fault =>
  new Fault({
    kind: 'unavailable',
    value: path,
    rule: `the state cannot be written (${cause.message})`,
    remedy: 'free space on its disk; folding goes on where it was',
    cause,
  });
