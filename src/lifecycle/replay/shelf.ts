import type { Scratch } from './scratch.ts';
import type { Workspace } from './workspace.ts';

/** Lays many packed things down in one file, and where each begins in another beside it. */
export function writeShelf(scratch: Scratch, name: string, things: readonly (readonly Uint8Array[])[]): void {
  const starts = new Float64Array(things.length + 1);
  for (const [i, pieces] of things.entries()) starts[i + 1] = pieces.reduce((sum, piece) => sum + piece.length, starts[i]!);
  scratch.write(name, things.flat());
  scratch.write(atOf(name), [new Uint8Array(starts.buffer)]);
}

/** The bytes of one of them, as `Scratch.read` gives them. */
export function readShelf(scratch: Scratch, name: string, place: number, workspace?: Workspace): Uint8Array<ArrayBuffer> {
  const [from, to] = new Float64Array(scratch.read(atOf(name), { from: place * 8, to: (place + 2) * 8 }).buffer);
  return scratch.read(name, { from, to, workspace });
}

export function removeShelf(scratch: Scratch, name: string): void {
  scratch.remove(name);
  scratch.remove(atOf(name));
}

const atOf = (name: string): string => `${name}-at`;
