import type { Catalogue } from '../events/index.ts';
import { schemaOf } from './facts.ts';
import type { Accumulator } from './kinds/accumulator.ts';
import { EMPTY } from './kinds/accumulator.ts';
import { dayTie } from './kinds/day-tie.ts';
import type { Region } from './regions.ts';
import { codeOf } from './vocabulary.ts';

/** What one event type does to one region. */
export interface Step {
  readonly at: number;
  readonly accumulator: Accumulator;
  /** The column of the value; -1: the value is 1. */
  readonly field: number;
  readonly typed: boolean;
  readonly where: { readonly field: number; readonly codes: readonly number[] | null } | null;
  /** The columns of the day and of its row's availability, for rows of daily files. */
  readonly day: { readonly day: number; readonly available: number } | null;
}

/** The steps of each event type, at its code. */
export type Plan = readonly (readonly Step[] | undefined)[];

/** Compiles regions into steps. `columnOf` is the place of a field; `listens` says which types of a region's input count here. */
export function planOf(
  regions: readonly Region[],
  catalogue: Catalogue,
  columnOf: (field: string) => number,
  listens: (event: string, region: Region) => boolean,
): Plan {
  const plan: Step[][] = [];
  for (const region of regions) {
    const { at, accumulator, input } = region;
    const step: Step = {
      at,
      accumulator,
      field: input.field === undefined ? -1 : columnOf(input.field),
      typed: input.as === 'type',
      where: input.where === undefined ? null : { field: columnOf(input.where.field), codes: input.where.in?.map(valueCode) ?? null },
      day: input.as === 'day' ? { day: columnOf('day'), available: columnOf('available') } : null,
    };
    for (const event of new Set(input.event)) {
      if (!listens(event, region)) continue;
      const { code } = schemaOf(catalogue, event);
      (plan[code] ??= []).push(step);
    }
  }
  return plan;
}

/** The columns that steps read. */
export const columnsRead = (steps: readonly Step[]): number[] =>
  [...new Set(steps.flatMap(({ field, where, day }) => [field, where?.field ?? -1, day?.day ?? -1, day?.available ?? -1]))].filter((column) => column >= 0);

/** What a value of a condition is in a column: a code, or 0 and 1. */
const valueCode = (word: string): number => (word === 'true' ? 1 : word === 'false' ? 0 : codeOf(word));

/** Adds one event to the regions of a row that begins at `base`. Scalars only: no object is made. */
export function run(steps: readonly Step[], view: DataView, base: number, code: number, time: number, tie: number, fields: ArrayLike<number>): void {
  for (let i = 0; i < steps.length; i++) {
    const { at, accumulator, field, where, typed, day } = steps[i]!;
    const value = typed ? code : field < 0 ? 1 : fields[field]!;
    if (value !== value) continue; // the event does not carry it
    if (where !== null && !holds(where, fields)) continue;
    if (day === null) {
      accumulator.add(view, base + at, time, tie, value);
      continue;
    }
    const of = fields[day.day]!;
    if (of > EMPTY) accumulator.add(view, base + at, of, dayTie(fields[day.available]! - of), value);
  }
}

function holds({ field, codes }: NonNullable<Step['where']>, fields: ArrayLike<number>): boolean {
  const value = fields[field]!;
  if (!(value > EMPTY)) return false; // absent or empty
  return codes === null || codes.includes(value);
}
