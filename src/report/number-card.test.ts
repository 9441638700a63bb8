import { parseHTML } from 'linkedom';
import { expect, test } from 'vitest';
import type { NumberReport } from '../lifecycle/index.ts';
import { renderNumberCard } from './number-card.ts';
import { renderNumberSummary } from './number-summary.ts';
import type { NumberFitReport } from './report.ts';

const EVIL = `<img src=x onerror="alert('1')">`;

function judged(value: number): NumberReport {
  return {
    rows: 100,
    trainedOn: 300,
    mean: 12_345.678,
    said: 12_000,
    rmse: 900,
    rmseBaseline: 1_000,
    mae: 700,
    explained: { value, low: value - 0.05, high: value + 0.05 },
    deviance: { value: 8, baseline: 9 },
    tenths: Array.from({ length: 10 }, (_, i) => ({ rows: 10, said: 100 - i, seen: 99 - i })),
  };
}

function report(changes: Partial<NumberFitReport['metrics']> = {}): NumberFitReport {
  return {
    bundle: 'abc123',
    source: `${EVIL}.csv`,
    command: `bin/leadrank fit ${EVIL}`,
    rows: 410,
    columns: 5,
    label: { name: EVIL, unlabelled: 8, unreadable: 2 },
    inputs: [{ name: EVIL, kind: 'numeric' }],
    untimed: 0,
    missing: [],
    warnings: [{ code: 'leak', column: EVIL, value: 0.95, message: EVIL, advice: EVIL }],
    importance: [{ input: EVIL, effect: 0.5 }],
    metrics: {
      loss: 'tweedie',
      rows: 400,
      mean: 12_345.678,
      inputs: 1,
      trees: 10,
      stoppedOn: 'time',
      seed: 0,
      order: 'time',
      timeOrdered: judged(0.3),
      random: judged(0.4),
      meanOverTime: Array.from({ length: 10 }, (_, i) => ({ rows: 40, mean: i })),
      ...changes,
    },
  };
}

test('the card of a number is inert, draws what was said and seen, and says what was left out', () => {
  const { document } = parseHTML(renderNumberCard(report()));
  expect(document.querySelectorAll('img, script, iframe, link, object, a').length).toBe(0);
  expect(document.querySelector('h1')!.textContent).toBe(EVIL);
  const plots = [...document.querySelectorAll('svg[role=img]')].map((plot) => plot.getAttribute('aria-label')!.split(' ')[0]);
  expect(plots).toEqual(['Said', 'Mean']);
  const text = document.body.textContent.replaceAll(/\s+/g, ' ');
  expect(text).toContain('8 without a label, 2 whose label is no number');
  expect(text).toContain('0.300 (0.250–0.350)');
  expect(text).toContain('the logarithm of the prediction');
  expect(renderNumberCard(report({ timeOrdered: null, loss: 'rmse' }))).not.toContain('last quarter');
});

test('the summary holds both hold-outs and no control character', () => {
  const text = renderNumberSummary({ ...report(), source: '\u001B[31mred.csv' });
  expect(text).toMatch(/last quarter in time +0\.300 \(0\.250–0\.350\) +900 \(1,000\) +700 +12,000 \/ 12,350/);
  expect(text).toMatch(/random quarters +0\.400/);
  expect(text).toContain('stopped on the latest rows');
  expect(text).not.toContain('\u001B');
  expect(renderNumberSummary(report({ timeOrdered: null }))).toContain('no time-ordered hold-out');
});
