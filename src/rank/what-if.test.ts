import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bundleFixture } from './model.fixture.ts';
import { loadModel } from './model.ts';
import type { Changeable } from './policy/changeable.ts';
import { whatIf } from './what-if.ts';

const { bundle, rows } = bundleFixture();
const model = loadModel(bundle);
const columns = ['unused', ...model.columns];
const vectorOf = (row: (typeof rows)[number]): typeof row => ['kept for another model', ...row];
const changeable: Changeable = { web_visits_7d: 'shown', industry: 'shown', employees: 'association' };
const aRow = fc.constantFrom(...rows);

describe('what-if', () => {
  test('is the model’s answer to the changed record, and how much more that is', () => {
    fc.assert(
      fc.property(aRow, fc.integer({ min: 0, max: 11 }), fc.constantFrom('energy', 'retail', 'health', ''), (row, visits, industry) => {
        const found = whatIf(model, columns, vectorOf(row), [`web_visits_7d:${visits}`, `industry:${industry}`], changeable)!;
        const before = model.score(model.columns, row)!;
        const after = model.score(model.columns, [industry || null, row[1]!, visits, ...row.slice(3)])!;
        expect(found).toEqual({
          changes: [
            { feature: 'web_visits_7d', from: row[2], to: visits },
            { feature: 'industry', from: row[0], to: industry || null },
          ],
          evidence: 'shown',
          direction: after.raw > before.raw ? 'better' : after.raw < before.raw ? 'worse' : 'same',
          figures: {
            raw: after.raw,
            probability: after.probability,
            score: after.score,
            change: { raw: after.raw - before.raw, probability: after.probability - before.probability, score: after.score - before.score },
          },
        });
      }),
    );
  });

  test('nothing changes where nothing is changed', () => {
    const row = rows[0]!;
    expect(whatIf(model, columns, vectorOf(row), [`web_visits_7d:${row[2]}`], changeable)).toMatchObject({ direction: 'same', figures: { change: { raw: 0, probability: 0, score: 0 } } });
  });

  test('of an association it says the direction and no figure', () => {
    expect(whatIf(model, columns, vectorOf(rows[0]!), ['employees:3', 'web_visits_7d:11'], changeable)).toMatchObject({ evidence: 'association', figures: null });
  });

  test.each([
    ['lead_age_days:3', 'what_if "lead_age_days": is nothing that somebody can change; name one of "industry", "employees", "web_visits_7d"'],
    ['visits:3', 'what_if "visits": is no feature of the model; name one of "industry", "employees", "web_visits_7d"'],
    ['web_visits_7d', 'what_if "web_visits_7d": names no value; write feature:value'],
    ['web_visits_7d:many', 'what_if "web_visits_7d:many": is no finite number; give a number'],
    ['web_visits_7d: ', 'what_if "web_visits_7d: ": is no finite number'],
    ['employees:Infinity', 'what_if "employees:Infinity": is no finite number'],
    ['industry:mining', 'what_if "industry:mining": is a category that training never saw; give one of "energy"'],
  ])('%s is refused', (wish, message) => {
    expect(() => whatIf(model, columns, vectorOf(rows[0]!), [wish], changeable)).toThrow(message);
  });

  test('a feature that is changed twice is refused', () => {
    expect(() => whatIf(model, columns, vectorOf(rows[0]!), ['employees:3', 'employees:4'], changeable)).toThrow('what_if "employees": is changed twice');
  });
});
