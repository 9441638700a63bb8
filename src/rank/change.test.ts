import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { HOUR, MINUTE } from '../base/index.ts';
import { changeOf, type Seen } from './change.ts';
import type { Effect } from './reasons.ts';

const NOW = Date.UTC(2026, 2, 2, 9);
const FACTS = { created: NOW - 100 * HOUR, lastTouch: null, lastEvent: NOW - 50 * HOUR };
type Factors = Seen['priority']['factors'];
const factor = (name: 'deadline' | 'freshness' | 'rest', size: number, sentence: string): Factors[number] => ({ name, rule: null, factor: size, sentence });
const effect = (feature: string, size: number, text: string): Effect => ({ feature, theme: 'intent', effect: size, sentence: () => text });

interface Given extends Partial<Omit<Seen, 'priority'>> {
  readonly chance?: number;
  readonly value?: number;
  readonly factors?: Factors;
}

const seen = ({ chance = 0.1, value = 1, factors = [], ...rest }: Given = {}): Seen => ({
  subject: 'ld_a',
  position: 5,
  time: NOW - 2 * HOUR,
  bundle: 'b1',
  priority: { chance, value, factors, total: factors.reduce((total, one) => total * one.factor, chance * value) },
  facts: FACTS,
  raw: 0,
  effects: null,
  ...rest,
});
const later = (given: Given): Seen => seen({ position: 2, time: NOW, ...given });

describe('what changed a place', () => {
  test('nothing is said of a place that is the same', () => {
    expect(changeOf(seen(), seen({ chance: 0.3 }), null)).toBeNull();
  });

  test.each<[string, Seen, Seen, number | null, string]>([
    [
      'the facts, by the feature that changed most',
      seen({ effects: [effect('visits', -0.2, 'no visit'), effect('size', 0.1, 'a small company')] }),
      later({ chance: 0.2, raw: 0.8, effects: [effect('visits', 0.6, '3 visits'), effect('size', 0.1, 'a small company')] }),
      0,
      '3 visits (before: no visit)',
    ],
    ['the facts, where no model can be asked', seen(), later({ chance: 0.2, raw: 0.8 }), null, 'its chance is better than before'],
    ['a new model', seen(), later({ chance: 0.2, raw: 0.8, bundle: 'b2' }), 0.7, 'a new model thinks better of it'],
    ['the facts, although the model is new', seen(), later({ chance: 0.2, raw: 0.8, bundle: 'b2' }), 0.1, 'its chance is better than before'],
    ['its value', seen(), later({ value: 3 }), 0, 'it is worth more than before'],
    ['a deadline', seen({ factors: [factor('deadline', 2, 'due')] }), later({ factors: [factor('deadline', 3, 'its deadline is near')] }), 0, 'its deadline is near'],
    ['a contact', seen({ factors: [factor('deadline', 2, 'due')] }), later({ position: 9, facts: { ...FACTS, lastTouch: NOW - MINUTE } }), 0, 'it was contacted since'],
    ['what is over', seen({ factors: [factor('freshness', 1.5, 'news')] }), later({ position: 9 }), 0, 'what made it urgent is over'],
    ['others that came', seen(), later({ position: 9 }), 0, 'others came before it'],
    ['others that went, although its own chance is worse', seen(), later({ chance: 0.09 }), 0, 'others above it went down or off the list'],
  ])('is told by %s', (_name, before, after, rawBefore, sentence) => {
    expect(changeOf(before, after, rawBefore)).toMatchObject({ from: 5, sentence });
  });

  test('what was not there is new', () => {
    expect(changeOf(null, later({}), null)).toEqual({ from: null, by: 'new', sentence: 'new on the list: nobody has been in touch with it yet' });
    expect(changeOf(null, later({ factors: [factor('deadline', 2, 'due soon')] }), null)!.sentence).toBe('new on the list: due soon');
  });

  test('names the greatest part in the direction of the place, or else the others', () => {
    const some = fc.record({ chance: fc.double({ min: 0.01, max: 0.9, noNaN: true }), value: fc.integer({ min: 1, max: 9 }), lift: fc.constantFrom(0.5, 1, 2, 3) });
    fc.assert(
      fc.property(some, some, fc.integer({ min: 1, max: 9 }), (a, b, position) => {
        const of = ({ chance, value, lift }: typeof a): Given => ({ chance, value, factors: lift === 1 ? [] : [factor('deadline', lift, 'due')] });
        const [before, after] = [seen(of(a)), seen({ ...of(b), position, time: NOW })];
        const found = changeOf(before, after, 0);
        if (position === 5) return void expect(found).toBeNull();
        const sizes: Record<string, number> = { chance: Math.log(b.chance / a.chance), value: Math.log(b.value / a.value), deadline: Math.log(b.lift / a.lift) };
        const total = Object.values(sizes).reduce((sum, size) => sum + size, 0);
        const sign = position < 5 ? 1 : -1;
        if (Math.abs(total) < 0.0199 || total * sign < 0) expect(found!.by).toBe('others');
        else if (Math.abs(total) > 0.0201) expect(sizes[found!.by]! * sign).toBeCloseTo(Math.max(...Object.values(sizes).map((size) => size * sign)), 9);
      }),
    );
  });
});
