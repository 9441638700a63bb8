import type { Asks } from './asks.ts';
import { walkContainers } from './container-walk.ts';
import type { JobContext } from './job.ts';
import type { Mail } from './mail.ts';
import type { Post } from './outbox.ts';
import { pack, unpack } from './pack.ts';
import type { Scratch } from './scratch.ts';

/** Deals with those that records are linked to, from what was sent to them. Lays down `answers-P-S` for each sender. */
export function runContainers(part: number, { readings, senders, roots }: JobContext, scratch: Scratch): void {
  const post = Array.from({ length: senders }, (_, sender) => readPost(scratch, sender, part));
  const { values } = walkContainers({ post, readings, rootOf: (subject) => roots.get(subject) ?? subject });
  for (const [sender, answers] of values.entries()) scratch.write(`answers-${part}-${sender}`, pack({ answers }));
}

function readPost(scratch: Scratch, sender: number, part: number): Post {
  const mail = unpack<Omit<Mail, 'count'>>(scratch.read(`mail-${sender}-${part}`));
  const { names, ...asks } = readAsks(scratch, sender, part);
  return { names, mail: { ...mail, count: mail.keys.length }, asks };
}

/** What a sender asked of a part. */
export function readAsks(scratch: Scratch, sender: number, part: number): Asks & { readonly names: readonly string[] } {
  const asked = unpack<Omit<Asks, 'count'> & { names: readonly string[] }>(scratch.read(`asks-${sender}-${part}`));
  return { ...asked, count: asked.keys.length };
}
