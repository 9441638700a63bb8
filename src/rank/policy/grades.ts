import { between, Fault, shape, type Form } from '../../base/index.ts';

/** From which percentile score a grade is given, and how far it holds beyond that. */
export interface GradeSpec {
  readonly A: number;
  readonly B: number;
  readonly C: number;
  /** Points beyond a bound within which the last grade is kept. */
  readonly margin: number;
}

export const STANDARD_GRADES: GradeSpec = { A: 80, B: 50, C: 20, margin: 3 };

/** Checked; what is left out is as in the standard. */
export const grades: Form<GradeSpec> = (value, path, before = STANDARD_GRADES) => {
  const score = between(0, 100);
  const read = shape<GradeSpec>({ A: score, B: score, C: score, margin: between(0, 20) })(value ?? {}, path, before);
  if (read.A > read.B && read.B > read.C) return read;
  throw new Fault({ kind: 'input', value: `${path}: ${read.A}, ${read.B}, ${read.C}`, rule: 'A, B and C begin one below the other', remedy: 'correct them' });
};
