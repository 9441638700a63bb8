import { parseHTML } from 'linkedom';
import { describe, expect, test } from 'vitest';
import type { HoldOutReport } from '../lifecycle/index.ts';
import { renderCard } from './card.ts';
import { html } from './html.ts';
import { suggestedIgnore, type FitReport } from './report.ts';
import { renderSummary } from './summary.ts';

const EVIL = `<img src=x onerror="alert('1')">`;

function holdOut(rate: number): HoldOutReport {
  const estimate = { value: rate, low: rate - 0.05, high: rate + 0.05 };
  return {
    rows: 100,
    positives: 30,
    trainedOn: 300,
    auc: { value: 0.8, low: 0.75, high: 0.84 },
    logLoss: 0.4,
    logLossBaseline: 0.6,
    averagePrecision: 0.7,
    brier: 0.1,
    calibrationError: 0.02,
    calibrationErrorDebiased: { value: 0.01, low: 0, high: 0.03 },
    calibration: Array.from({ length: 10 }, (_, i) => ({ rows: 10, predicted: i / 10, observed: estimate })),
    lift: Array.from({ length: 10 }, (_, i) => ({ rows: 10, positives: 3, lift: 2 - i / 5, captured: (i + 1) / 10 })),
  };
}

function report(changes: Partial<FitReport> = {}): FitReport {
  return {
    bundle: 'abc123',
    source: `${EVIL}.csv`,
    command: `bin/leadrank fit ${EVIL}`,
    rows: 410,
    columns: 5,
    tuning: { trials: 20, options: { depth: 5, learningRate: 0.04 }, loss: 0.39, lossOfDefaults: 0.4 },
    label: { name: EVIL, positive: EVIL, negative: EVIL, chosen: 'by its name', unlabelled: 10, other: 0 },
    inputs: [{ name: EVIL, kind: 'categorical' }],
    untimed: 0,
    missing: [{ column: EVIL, markers: [[EVIL, 3]] }],
    warnings: [
      { code: 'leak', column: EVIL, value: 0.95, message: EVIL, advice: EVIL },
      { code: 'constant', column: 'a, b', value: 1, message: 'same', advice: 'none' },
      { code: 'constant', column: 'c', value: 1, message: 'same', advice: 'none' },
    ],
    metrics: {
      rows: 400,
      positives: 120,
      baseRate: 0.3,
      inputs: 1,
      trees: 10,
      stoppedOn: 'random',
      seed: 0,
      order: 'file',
      timeOrdered: holdOut(0.2),
      random: holdOut(0.3),
      againstRules: null,
      withoutSuspects: {
        columns: [EVIL],
        auc: { value: 0.7, low: 0.6, high: 0.8 },
        aucWithAll: { value: 0.9, low: 0.8, high: 0.95 },
      },
      segments: { column: EVIL, reports: [{ segment: EVIL, rows: 40, predicted: 0.3, observed: { value: 0.25, low: 0.1, high: 0.4 }, calibrationError: 0.05 }] },
      rateOverTime: Array.from({ length: 10 }, (_, i) => ({ rows: 40, rate: i / 10 })),
    },
    importance: [{ input: EVIL, effect: 0.5 }],
    ...changes,
  };
}

describe('the card', () => {
  const { document } = parseHTML(renderCard(report()));

  test('is inert whatever the file holds, and asks for nothing from elsewhere', () => {
    expect(document.querySelectorAll('img, script, iframe, link, object, a').length).toBe(0);
    expect(
      [...document.querySelectorAll('*')].flatMap((node) =>
        [...node.attributes].filter(({ name }) => name.startsWith('on')),
      ),
    ).toEqual([]);
    expect(document.querySelector('meta[http-equiv]')!.getAttribute('content')).toContain("default-src 'none'");
    expect(renderCard(report()).replaceAll('http://www.w3.org/', '')).not.toMatch(/https?:|url\(|@import/);
    expect(document.querySelector('h1')!.textContent).toContain(EVIL);
  });
  test('draws calibration, lift and rate, each with a description', () => {
    const plots = [...document.querySelectorAll('svg[role=img]')];
    expect(plots.map((plot) => plot.getAttribute('aria-label')!.split(/[: ]/)[0])).toEqual([
      'Lift',
      'Calibration',
      'Positive',
    ]);
    expect(plots[0]!.querySelectorAll('rect').length).toBeGreaterThanOrEqual(10);
  });
  test('tells warnings first, those of one kind together', () => {
    expect(document.querySelector('h2')!.textContent).toBe('Read this first');
    expect([...document.querySelectorAll('.warnings h3')].map((title) => title.textContent)).toEqual([
      'Gives the label away',
      'Left out as constant',
    ]);
    expect(document.querySelector('.warnings')!.textContent).toContain('a, b, c: same');
  });
  test('stands without a time-ordered hold-out and without warnings', () => {
    const { metrics } = report();
    const page = renderCard(
      report({ warnings: [], metrics: { ...metrics, timeOrdered: null, withoutSuspects: null } }),
    );
    expect(page).toContain('random quarters');
    expect(page).not.toContain('last quarter');
  });
});

describe('the summary', () => {
  test('holds both hold-outs, the warnings and the flag to copy, and no control character', () => {
    const text = renderSummary(report({ source: '\u001B[31mred.csv' }));
    expect(text).toMatch(/last quarter in file order +0\.800 \(0\.750–0\.840\)/);
    expect(text).toMatch(/random quarters +0\.800/);
    expect(text).toContain('Gives the label away');
    expect(text).not.toContain('\u001B');
  });
  test('names with a comma are quoted in the flag', () => {
    const warning = { code: 'leak' as const, value: 1, message: '', advice: '' };
    expect(
      suggestedIgnore([
        { ...warning, column: 'a' },
        { ...warning, column: 'b, c' },
      ]),
    ).toBe(`--ignore 'a,"b, c"'`);
    expect(suggestedIgnore([{ ...warning, code: 'constant', column: 'a' }])).toBeNull();
  });
});

test('a template escapes its values, and its parts only once', () => {
  const inner = html`<b>${'<&>"'}</b>`;
  expect(html`<p title="${'"x"'}">${inner}${null}${[1, '<']}</p>`.markup).toBe(
    '<p title="&quot;x&quot;"><b>&lt;&amp;&gt;&quot;</b>1&lt;</p>',
  );
});
