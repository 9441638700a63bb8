import * as Plot from '@observablehq/plot';
import type { Comparison, Mover, RuleSet } from '../rules/index.ts';
import { colour, draw, QUIET, SIZE } from './draw.ts';
import { count, figure, percent } from './format.ts';
import { html, type Html } from './html.ts';
import { document } from './document.ts';
import { tile } from './page.ts';

export interface RulesReport {
  /** The name of the file, without its folder. */
  readonly file: string;
  /** What is ranked, in words: `leads`. */
  readonly records: string;
  readonly present: RuleSet;
  readonly next: RuleSet;
  /** What the samples are, in words. */
  readonly history: string;
  readonly comparison: Comparison;
  /** How people know a record. */
  readonly nameOf: (subject: string) => string;
}

/** What a rule set would have ranked, as one HTML file that needs no network and runs no script. */
export function renderRules({ file, records: what, present, next, history, comparison, nameOf }: RulesReport): string {
  const { samples, records, positives, gain, agreement, formula } = comparison;
  const signed = (value: number, digits: number): string => `${value < 0 ? '−' : '+'}${figure(Math.abs(value), digits)}`;
  return document({
    title: `${file}: rules tried on history`,
    body: html`<header>
        <h1>${file}: version ${next.version} tried on history</h1>
        <p class="soft">
          Beside version ${present.version}, which decides. ${history}: ${count(samples)} samples of ${count(records)} ${what}, ${count(positives)} positive.
        </p>
      </header>
      <dl class="tiles">
        ${tile('AUC', figure(comparison.next.auc), `${figure(comparison.present.auc)} now; ${signed(gain.auc.value, 3)} (${signed(gain.auc.low, 3)} to ${signed(gain.auc.high, 3)})`)}
        ${tile('Lift of the top tenth', figure(topOf(comparison.next), 2), `${figure(topOf(comparison.present), 2)} now; ${signed(gain.lift.value, 2)} (${signed(gain.lift.low, 2)} to ${signed(gain.lift.high, 2)})`)}
        ${tile('Same order as now', figure(agreement.kendall, 2), `Kendall; Spearman ${figure(agreement.spearman, 2)}`)}
        ${formula === null ? null : tile('Formula in the org', figure(formula.kendall, 2), `Kendall with these rules; AUC ${figure(formula.auc)}`)}
      </dl>
      <h2>What each ranking puts first</h2>
      <div class="plots">
        <figure>
          <figcaption><b>Captured</b><span class="key">version ${next.version}</span><span class="key second">version ${present.version}, now</span></figcaption>
          ${gainPlot(comparison)}
        </figure>
        <figure>
          <figcaption><b>Rules</b>how much richer in positives the samples are for which a rule counts</figcaption>
          ${rulePlot(comparison)}
        </figure>
      </div>
      <h2>Rules</h2>
      <div class="wide">${ruleTable(comparison)}</div>
      <h2>Who moves most</h2>
      <div class="wide">${moverTable([...comparison.movers.up, ...comparison.movers.down], nameOf)}</div>`,
    footer: html`Rules <code>${next.hash}</code> beside <code>${present.hash}</code> · leadrank`,
  });
}

const topOf = ({ tops }: Comparison['next']): number => tops.find(({ share }) => share === 0.1)!.lift;

function gainPlot({ next, present }: Comparison): Html {
  const none = { share: 0, captured: 0, lift: 0 };
  const curves = [next, present].flatMap(({ tops }, s) => [none, ...tops].map(({ share, captured }) => ({ s, share, captured })));
  return draw('Share of the positives among the first of the ranked samples', {
    ...SIZE,
    x: { domain: [0, 1], label: 'share of the samples, most points first', tickFormat: '.0%', ticks: 5 },
    y: { domain: [0, 1], label: 'share of the positives among them', tickFormat: '.0%', ticks: 5, grid: true },
    marks: [
      Plot.line([[0, 0], [1, 1]], { stroke: QUIET, strokeDasharray: '4 4' }),
      ...[1, 0].map((s) => Plot.line(curves.filter((point) => point.s === s), { x: 'share', y: 'captured', stroke: colour(s), strokeWidth: 2 })),
    ],
  });
}

function rulePlot({ rules }: Comparison): Html {
  const bars = rules.filter(({ lift }) => Number.isFinite(lift)).map(({ rule, lift }) => ({ rule, lift }));
  return draw('Positive rate of the samples for which each rule counts, over the overall rate', {
    ...SIZE,
    marginLeft: 110,
    x: { label: 'lift', grid: true, tickFormat: (lift: number) => `×${lift}`, ticks: 5 },
    y: { label: null, domain: bars.map(({ rule }) => rule) },
    marks: [Plot.barX(bars, { x: 'lift', y: 'rule', fill: colour(0), rx: 2 }), Plot.ruleX([1], { stroke: 'currentColor', strokeDasharray: '4 4', strokeOpacity: 0.6 })],
  });
}

function ruleTable({ rules }: Comparison): Html {
  return html`<table>
    <thead><tr><th>rule</th><th>counts for</th><th>points</th><th>lift</th></tr></thead>
    <tbody>
      ${rules.map(({ rule, theme, share, points, lift }) => html`<tr><td>${rule} <small>${theme}</small></td><td>${percent(share)}</td><td>${short(points)}</td><td>${figure(lift, 2)}</td></tr>`)}
    </tbody>
  </table>`;
}

const short = (points: number): string => String(Math.round(points * 10) / 10);
const unbroken = (text: string): string => text.replaceAll(' ', '\u{a0}');

function moverTable(movers: readonly Mover[], nameOf: RulesReport['nameOf']): Html {
  if (movers.length === 0) return html`<p>Nobody.</p>`;
  return html`<table>
    <thead><tr><th>record</th><th>from the top</th><th>to</th><th>points</th><th class="text">because of</th></tr></thead>
    <tbody>
      ${movers.map(({ subject, from, to, before, after, rules }) => {
        const why = rules.map(({ rule, points }) => `${rule} ${points > 0 ? '+' : ''}${short(points)}`).join(', ');
        return html`<tr><td>${nameOf(subject)}</td><td>${unbroken(percent(from))}</td><td>${unbroken(percent(to))}</td><td>${unbroken(`${short(before)} → ${short(after)}`)}</td><td class="text">${why || 'others moved past it'}</td></tr>`;
      })}
    </tbody>
  </table>`;
}
