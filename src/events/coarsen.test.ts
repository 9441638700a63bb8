import { expect, it } from 'vitest';
import { emailDomainClass, seniority } from './coarsen.ts';
import { parseTime } from './time.ts';

it.each([
  ['Chief Revenue Officer', 'c_level'],
  ['CEO & Founder', 'c_level'],
  ['Vice President, Sales', 'vp'],
  ['SVP Marketing', 'vp'],
  ['Head of Procurement', 'director'],
  ['Vertriebsleiter', 'other'],
  ['Leiter Einkauf', 'director'],
  ['Product Manager', 'manager'],
  ['Software Engineer', 'staff'],
  ['Zauberer', 'other'],
  ['  ', null],
])('%s is %s', (title, rung) => {
  expect(seniority(title)).toBe(rung);
});

it.each([
  ['anna@gmail.com', 'freemail'],
  ['Anna@GMX.de', 'freemail'],
  ['anna@cs.stanford.edu', 'education'],
  ['anna@ox.ac.uk', 'education'],
  ['anna@uni-graz.at', 'education'],
  ['anna@nasa.gov', 'government'],
  ['anna@interieur.gouv.fr', 'government'],
  ['anna@notgmail.com', 'corporate'],
  ['anna@example.com', 'corporate'],
  ['anna at example.com', null],
  ['anna@localhost', null],
])('%s is %s', (email, group) => {
  expect(emailDomainClass(email)).toBe(group);
});

it.each([
  ['2026-03-02T08:30:00Z', Date.UTC(2026, 2, 2, 8, 30)],
  ['2026-03-02T08:30:00.123456+0000', Date.UTC(2026, 2, 2, 8, 30, 0, 123)],
  ['2026-03-02T08:30+05:30', Date.UTC(2026, 2, 2, 3)],
  ['2024-02-29T23:59:59-01:00', Date.UTC(2024, 2, 1, 0, 59, 59)],
  ['2026-02-29T00:00:00Z', undefined],
  ['2026-03-02T24:00:00Z', undefined],
  ['2026-03-02', undefined],
  ['2026-03-02T08:30:00', undefined],
  ['1772440200000', undefined],
])('the time %s is %s', (text, time) => {
  expect(parseTime(text)).toBe(time);
});
