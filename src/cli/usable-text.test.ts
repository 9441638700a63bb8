import { expect, it } from 'vitest';
import { usableText } from './usable-text.ts';

const since = (day: string | null) => ({ present: day === null ? 0 : 0.5, since: day === null ? null : `${day}T08:00:00.000Z` });

it('names the features whose history begins later, the latest first, and those that no sample has', () => {
  const usable = { age: since('2026-01-05'), visits: since('2026-01-05'), overdue: since('2026-02-01'), budget: since('2026-03-01'), rating: since(null) };
  expect(usableText(usable)).toBe(
    'usable history: 2 of 5 features from 2026-01-05 on\n  from a later day on: budget (2026-03-01), overdue (2026-02-01)\n  in no sample: rating; nothing told of them, or not before it was imported\n',
  );
});

it('counts what is too much to name, and says nothing of no samples', () => {
  const many = Object.fromEntries(Array.from({ length: 20 }, (_, n) => [`f${n}`, since(n === 0 ? '2026-01-05' : null)]));
  expect(usableText(many)).toMatch(/f12 and 7 more \(--json names all\)/u);
  expect(usableText({ age: since(null) })).toBe('');
});
