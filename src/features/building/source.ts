import type { Segment } from '../../log/index.ts';

/** The history that a state is built from, as data that a thread can be given. */
export interface BuildSource {
  readonly folder: string;
  readonly segments: readonly Segment[];
}

/** The offset after its last event. */
export const endOf = ({ segments }: Pick<BuildSource, 'segments'>): number => segments.at(-1)?.to ?? 0;

export const rowsIn = ({ segments }: Pick<BuildSource, 'segments'>): number =>
  segments.reduce((sum, { parts }) => parts.reduce((rows, part) => rows + part.rows, sum), 0);
