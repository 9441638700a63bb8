import type { Fold } from '../fold.ts';
import { HEADER_BYTES, initHeader } from '../header.ts';
import { unpack } from '../lmdb/packed.ts';
import { teamOf } from '../subject.ts';
import { partOf } from './parts.ts';
import type { RunEntry } from './runs.ts';
import type { Tenures } from './tenures.ts';

/** Users and teams as they report to one another. */
export interface Users {
  readonly fold: Fold;
  readonly rows: Map<string, DataView>;
  readonly tenures: Tenures;
}

/** Adds what the leads and opportunities of users did: of each user in a row, its whole and then its parts by `partOf`. */
export function addParts(parts: Iterable<RunEntry>, users: Users): void {
  const { fold } = users;
  let user = '';
  let whole = new Map<string, DataView>();
  for (const { key, value } of parts) {
    const name = key.toString('latin1');
    const [of] = name.split('#') as [string];
    if (of !== user) {
      if (user !== '') addUser(user, whole, users);
      [user, whole] = [of, new Map()];
    }
    const part = viewOf(unpack(value));
    const held = whole.get(name);
    if (held === undefined) whole.set(name, part);
    else for (const { accumulator, at } of fold.regions) accumulator.merge(held, HEADER_BYTES + at, part, HEADER_BYTES + at);
  }
  if (user !== '') addUser(user, whole, users);
}

/**
 * Adds a user's part to its row and its teams'. A team that it left keeps of it the newest tiles alone: so much was given to the
 * team and taken out again.
 */
function addUser(user: string, parts: ReadonlyMap<string, DataView>, { fold, rows, tenures }: Users): void {
  const rowOf = (key: string): DataView => {
    let row = rows.get(key);
    if (row === undefined) {
      rows.set(key, (row = new DataView(new ArrayBuffer(HEADER_BYTES + fold.bytes))));
      initHeader(row);
      fold.init(row, HEADER_BYTES);
    }
    return row;
  };
  const share = (to: DataView, from: DataView, how: 'give' | 'take'): void => {
    for (const { accumulator, at } of fold.regions) accumulator.share?.[how](to, HEADER_BYTES + at, accumulator, from, HEADER_BYTES + at);
  };
  const managers = tenures.get(user) ?? [null];
  const sofar = new DataView(new ArrayBuffer(HEADER_BYTES + fold.bytes));
  fold.init(sofar, HEADER_BYTES);
  for (const [era, manager] of managers.slice(0, -1).entries()) {
    const part = parts.get(partOf(user, era));
    if (part !== undefined) share(sofar, part, 'give');
    if (manager === null) continue;
    share(rowOf(teamOf(manager)), sofar, 'give');
    share(rowOf(teamOf(manager)), sofar, 'take');
  }
  const own = parts.get(user);
  if (own === undefined) return;
  share(rowOf(user), own, 'give');
  const manager = managers.at(-1)!;
  if (manager !== null) share(rowOf(teamOf(manager)), own, 'give');
}

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.slice().buffer);
