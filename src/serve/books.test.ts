import { expect, test } from 'vitest';
import type { SubjectId } from '../events/index.ts';
import { createBooks, type Worth } from './books.ts';

const worthOf = (urgency: number, value: number | null = null, raw = 0, score = 0): Worth => ({ urgency, value, raw, score });
const id = (n: number): SubjectId => `ld_${String(n).padStart(5, '0')}` as SubjectId;

function bookOf(size: number, worth: (subject: SubjectId) => Worth | null = (subject) => worthOf(Number(subject.slice(3)) % 100)) {
  let [now, scored] = [0, 0];
  const subjects = Array.from({ length: size }, (_, n) => id(n));
  const books = createBooks({
    clock: () => now,
    state: { ownedFrom: (_, { from = '', limit }) => subjects.filter((subject) => subject >= from).slice(0, limit) },
    worth(subject) {
      scored += 1;
      return worth(subject);
    },
  });
  return { books, advance: (ms: number) => (now += ms), scored: () => scored };
}

test('a book is surveyed once in a while, a page at a time, and then says who stands best', async () => {
  const { books, advance, scored } = bookOf(2_500);
  expect(books.get('us_a')).toBeUndefined();
  await Promise.all([books.survey('us_a'), books.survey('us_a')]);
  expect([books.get('us_a')!.size, books.get('us_a')!.best(3), scored()]).toEqual([2_500, [id(99), id(199), id(299)], 2_500]);
  await books.survey('us_a');
  advance(3_600_000);
  await books.survey('us_a');
  expect(scored()).toBe(5_000);
});

test('others have their turn meanwhile, and a stop ends it', async () => {
  const { books, scored } = bookOf(2_500);
  const under = books.survey('us_a');
  await new Promise((resolve) => setImmediate(resolve));
  expect(scored()).toBeLessThan(100);
  await books.stop();
  await under;
  expect([scored() < 200, books.get('us_a')]).toEqual([true, undefined]);
});

test('what may not be scored has no place; a survey that fails leaves what was known', async () => {
  let broken = false;
  const { books, advance } = bookOf(50, (subject) => {
    if (broken) throw new Error('gone');
    return subject === id(7) ? null : worthOf(1);
  });
  await books.survey('us_a');
  expect(books.get('us_a')!.best(50)).not.toContain(id(7));
  broken = true;
  advance(3_600_000);
  await expect(books.survey('us_a')).rejects.toThrow('gone');
  expect(books.get('us_a')!.size).toBe(50);
});

test('goes by chance and urgency, by value where one is known, then by raw, and where rules answer by score', async () => {
  const worths = [worthOf(1, 10), worthOf(2), worthOf(1, 30), worthOf(1, 20, 5), worthOf(2, null, 1)];
  const { books } = bookOf(5, (subject) => worths[Number(subject.slice(3))]!);
  await books.survey('us_a');
  expect(books.get('us_a')!.best(5)).toEqual([4, 1, 2, 3, 0].map(id));
  expect(books.get('us_a')!.bestOf([id(0), id(3), id(9), id(1)], 2)).toEqual([id(1), id(3)]);
  const { books: byRules } = bookOf(3, (subject) => worthOf(1, null, -Infinity, [40, 60, 60][Number(subject.slice(3))]));
  await byRules.survey('us_a');
  expect(byRules.get('us_a')!.best(3)).toEqual([1, 2, 0].map(id));
});

test('a value that is not known counts as the usual one of its kind, of leads or of deals; of all where none of the kind is known', async () => {
  const subjects = ['ld_a', 'ld_b', 'ld_c', 'op_a', 'op_b', 'op_c'] as SubjectId[];
  const worths = new Map<string, Worth>([['ld_a', worthOf(1, 10)], ['ld_b', worthOf(1, 20)], ['ld_c', worthOf(1.5)], ['op_a', worthOf(1, 100)], ['op_b', worthOf(1.5)], ['op_c', worthOf(0.01)]]);
  const orderOf = async (among: readonly SubjectId[]): Promise<readonly string[]> => {
    const books = createBooks({ clock: () => 0, state: { ownedFrom: () => [...among] }, worth: (subject) => worths.get(subject)! });
    await books.survey('us_a');
    return books.get('us_a')!.best(9);
  };
  expect(await orderOf(subjects)).toEqual(['op_b', 'op_a', 'ld_b', 'ld_c', 'ld_a', 'op_c']);
  expect(await orderOf(['ld_a', 'ld_b', 'op_b'] as SubjectId[])).toEqual(['ld_b', 'op_b', 'ld_a']);
});

test('what changes has its new place soon, without a survey', async () => {
  const now = new Map<string, Worth | null>();
  const { books, scored } = bookOf(50, (subject) => now.get(subject) ?? (now.has(subject) ? null : worthOf(Number(subject.slice(3)))));
  await books.survey('us_a');
  expect(books.get('us_a')!.best(3)).toEqual([49, 48, 47].map(id));
  now.set(id(7), worthOf(48.5)).set(id(49), null).set(id(48), worthOf(1));
  books.changed([id(7), id(49), id(48), id(7), 'ld_stranger']);
  await books.settled();
  expect([books.get('us_a')!.best(3), scored()]).toEqual([[7, 47, 46].map(id), 53]);
  expect(books.get('us_a')!.best(99)).toHaveLength(49);
  now.delete(id(49));
  books.changed([id(49)]);
  await books.settled();
  expect(books.get('us_a')!.best(2)).toEqual([49, 7].map(id));
});
