import { Fault, quote } from '../base/index.ts';
import type { TableColumn, TableSpec, TimeColumn } from '../bundle/index.ts';
import { judgeColumn } from './columns.ts';
import { parseDate } from './dates.ts';
import { encodeTable } from './encode.ts';
import { inferColumn, type Inferred } from './infer.ts';
import { readLabel, type Label } from './label.ts';
import { MISSING_MARKERS } from './missing.ts';
import { readNumberLabel, type NumberLabel } from './number-label.ts';
import { parseNumber } from './numbers.ts';
import { readOrdinal } from './ordinal.ts';
import type { RawColumn, RawTable } from './raw-table.ts';
import { checkRequest, type TableRequest } from './request.ts';
import { take } from './rows.ts';
import type { Segments } from './segments.ts';
import { duplicateWarnings, futureWarnings, labelWarnings } from './table-warnings.ts';
import type { TrainInput } from './train-input.ts';
import type { Warning } from './warning.ts';

/** A table made ready for training. */
export interface PreparedTable {
  spec: TableSpec;
  input: TrainInput;
  label: Label | NumberLabel;
  warnings: Warning[];
  /** Cells read as missing, by column: the marker as written, and its rows. */
  missing: { column: string; markers: [text: string, rows: number][] }[];
  /** Rows without a readable time, left out. */
  untimed: number;
}

/** Decides what each column is, leaves out what cannot help, and encodes the rows that have a label. */
export function prepareTable(table: RawTable, request: TableRequest): PreparedTable {
  checkRequest(table, request);
  const column = (name: string): RawColumn => table.columns.find((raw) => raw.name === name)!;
  const markers = new Set(MISSING_MARKERS);
  const isMissing = (text: string): boolean => markers.has(text.toLowerCase());
  const infer = (raw: RawColumn): Inferred => inferColumn(raw, isMissing);
  const label = labelOf(column(request.label), request);
  const warnings = labelWarnings(label);

  const time = request.time === undefined ? null : timeColumn(infer(column(request.time)), request.time);
  const aside = new Set([request.label, request.id, ...(request.ignore ?? [])]);
  const used: TableColumn[] = [];
  const missing: PreparedTable['missing'] = [];
  for (const raw of table.columns) {
    if (aside.has(raw.name)) continue;
    const order = request.ordinal?.[raw.name];
    const found = order === undefined ? infer(raw) : readOrdinal(raw, order, isMissing);
    if (raw.name === time?.name) {
      if (found.column?.kind === 'date')
        used.push({ ...found.column, parts: found.column.parts.filter((part) => part !== 'age') });
      continue;
    }
    const verdict = judgeColumn(raw, found, table.rows, request.keep?.includes(raw.name) ? 'keep' : 'judge');
    warnings.push(...verdict.warnings);
    if (verdict.use && found.column) used.push(found.column);
    if (verdict.use && found.markers.length > 0) missing.push({ column: raw.name, markers: found.markers });
  }
  if (used.length === 0) throw nothingLeft(table.path);

  const timed = timesOf(label, time && column(time.name), time);
  const spec: TableSpec = {
    columns: used,
    id: request.id ?? null,
    time,
    reference: time !== null && time.order !== 'number' ? null : newestDate(used, column),
    missing: [...MISSING_MARKERS],
    file: { header: table.header, columns: table.columns.map(({ name }) => name), label: request.label },
  };
  const { data } = encodeTable(spec, table, timed.rows);
  warnings.push(...duplicateWarnings(table, spec.id), ...(time?.order === 'number' ? [] : futureWarnings(spec, data)));
  const segmented = request.segment === undefined ? null : column(request.segment);
  const input: TrainInput = {
    data,
    labels: timed.labels,
    seed: request.seed ?? 0,
    ...(request.loss && { loss: request.loss }),
    ...(segmented && { segments: segmentsOf(segmented, timed.rows, markers) }),
    ...(time && timed.times && { times: timed.times, timeColumn: time.name }),
  };
  return { spec, input, label, warnings, missing, untimed: label.rows.length - timed.rows.length };
}

function labelOf(column: RawColumn, { loss, positive, negative }: TableRequest): Label | NumberLabel {
  if (loss !== undefined) return readNumberLabel(column);
  return readLabel(column, { ...(positive !== undefined && { positive }), ...(negative !== undefined && { negative }) });
}

function segmentsOf({ name, texts, codes }: RawColumn, rows: Int32Array, markers: ReadonlySet<string>): Segments {
  const isMissing = texts.map((text) => markers.has(text.toLowerCase()));
  return { column: name, levels: texts, codes: rows.map((row) => (isMissing[codes[row]!] ? -1 : codes[row]!)) };
}

function timeColumn(found: Inferred, name: string): TimeColumn {
  if (found.column?.kind === 'date') return { name, order: found.column.order };
  if (found.column?.kind === 'numeric') return { name, order: 'number' };
  throw new Fault({
    kind: 'input',
    value: `--time ${quote(name)}`,
    rule: 'its cells are neither dates nor numbers',
    remedy: 'name a column of dates like 2024-01-31 or 31/01/2024 14:05',
  });
}

/** The labelled rows that have a time, in file order. */
function timesOf(
  label: Label | NumberLabel,
  raw: RawColumn | null,
  time: TimeColumn | null,
): { rows: Int32Array; labels: Float64Array; times?: Float64Array } {
  if (raw === null || time === null) return { rows: label.rows, labels: label.labels };
  const order = time.order;
  const readings = raw.texts.map(
    (text) => (order === 'number' ? parseNumber(text, '.') : parseDate(text, order)) ?? NaN,
  );
  const times = Float64Array.from(label.rows, (row) => readings[raw.codes[row]!]!);
  const kept = Int32Array.from(times.keys()).filter((i) => !Number.isNaN(times[i]!));
  return { rows: kept.map((i) => label.rows[i]!), labels: take(label.labels, kept), times: take(times, kept) };
}

function newestDate(used: readonly TableColumn[], column: (name: string) => RawColumn): number | null {
  let newest = -Infinity;
  for (const spec of used) {
    if (spec.kind !== 'date') continue;
    for (const text of column(spec.name).texts) newest = Math.max(newest, parseDate(text, spec.order) ?? -Infinity);
  }
  return newest === -Infinity ? null : newest;
}

function nothingLeft(path: string): Fault {
  return new Fault({
    kind: 'input',
    value: path,
    rule: 'no column is left to learn from (ignored, constant or id-like)',
    remedy: 'add columns, or name some with --keep',
  });
}
