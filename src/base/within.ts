import { Fault } from './errors.ts';

/**
 * What `read` gives; its Faults name the place, a file or an entry of one, where they name a part of it only. `root`: what they call the
 * whole, which the place stands for.
 */
export function within<T>(place: string, read: () => T, { root = 'the file' }: { root?: string } = {}): T {
  try {
    return read();
  } catch (cause) {
    if (!(cause instanceof Fault) || cause.value.startsWith(place)) throw cause;
    const { kind, value, rule, remedy } = cause;
    const part = [`${root}: `, `${root}.`].find((head) => value.startsWith(head))?.length ?? 0;
    throw new Fault({ kind, value: `${place}: ${value.slice(part)}`, rule, remedy, cause });
  }
}
