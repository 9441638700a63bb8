import { figure } from './format.ts';
import { suggestedIgnore, type ReportBase } from './report.ts';
import { groupWarnings, type WarningGroup } from './warnings.ts';

const BAR = 24; // characters
const FULL_LINES = 4; // of one kind that are told in full
const INPUTS = 8;

/** Lines as one text, without control characters: a category may hold an escape sequence. */
export function asText(lines: readonly string[]): string {
  return `${lines.map(plain).join('\n')}\n`;
}

/** The inputs that move the score most, with bars. */
export function importanceLines({ importance }: ReportBase): string[] {
  return barLines(importance.slice(0, INPUTS).map(({ input, effect }) => [input, effect]));
}

/** Warnings, those of one kind together. */
export function warningLines({ warnings }: ReportBase): string[] {
  const lines = groupWarnings(warnings).flatMap((group) => groupLines(group));
  const ignore = suggestedIgnore(warnings);
  if (ignore !== null) lines.push('', `To see how it does without the suspects, add: ${ignore}`);
  return lines.length === 0 ? [] : [...lines, ''];
}

function groupLines({ title, weight, advice, items }: WarningGroup): string[] {
  const lines = [`${weight === 'note' ? '·' : '!'} ${title}`];
  for (const { columns, message } of items.slice(0, FULL_LINES)) lines.push(`    ${listed(columns)}${message}`);
  const rest = items.slice(FULL_LINES).flatMap(({ columns }) => columns);
  if (rest.length > 0) lines.push(`    and ${listed(rest, '')}`);
  lines.push(`    → ${advice}`);
  return lines;
}

function listed(columns: readonly string[], end = ': '): string {
  return columns.length === 0 ? '' : columns.join(', ') + end;
}

function barLines(items: readonly [string, number][]): string[] {
  const largest = Math.max(...items.map(([, value]) => value), 1e-12);
  return items.map(
    ([name, value]) =>
      `  ${name.slice(0, 40).padEnd(40)} ${figure(value, 2)} ${'█'.repeat(Math.round((value / largest) * BAR))}`,
  );
}

/** Control characters out: a category may hold an escape sequence. */
function plain(line: string): string {
  return line.replaceAll(/\p{Cc}/gu, '�');
}
