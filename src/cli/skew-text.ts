import type { FeatureSkew, Skew } from '../monitor/index.ts';
import { counted } from './words.ts';

/** What was looked at in the journal. */
export interface Looked {
  readonly share: number;
  /** Records of the journal. */
  readonly decisions: number;
  /** Of these: blank, for their subject was erased. */
  readonly blank: number;
}

const LISTED = 5;

/** A measurement for people: what was compared, a table of the features that came out otherwise, and in which decisions. */
export function skewText(skew: Skew, looked: Looked): string {
  const { features, unfounded, undeclared, differing, ok } = skew;
  const differs = features.filter(({ mismatch, missing, extra, unsettled }) => mismatch + missing + extra + unsettled > 0);
  const lines = [
    `${counted(looked.decisions, 'decision')} in the journal, ${looked.blank.toLocaleString('en')} of them erased; in the sample of ${looked.share}: ${scope(skew)}`,
    ...(skew.erased > 0 ? [`${counted(skew.erased, 'vector')} of erased subjects skipped`] : []),
    ...(undeclared.length > 0 ? [`not declared any more, not compared: ${undeclared.map(({ feature, vectors }) => `${feature} (${vectors})`).join(', ')}`] : []),
    ...(differs.length > 0 ? ['', ...table(differs), ...others(features.length - differs.length), ...differs.flatMap(exampleLines), ''] : []),
    ...unfounded.slice(0, LISTED).map(({ decision, why }) => `${decision}: ${why}`),
    ...(unfounded.length > LISTED ? [`… and ${unfounded.length - LISTED} more; --json lists all`] : []),
    verdict(skew, ok, differing.length),
  ];
  return `${lines.join('\n')}\n`;
}

const scope = ({ vectors, features, values }: Skew): string =>
  `${counted(vectors, 'vector')} of ${counted(features.length, 'feature')} compared, ${counted(values, 'value')}`;

function verdict({ vectors, unfounded }: Skew, ok: boolean, differing: number): string {
  if (vectors + unfounded.length === 0) return 'Nothing was compared: no decision is in the sample; raise --share or widen --since';
  if (ok) return 'No skew: the log gives every vector to the last bit';
  return `Skew: ${counted(differing, 'decision')} with another vector, ${unfounded.length.toLocaleString('en')} that the log does not account for`;
}

function table(features: readonly FeatureSkew[]): string[] {
  const width = Math.max(7, ...features.map(({ feature }) => feature.length));
  const row = (name: string, cells: readonly (number | string)[]): string => `${name.padEnd(width)}${cells.map((cell) => String(cell).padStart(11)).join('')}`;
  return [
    row('feature', ['equal', 'mismatch', 'missing', 'extra', 'unsettled']),
    ...features.map(({ feature, equal, mismatch, missing, extra, unsettled }) => row(feature, [equal, mismatch, missing, extra, unsettled])),
  ];
}

const others = (n: number): string[] => (n === 0 ? [] : [`${counted(n, 'other feature')}: equal in every vector`]);

function exampleLines({ feature, mismatch, missing, extra, examples }: FeatureSkew): string[] {
  const all = mismatch + missing + extra;
  const shown = examples.slice(0, LISTED).map(({ decision, outcome, live, computed }) => `  ${decision}  ${outcome}: live ${JSON.stringify(live)}, from the log ${JSON.stringify(computed)}`);
  return all === 0 ? [] : ['', `${feature}:`, ...shown, ...(all > shown.length ? [`  … and ${all - shown.length} more`] : [])];
}
