export { renderCard } from './card.ts';
export { reportOf, type FitReport } from './report.ts';
export { renderSummary } from './summary.ts';
