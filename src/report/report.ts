import type {
  Importance,
  Metrics,
  NumberMetrics,
  PreparedTable,
  TrainedModel,
  TrainedNumber,
  Tuning,
  Warning,
} from '../lifecycle/index.ts';

/** What `fit` found, for people and for machines. Deterministic: no time, no machine. */
export interface ReportBase {
  bundle: string;
  /** The name of the file, without its folder. */
  source: string;
  /** The command that gives this again. */
  command: string;
  rows: number;
  columns: number;
  inputs: { name: string; kind: string }[];
  /** Rows without a readable time, left out. */
  untimed: number;
  missing: PreparedTable['missing'];
  warnings: Warning[];
  importance: Importance[];
}

/** The report of a model of an outcome. */
export interface FitReport extends ReportBase {
  label: Omit<OutcomeLabel, 'kind' | 'rows' | 'labels'>;
  metrics: Metrics;
  /** What a search for settings found; null where none was asked for. */
  tuning: Tuning | null;
}

/** The report of a model of a number. */
export interface NumberFitReport extends ReportBase {
  label: Omit<NumberLabel, 'kind' | 'rows' | 'labels'>;
  metrics: NumberMetrics;
}

type NumberLabel = Extract<PreparedTable['label'], { kind: 'number' }>;
type OutcomeLabel = Extract<PreparedTable['label'], { kind: 'outcome' }>;

export interface ReportParts {
  bundle: string;
  source: string;
  command: string;
  table: { rows: number; columns: number };
  prepared: PreparedTable;
  warnings: Warning[];
}

export function reportOf(
  parts: ReportParts,
  label: OutcomeLabel,
  { trained, tuning }: { trained: TrainedModel; tuning: Tuning | null },
): FitReport {
  const { name, positive, negative, chosen, unlabelled, other } = label;
  return {
    ...baseOf(parts, trained.importance),
    label: { name, positive, negative, chosen, unlabelled, other },
    metrics: trained.metrics,
    tuning,
  };
}

export function numberReportOf(parts: ReportParts, label: NumberLabel, trained: TrainedNumber): NumberFitReport {
  const { name, unlabelled, unreadable } = label;
  return { ...baseOf(parts, trained.importance), label: { name, unlabelled, unreadable }, metrics: trained.metrics };
}

function baseOf({ bundle, source, command, table, prepared, warnings }: ReportParts, importance: Importance[]): ReportBase {
  return {
    bundle,
    source,
    command,
    rows: table.rows,
    columns: table.columns,
    inputs: prepared.input.data.columns.map((column) => ({ name: column.name, kind: kindOf(column) })),
    untimed: prepared.untimed,
    missing: prepared.missing,
    warnings,
    importance,
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
