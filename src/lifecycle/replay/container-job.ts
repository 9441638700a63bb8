import type { Asks } from './asks.ts';
import { createContainerWalk } from './container-walk.ts';
import type { JobContext } from './job.ts';
import type { Mail } from './mail.ts';
import type { Means } from './means.ts';
import type { Post } from './outbox.ts';
import { pack, unpack } from './pack.ts';
import type { Scratch } from './scratch.ts';
import { readShelf, writeShelf } from './shelf.ts';
import type { Workspace } from './workspace.ts';

/** Deals with those that records are linked to, from what was sent to them. Lays down `answers-P`, by sender. */
export function createContainerRunner({ readings, senders }: JobContext, { scratch, roots, workspace }: Means): (part: number) => void {
  const walk = createContainerWalk({ readings, rootOf: roots.of, workspace });
  const readPost = (sender: number, part: number): Post => {
    const { count, records } = unpack<{ count: Uint32Array; records: Mail['records'] }>(readShelf(scratch, `mail-${sender}`, part, workspace));
    const { names, ...asks } = readAsks(scratch, sender, part, workspace);
    return { names, mail: { count: count[0]!, records }, asks };
  };
  return (part) => {
    const { values } = walk(Array.from({ length: senders }, (_, sender) => readPost(sender, part)));
    writeShelf(scratch, `answers-${part}`, values.map((answers) => pack({ answers })));
  };
}

/** What a sender asked of a part. */
export function readAsks(scratch: Scratch, sender: number, part: number, workspace: Workspace): Asks & { readonly names: readonly string[] } {
  const asked = unpack<Omit<Asks, 'count'> & { names: readonly string[] }>(readShelf(scratch, `asks-${sender}`, part, workspace));
  return { ...asked, count: asked.keys.length };
}
