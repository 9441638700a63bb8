import type { Grade } from './assessment.ts';

const FLOORS: readonly (readonly [Grade, number])[] = [
  ['A', 80],
  ['B', 50],
  ['C', 20],
  ['D', 0],
];
const MARGIN = 3;

/** The grade of a score: A from 80, B from 50, C from 20, D below. */
export function gradeOf(score: number): Grade {
  return FLOORS.find(([, floor]) => score >= floor)?.[0] ?? 'D';
}

/** The grade of a score that keeps the last grade within three points of its bounds, so that it does not flicker. */
export function steadyGrade(score: number, last: Grade | null): Grade {
  const grade = gradeOf(score);
  if (last === null || last === grade) return grade;
  const kept = last < grade ? gradeOf(score + MARGIN) <= last : gradeOf(score - MARGIN) >= last; // 'A' < 'B'
  return kept ? last : grade;
}
