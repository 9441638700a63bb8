import { between, Fault, quote, shape, type Form } from '../../base/index.ts';

/** Among which records a grade is given, from which percentile on, and how far it holds beyond that. */
export interface GradeSpec {
  /** The feature whose values are the segments that are graded each by itself; null: all records are graded together. */
  readonly by: string | null;
  readonly A: number;
  readonly B: number;
  readonly C: number;
  /** Points beyond a bound within which the last grade is kept. */
  readonly margin: number;
}

export const STANDARD_GRADES: GradeSpec = { by: 'record_type', A: 80, B: 50, C: 20, margin: 3 };

/** Checked; what is left out is as in the standard. `columns`: the features that may divide; null: any. Throws a Fault. */
export const grades =
  (columns: readonly string[] | null): Form<GradeSpec> =>
  (value, path, before = STANDARD_GRADES) => {
    const score = between(0, 100);
    const read = shape<GradeSpec>({ by: dividing(columns), A: score, B: score, C: score, margin: between(0, 20) })(value ?? {}, path, before);
    if (read.A > read.B && read.B > read.C) return read;
    throw new Fault({ kind: 'input', value: `${path}: ${read.A}, ${read.B}, ${read.C}`, rule: 'A, B and C begin one below the other', remedy: 'correct them' });
  };

const dividing =
  (columns: readonly string[] | null): Form<string | null> =>
  (value, path, before) => {
    if (before !== undefined && (value === undefined || value === before)) return before; // a cell need not have what comes along
    if (value === null || (typeof value === 'string' && (columns === null || columns.includes(value)))) return value;
    throw new Fault({ kind: 'input', value: `${path}: ${quote(value ?? null)}`, rule: 'is no feature of this cell', remedy: 'name one, or null to grade all records together' });
  };
