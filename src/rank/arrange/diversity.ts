import type { Entry } from './entry.ts';

/** Splits entries, in the order in which they may claim a place, into at most `most` of each account and those beyond. */
export function perAccount(claiming: readonly Entry[], most: number): { kept: ReadonlySet<Entry>; beyond: Entry[] } {
  const count = new Map<string, number>();
  const kept = new Set<Entry>();
  const beyond: Entry[] = [];
  for (const entry of claiming) {
    const account = entry.candidate.facts.account ?? null;
    const before = account === null ? 0 : (count.get(account) ?? 0);
    if (before >= most) {
      beyond.push(entry);
      continue;
    }
    if (account !== null) count.set(account, before + 1);
    kept.add(entry);
  }
  return { kept, beyond };
}
