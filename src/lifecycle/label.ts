import { Fault, quote } from '../base/index.ts';
import { MISSING_MARKERS, UNLABELLED } from './missing.ts';
import type { RawColumn } from './raw-table.ts';

/** Which rows have which outcome. */
export interface Label {
  kind: 'outcome';
  name: string;
  /** The two values as written most often; the model predicts the positive one. */
  positive: string;
  negative: string;
  /** How the positive was chosen, in words. */
  chosen: string;
  /** Rows with a label, in file order, and their outcomes (1 is positive). */
  rows: Int32Array;
  labels: Float64Array;
  /** Rows left out: without a label, and with a third value (only where both outcomes are named). */
  unlabelled: number;
  other: number;
}

const POSITIVE = [
  '1',
  'yes',
  'y',
  'true',
  't',
  'won',
  'closed won',
  'win',
  'converted',
  'positive',
  'success',
  'successful',
];
const NEGATIVE = [
  '0',
  'no',
  'n',
  'false',
  'f',
  'lost',
  'closed lost',
  'loss',
  'not converted',
  'negative',
  'failure',
  '-1',
];

/**
 * Reads a label of two values of any kind. Numbers and letter case are levelled (`1.0` is `1`, `Yes` is `yes`). The
 * positive one is the one named, else a known word for success, else the rarer. Throws a Fault for any other number of
 * values.
 */
export function readLabel(column: RawColumn, named: { positive?: string; negative?: string } = {}): Label {
  const groups = groupTexts(column, named);
  const negative = named.negative === undefined ? undefined : findNamed(column, groups, named.negative);
  const positive = named.positive === undefined ? undefined : findNamed(column, groups, named.positive);
  const used = positive !== undefined && negative !== undefined ? [negative, positive] : groups;
  if (used.length !== 2 || used[0] === used[1]) throw notTwo(column, groups);
  const [one, other] = used as [Group, Group];
  const choice = positive ? { group: positive, chosen: 'named by --positive' } : choose(one, other, negative);
  const against = choice.group === one ? other : one;

  const outcomeOf = new Map<number, number>([
    ...against.codes.map((c) => [c, 0] as const),
    ...choice.group.codes.map((c) => [c, 1] as const),
  ]);
  const rows: number[] = [];
  const labels: number[] = [];
  column.codes.forEach((code, row) => {
    const outcome = outcomeOf.get(code);
    if (outcome === undefined) return;
    rows.push(row);
    labels.push(outcome);
  });
  const grouped = groups.reduce((sum, group) => sum + group.rows, 0);
  return {
    kind: 'outcome',
    name: column.name,
    positive: choice.group.text,
    negative: against.text,
    chosen: choice.chosen,
    rows: Int32Array.from(rows),
    labels: Float64Array.from(labels),
    unlabelled: column.codes.length - grouped,
    other: grouped - rows.length,
  };
}

interface Group {
  key: string;
  text: string;
  rows: number;
  codes: number[];
}

function groupTexts(column: RawColumn, named: { positive?: string; negative?: string }): Group[] {
  const keep = new Set(
    [named.positive, named.negative].filter((text) => text !== undefined).map((text) => keyOf(text)),
  );
  const strict = collect(column, new Set(UNLABELLED), keep);
  return strict.length <= 2 ? strict : collect(column, new Set(MISSING_MARKERS), keep);
}

function collect(column: RawColumn, absent: ReadonlySet<string>, keep: ReadonlySet<string>): Group[] {
  const groups = new Map<string, Group>();
  column.texts.forEach((text, code) => {
    const key = keyOf(text);
    if (absent.has(text.toLowerCase()) && !keep.has(key)) return;
    const rows = column.counts[code]!;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { key, text, rows, codes: [code] });
    else {
      group.rows += rows;
      group.codes.push(code);
    }
  });
  return [...groups.values()].toSorted((a, b) => b.rows - a.rows || (a.key < b.key ? -1 : 1));
}

function keyOf(text: string): string {
  const trimmed = text.trim().toLowerCase();
  return trimmed !== '' && Number.isFinite(Number(trimmed)) ? String(Number(trimmed)) : trimmed;
}

function choose(one: Group, other: Group, negative: Group | undefined): { group: Group; chosen: string } {
  if (negative) return { group: one === negative ? other : one, chosen: 'the one that is not --negative' };
  for (const [words, wanted] of [
    [POSITIVE, true],
    [NEGATIVE, false],
  ] as const) {
    const hits = [one, other].filter(
      (group) => words.includes(group.key.replaceAll(/[-_\s]+/g, ' ').trim()) || words.includes(group.key),
    );
    if (hits.length !== 1) continue;
    const hit = hits[0]!;
    return { group: wanted ? hit : hit === one ? other : one, chosen: 'by its name' };
  }
  return { group: other, chosen: 'the rarer of the two' }; // groups stand in order of their rows
}

function findNamed(column: RawColumn, groups: readonly Group[], text: string): Group {
  const found = groups.find((group) => group.key === keyOf(text));
  if (found) return found;
  throw new Fault({
    kind: 'input',
    value: `outcome ${quote(text)}`,
    rule: `column ${quote(column.name)} never holds it`,
    remedy: `it holds ${listing(groups)}`,
  });
}

function notTwo(column: RawColumn, groups: readonly Group[]): Fault {
  const many = groups.length > 2;
  const found = groups.length === 0 ? 'no value' : groups.length === 1 ? 'one value' : `${groups.length} values`;
  return new Fault({
    kind: 'input',
    value: `label column ${quote(column.name)}`,
    rule: `it holds ${found}${groups.length === 0 ? '' : ` (${listing(groups)})`} where a label has exactly two`,
    remedy: many
      ? 'name the two with --positive and --negative (other rows are left out)'
      : 'give rows of both outcomes',
  });
}

function listing(groups: readonly Group[]): string {
  const shown = groups.slice(0, 4).map((group) => `${quote(group.text, 30)} in ${group.rows} rows`);
  return shown.join(', ') + (groups.length > 4 ? ', …' : '');
}
