import { expect, it } from 'vitest';
import { DAY } from '../base/index.ts';
import { readPlan } from './plan.ts';

it('the ages at which records are sampled are days, each once, the youngest first', () => {
  expect(readPlan({ ages: '7, 0.25,1,7' })).toEqual({ ages: [DAY / 4, DAY, 7 * DAY] });
  expect(readPlan({ atAges: true })).toEqual({ moments: 'at ages' });
  expect(readPlan({})).toEqual({});
});

it('a value that is none is refused with what it has to be', () => {
  for (const ages of ['', '1,', 'young', '-1', '4000']) expect(() => readPlan({ ages })).toThrow(/--ages is a number from 0\.01 to 3650; give one in that range/u);
  expect(() => readPlan({ ages: Array.from({ length: 51 }, (_, age) => age + 1).join() })).toThrow(/--ages names more than 50 ages; leave some out/u);
});
