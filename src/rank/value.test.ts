import { describe, expect, it } from 'vitest';
import { decodeBundle, encodeBundle, type OutcomeValue } from '../bundle/index.ts';
import { hash32, log } from '../base/index.ts';
import { parseRules } from '../rules/index.ts';
import { fit, type Dataset, type Value } from '../trees/index.ts';
import { assess } from './assess.ts';
import { loadModel } from './model.ts';
import { explainedValue } from './explained-value.ts';
import { bundleFixture, modelFeatures } from './model.fixture.ts';

const { bundle, rows } = bundleFixture();
const columns = modelFeatures.map(({ name }) => name);
const EMPLOYEES = columns.indexOf('employees');
const rules = parseRules({ version: 1, base: 0, caps: {}, rules: [] }, columns);

/** Amounts that grow with the size of the company. */
const table: Dataset = { rows: 200, columns: [{ kind: 'numeric', name: 'employees', values: Float64Array.from({ length: 200 }, (_, i) => 5 * i) }] };
const trees = fit(table, Float64Array.from({ length: 200 }, (_, i) => Math.fround(6 + i / 100)), { loss: 'rmse', trees: 20, seed: 1 });
const worth: OutcomeValue = { own: null, model: { trees, scale: 'log', factor: 2 }, currency: 'USD', metrics: {} };

const loaded = (value: OutcomeValue) => loadModel(decodeBundle(encodeBundle({ ...bundle, value }).files));
const judged = (value: OutcomeValue, vector: readonly Value[], fault: string | null = null) =>
  assess({ subject: 'ld_a', vector, sources: [], last: null, created: 0, lastTouch: null, lastEvent: 0 }, 1e9, { model: loaded(value), rules, columns, fault });

describe('what an outcome is worth', () => {
  it('is what the model says, and the expected value is that times the probability', () => {
    for (const vector of rows.slice(0, 30)) {
      const { value, expectedValue, probability } = judged(worth, vector);
      expect(value).toMatchObject({ currency: 'USD', from: 'model' });
      expect(value!.amount).toBeGreaterThan(0);
      expect(expectedValue).toBe(probability! * value!.amount);
    }
  });

  it('is the record’s own amount where there is one above nothing', () => {
    const own = { ...worth, own: 'employees' };
    for (const [amount, from] of [[120, 'own'], [0, 'model'], [-5, 'model'], [null, 'model']] as const) {
      const vector = rows[0]!.with(EMPLOYEES, amount);
      const { value } = judged(own, vector);
      expect(value!.from).toBe(from);
      if (from === 'own') expect(value!.amount).toBe(amount);
    }
    const { value, expectedValue, probability } = judged({ ...own, model: null }, rows[0]!.with(EMPLOYEES, null));
    expect([value, expectedValue]).toEqual([null, null]);
    expect(probability).toBeGreaterThan(0);
  });

  it('is not said where the bundle does not, nor by the rules', () => {
    const { value: _, ...plain } = { ...bundle, value: worth };
    const without = assess({ subject: 'ld_a', vector: rows[0]!, sources: [], last: null, created: 0, lastTouch: null, lastEvent: 0 }, 1e9, { model: loadModel(plain), rules, columns });
    expect([without.level, without.value, without.expectedValue]).toEqual(['L0', null, null]);
    const byRules = judged(worth, rows[0]!, 'taken away');
    expect([byRules.level, byRules.value, byRules.expectedValue]).toEqual(['L3', null, null]);
  });

  it('comes from the own amount, or from what the model of the amount goes by', () => {
    const [own, modelled] = [{ ...worth, own: 'employees' }, worth].map((value) => {
      const engine = { model: loaded(value), rules, columns };
      const input = { subject: 'ld_a', vector: rows[0]!.with(EMPLOYEES, 120), sources: [], last: null, created: 0, lastTouch: null, lastEvent: 0 };
      const effects = explainedValue(input, { total: 1, chance: 1, value: 120, usual: 60, factors: [] }, engine);
      expect(explainedValue(input, { total: 1, chance: 1, value: 120, factors: [] }, { ...engine, columns: [] })).toEqual([]);
      return effects;
    });
    expect(own).toMatchObject([{ feature: 'employees', value: 120, effect: log(2) }]);
    expect(modelled).toMatchObject([{ feature: 'employees', value: 120 }]);
    expect(modelled![0]!.effect).not.toBe(0);
    expect(explainedValue({ subject: 'ld_a', vector: [], sources: [], last: null, created: 0, lastTouch: null, lastEvent: 0 }, { total: 1, chance: 1, value: 1, factors: [] }, { model: null, rules, columns })).toEqual([]);
  });

  it('is the same whatever else the vector holds', () => {
    const wide = [...columns, 'more'];
    const model = loaded(worth);
    for (const vector of rows.slice(0, 20)) {
      expect(model.score(wide, [...vector, hash32(String(vector))])!.value).toEqual(model.score(columns, vector)!.value);
    }
    expect(() => model.score(columns.toSpliced(EMPLOYEES, 1), rows[0]!)).toThrow(/employees/u);
  });
});
