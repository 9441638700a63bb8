import { dayOf } from './day.ts';

/** What follows the name of a data file in the name of its marker. */
export const MARKER = '.done';

/** The day that a file's name tells by a feed's pattern; undefined where it is no file of the feed. */
export function fileDay(pattern: string, file: string): number | undefined {
  if (file.endsWith(MARKER) || file.startsWith('.')) return undefined;
  const source = pattern
    .split(/(\{day\}|\*)/u)
    .map((part) => (part === '{day}' ? String.raw`(\d{4}-\d{2}-\d{2}|\d{8})` : part === '*' ? '.*' : part.replaceAll(/[$()+.?[\\\]^{|}]/gu, String.raw`\$&`)))
    .join('');
  const found = new RegExp(`^${source}$`, 'u').exec(file);
  return found === null ? undefined : dayOf(found[1]!);
}

/** The count of rows that a marker states; undefined where it states none. */
export function statedRows(marker: string): number | undefined {
  return /^\s*\d{1,12}\s*$/u.test(marker) ? Number(marker) : undefined;
}
