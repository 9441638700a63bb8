import type { TrainingSetManifest } from '../lifecycle/index.ts';

/** More features than these are counted, not named. */
const MOST = 12;

/** How far back the history of each feature goes, in words: those that no sample has, and those whose first value comes days after the first of all. */
export function usableText(usable: TrainingSetManifest['usable']): string {
  const all = Object.entries(usable);
  const dayOf = (since: string): string => since.slice(0, 10);
  const first = all.flatMap(([, { since }]) => since ?? []).toSorted()[0];
  if (first === undefined) return '';
  const none = all.filter(([, { since }]) => since === null).map(([name]) => name);
  const late = all
    .flatMap(([name, { since }]) => (since !== null && dayOf(since) > dayOf(first) ? [{ name, since }] : []))
    .toSorted((a, b) => (a.since < b.since ? 1 : -1))
    .map(({ name, since }) => `${name} (${dayOf(since)})`);
  const lines = [
    `usable history: ${all.length - none.length - late.length} of ${all.length} features from ${dayOf(first)} on`,
    ...(late.length > 0 ? [`  from a later day on: ${named(late)}`] : []),
    ...(none.length > 0 ? [`  in no sample: ${named(none)}; nothing told of them, or not before it was imported`] : []),
  ];
  return `${lines.join('\n')}\n`;
}

const named = (names: readonly string[]): string => (names.length <= MOST ? names.join(', ') : `${names.slice(0, MOST).join(', ')} and ${names.length - MOST} more (--json names all)`);
