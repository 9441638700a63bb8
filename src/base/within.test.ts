import { describe, expect, it } from 'vitest';
import { inputFault } from './errors.ts';
import { within } from './within.ts';

describe('within', () => {
  const naming = (value: string) => () => {
    throw inputFault(value, 'is not one', 'give one');
  };
  it.each([
    ['features.x', undefined, 'a.yaml: features.x: is not one; give one'],
    ['the file: 7', undefined, 'a.yaml: 7: is not one; give one'],
    ['a.yaml:3', undefined, 'a.yaml:3: is not one; give one'],
    ['policy.quota: 7', 'policy', 'a.yaml: quota: 7: is not one; give one'],
    ['policy: 7', 'policy', 'a.yaml: 7: is not one; give one'],
    ['policymaker', 'policy', 'a.yaml: policymaker: is not one; give one'],
  ])('a Fault of %j, where the whole is %j: %s', (value, root, message) => {
    expect(() => within('a.yaml', naming(value), root === undefined ? {} : { root })).toThrow(expect.objectContaining({ kind: 'input', message }));
  });

  it('gives what is read, and leaves what is no Fault as it is', () => {
    const error = new Error('x');
    expect(within('a.yaml', () => 7)).toBe(7);
    expect(() => within('a.yaml', () => { throw error; })).toThrow(error);
  });
});
