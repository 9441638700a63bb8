import { lstatSync, readlinkSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { makeFolder, sha256Hex } from '../base/index.ts';

const NAME = 'state';

/**
 * Where the state of the cell in the folder `root` lies: in it, or elsewhere, where a link says so. A link that came with a copy of
 * another cell's folder is not followed: no cell ever reads the state of another.
 */
export function statePlace(root: string): string {
  const link = join(root, NAME);
  const target = targetOf(link);
  return target !== undefined && basename(target) === nameOf(root) ? target : link;
}

/**
 * Makes the folder of the state and says where it is: in a folder of its own inside `elsewhere`, to which a link then leads; without
 * `elsewhere` where it was. What lay in another place is removed: a state is folded again from the log.
 */
export function placeState(root: string, elsewhere: string | null): string {
  const link = join(root, NAME);
  const before = statePlace(root);
  const place = elsewhere === null ? before : join(resolve(elsewhere), nameOf(root));
  const leadsTo = targetOf(link);
  if (place === link) {
    if (leadsTo !== undefined) rmSync(link);
  } else if (leadsTo !== place) {
    rmSync(place, { recursive: true, force: true }); // of a cell that stood here and is gone
    makeFolder(place, { mode: 0o700 }); // before anything else goes: whoever names a folder that cannot be made keeps what there is
    for (const path of [before, link]) rmSync(path, { recursive: true, force: true });
    symlinkSync(place, link);
  }
  makeFolder(place, { mode: 0o700 });
  return place;
}

/** Removes a state that lies outside its cell's folder, which is about to go. */
export function removeState(root: string): void {
  rmSync(statePlace(root), { recursive: true, force: true });
}

/** One for each folder of a cell: two cells may name the same `elsewhere`. */
const nameOf = (root: string): string => `leadrank-${sha256Hex(realpathSync(root)).slice(0, 16)}`;

/** Where a link leads, whether or not something is there; undefined for what is none. */
function targetOf(path: string): string | undefined {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true ? readlinkSync(path) : undefined;
}
