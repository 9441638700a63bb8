import { expect, test } from 'vitest';
import { aboveRules, notPromoted } from './promote.ts';
import type { Trained } from './train.ts';

const trained = (model: number, rules: number): Trained => ({
  id: 'b1',
  target: 'lead',
  metrics: {},
  valueLack: null,
  againstRules: { rows: 900, positives: 80, share: 0.2, model, rules, gain: { value: model - rules, low: model - rules - 0.06, high: model - rules + 0.06 } },
});

test('a model takes the place of the rules where it puts more outcomes on top, and where nothing was compared', () => {
  expect([trained(0.44, 0.43), trained(0.43, 0.43), trained(0.4, 0.43), { againstRules: null }].map(aboveRules)).toEqual([true, false, false, true]);
});

test('what is not promoted says by how much the rules find more, and what to do', () => {
  const [above, below] = [trained(0.44, 0.43), trained(0.394, 0.431)];
  expect(notPromoted([above, below], [above])).toBe(
    '  not promoted: of later lead outcomes the top 20.0 % by the rules holds 43.1 %, by the model 39.4 % (difference -9.7 % to 2.3 %); what decided before goes on. Train again when there are more outcomes, or with --even-below-rules\n',
  );
  expect(notPromoted([above], [above])).toBe('');
});
