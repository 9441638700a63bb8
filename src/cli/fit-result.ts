import { encodeBundle, type BundleContent } from '../bundle/index.ts';
import { sortWarnings, type PreparedTable, type TrainedModel, type TrainedNumber } from '../lifecycle/index.ts';
import {
  numberReportOf,
  renderCard,
  renderNumberCard,
  renderNumberSummary,
  renderSummary,
  reportOf,
  type FitReport,
  type NumberFitReport,
  type ReportParts,
} from '../report/index.ts';
import type { Training } from './train-apart.ts';

/** What `fit` was asked for and what came out of it. */
export interface FitParts extends Training {
  source: string;
  command: string;
  table: { rows: number; columns: readonly unknown[] };
  prepared: PreparedTable;
}

/** All that `fit` writes and says, made before anything is written. */
export interface FitResult {
  content: BundleContent;
  card: string;
  summary: string;
  report: FitReport | NumberFitReport;
}

export function resultOf(parts: FitParts): FitResult {
  const { prepared, trained, tuning } = parts;
  const { label } = prepared;
  const target = { name: label.name, entity: 'row', horizonDays: null };
  if (label.kind === 'number' && trained.kind === 'number') {
    const content: BundleContent = {
      ...inputsOf(parts),
      target: { ...target, positive: '', kind: 'number', loss: trained.metrics.loss },
      calibration: null,
      metrics: metricsOf(parts),
    };
    const report = numberReportOf(reportParts(parts, content), label, trained);
    return { content, card: renderNumberCard(report), summary: renderNumberSummary(report), report };
  }
  if (label.kind === 'outcome' && trained.kind === 'outcome') {
    const content: BundleContent = {
      ...inputsOf(parts),
      target: { ...target, positive: label.positive, loss: 'log-loss' },
      calibration: trained.calibration,
      metrics: { ...metricsOf(parts), tuning },
    };
    const report = reportOf(reportParts(parts, content), label, { trained, tuning });
    return { content, card: renderCard(report), summary: renderSummary(report), report };
  }
  throw new Error(`a label of kind ${label.kind} and a model of kind ${trained.kind}`);
}

function inputsOf({ prepared, trained }: FitParts): Pick<BundleContent, 'spec' | 'model' | 'percentiles'> {
  return { spec: { kind: 'table', table: prepared.spec }, model: trained.model, percentiles: trained.percentiles };
}

function warningsOf(trained: TrainedModel | TrainedNumber, prepared: PreparedTable): ReportParts['warnings'] {
  return sortWarnings([...trained.warnings, ...prepared.warnings]);
}

function metricsOf({ trained, prepared }: FitParts): BundleContent['metrics'] {
  return { ...trained.metrics, importance: trained.importance, warnings: warningsOf(trained, prepared) };
}

function reportParts({ source, command, table, prepared, trained }: FitParts, content: BundleContent): ReportParts {
  return {
    bundle: encodeBundle(content).id,
    source,
    command,
    table: { rows: table.rows, columns: table.columns.length },
    prepared,
    warnings: warningsOf(trained, prepared),
  };
}
