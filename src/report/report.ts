import type { Importance, Metrics, PreparedTable, TrainedModel, Tuning, Warning } from '../lifecycle/index.ts';

/** What `fit` found, for people and for machines. Deterministic: no time, no machine. */
export interface FitReport {
  bundle: string;
  /** The name of the file, without its folder. */
  source: string;
  /** The command that gives this again. */
  command: string;
  rows: number;
  columns: number;
  label: { name: string; positive: string; negative: string; chosen: string; unlabelled: number; other: number };
  inputs: { name: string; kind: string }[];
  /** Rows without a readable time, left out. */
  untimed: number;
  missing: PreparedTable['missing'];
  warnings: Warning[];
  metrics: Metrics;
  /** What a search for settings found; null where none was asked for. */
  tuning: Tuning | null;
  importance: Importance[];
}

export interface ReportParts {
  bundle: string;
  source: string;
  command: string;
  table: { rows: number; columns: number };
  prepared: PreparedTable;
  trained: TrainedModel;
  tuning: Tuning | null;
  warnings: Warning[];
}

export function reportOf({ bundle, source, command, table, prepared, trained, tuning, warnings }: ReportParts): FitReport {
  const { name, positive, negative, chosen, unlabelled, other } = prepared.label;
  return {
    bundle,
    source,
    command,
    rows: table.rows,
    columns: table.columns,
    label: { name, positive, negative, chosen, unlabelled, other },
    inputs: prepared.input.data.columns.map((column) => ({ name: column.name, kind: kindOf(column) })),
    untimed: prepared.untimed,
    missing: prepared.missing,
    warnings,
    metrics: trained.metrics,
    tuning,
    importance: trained.importance,
  };
}

function kindOf(column: PreparedTable['input']['data']['columns'][number]): string {
  return column.kind === 'categorical' && column.ordered ? `ordinal: ${column.levels.join(' < ')}` : column.kind;
}

/** The columns that warnings advise to leave out, as a flag to copy; null where there are none. */
export function suggestedIgnore(warnings: readonly Warning[]): string | null {
  const columns = warnings.filter(({ code, column }) => code.startsWith('leak') && column !== null);
  if (columns.length === 0) return null;
  const names = columns.map(({ column }) => (column!.includes(',') ? `"${column!}"` : column!));
  return `--ignore '${names.join(',')}'`;
}
