import type { Grade } from './assessment.ts';
import { STANDARD_GRADES, type GradeSpec } from './policy/grades.ts';

/** The grade of a score, by the policy's bounds: as leadrank comes A from 80, B from 50, C from 20, D below. */
export function gradeOf(score: number, { A, B, C }: GradeSpec = STANDARD_GRADES): Grade {
  return score >= A ? 'A' : score >= B ? 'B' : score >= C ? 'C' : 'D';
}

/** The grade of a score that keeps the last grade within the policy's margin of its bounds, so that it does not flicker. */
export function steadyGrade(score: number, last: Grade | null, spec: GradeSpec = STANDARD_GRADES): Grade {
  const grade = gradeOf(score, spec);
  if (last === null || last === grade) return grade;
  const kept = last < grade ? gradeOf(score + spec.margin, spec) <= last : gradeOf(score - spec.margin, spec) >= last; // 'A' < 'B'
  return kept ? last : grade;
}
