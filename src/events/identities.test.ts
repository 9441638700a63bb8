import { expect, test } from 'vitest';
import { isSubject, memoryIdentities } from './identities.ts';

const asked = (seed?: number): string[] => {
  const identities = memoryIdentities(seed);
  return Array.from({ length: 1000 }, (_, n) => identities.subjectOf('lead', String(n % 500)));
};

test('with a seed a map gives the same subjects each time, each record its own', () => {
  expect(asked(7)).toEqual(asked(7));
  expect(new Set([...asked(7), ...asked(8)]).size).toBe(1000);
  expect(asked(7).every((subject) => isSubject('lead', subject))).toBe(true);
});

test('without one no two maps give the same', () => {
  expect(new Set([...asked(), ...asked()]).size).toBe(1000);
});
