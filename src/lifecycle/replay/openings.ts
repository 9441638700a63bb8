import type { SamplePlan } from './plan.ts';
import { sampledAges } from './sampled-ages.ts';

interface Due {
  readonly subject: number;
  readonly time: number;
}

/** The samples of a group that are due as time passes, and the decisions that it was shown in. */
export function createOpenings(plan: SamplePlan) {
  const agesOf = sampledAges(plan);
  const due: Due[] = [];
  const begun = new Set<number>();
  const decisions = new Set<string>();
  return {
    /** A record is known from `time` on; only its first beginning counts. */
    begin(subject: number, name: string, time: number): void {
      if (begun.has(subject)) return;
      begun.add(subject);
      const ages = agesOf(name);
      for (let i = 0; i < ages.length; i++) due.push({ subject, time: time + ages[i]! });
      if (due.length > ages.length) due.sort((a, b) => b.time - a.time);
    },
    /** Takes the next one before `time`. */
    next: (time: number): Due | undefined => (due.length > 0 && due[due.length - 1]!.time < time ? due.pop() : undefined),
    isNew(decision: string): boolean {
      if (decisions.has(decision)) return false;
      decisions.add(decision);
      return true;
    },
    /** Another group begins. */
    clear(): void {
      due.length = 0;
      begun.clear();
      decisions.clear();
    },
  };
}
