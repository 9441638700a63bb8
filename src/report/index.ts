export { renderCard } from './card.ts';
export { renderNumberCard } from './number-card.ts';
export { renderNumberSummary } from './number-summary.ts';
export { numberReportOf, reportOf, type FitReport, type NumberFitReport, type ReportParts } from './report.ts';
export { renderSummary } from './summary.ts';
export { renderRules } from './rules-page.ts';
