import type { Position } from './position.ts';
import type { TargetName } from './targets.ts';

/** As many of those that decided before a champion are known: one of them goes on while the state lacks what the champion needs. */
const KNOWN = 4;

/** Makes a bundle the champion of a target; the one before becomes the newest of the earlier ones. */
export function promote(held: Position, target: TargetName, bundle: string): void {
  const { [target]: before } = held.champions;
  held.champions = { ...held.champions, [target]: bundle };
  if (before === undefined || before === bundle) return;
  const others = (held.earlier?.[target] ?? []).filter((id) => id !== bundle && id !== before);
  held.earlier = { ...held.earlier, [target]: [before, ...others].slice(0, KNOWN) };
}
