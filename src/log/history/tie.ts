import { hash32 } from '../../base/index.ts';

/** Decides between two events of the same time, the same way on every node: a hash of source and id. */
export const tieOf = (source: string, id: string): number => hash32(id, hash32(source));
