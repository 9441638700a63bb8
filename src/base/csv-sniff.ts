export type Separator = ',' | ';' | '\t';

const SEPARATORS: readonly Separator[] = [',', ';', '\t'];
const LINES = 20;

/**
 * The separator of a CSV file, judged by its beginning: the one that divides the first lines into the same number of
 * fields, more than one; of several, the one with most fields; of none, the one that the header holds most often; else
 * the comma.
 */
export function sniffSeparator(head: string): Separator {
  let best: Separator = ',';
  let bestRank = 0;
  for (const separator of SEPARATORS) {
    const counts = countPerLine(head, separator);
    const first = counts[0] ?? 0;
    const even = counts.every((count) => count === first);
    const rank = first === 0 ? 0 : first + (even ? 1e6 : 0);
    if (rank > bestRank) {
      best = separator;
      bestRank = rank;
    }
  }
  return best;
}

/** How often `separator` stands outside quotes in each of the first complete lines. */
function countPerLine(head: string, separator: Separator): number[] {
  const counts: number[] = [];
  let count = 0;
  let filled = false;
  let quoted = false;
  let atStart = true; // of a field: only there does a quote open
  for (const character of head) {
    if (counts.length === LINES) return counts;
    if (quoted) {
      if (character === '"') quoted = false;
    } else if (character === '"' && (atStart || !filled)) {
      quoted = true;
    } else if (character === '\n') {
      if (filled) counts.push(count);
      count = 0;
      filled = false;
      atStart = true;
      continue;
    } else if (character === separator) {
      count++;
      atStart = true;
      filled = true;
      continue;
    }
    if (character !== '\r') filled = true;
    atStart = false;
  }
  if (counts.length === 0 && filled) counts.push(count);
  return counts;
}
