import { expect, it } from 'vitest';
import { VERBS } from './verbs.ts';

it.each(VERBS)('$name is listed as it describes itself', async ({ name, summary, load }) => {
  const command = await load();
  expect([command.name(), command.summary()]).toEqual([name, summary]);
  expect(command.description()).not.toBe('');
});
