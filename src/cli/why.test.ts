import { join } from 'node:path';
import { tmpdir } from 'node:os';
import { expect, test } from 'vitest';
import { whyCommand } from './why.ts';

const nowhere = join(tmpdir(), 'leadrank-why-nowhere');
const ask = (...words: string[]): Promise<unknown> => whyCommand().parseAsync([...words, '--data', nowhere], { from: 'user' });

test.each([['00Qa', 'over', '00Qb'], ['00Qa', '--over', '00Qb']])('%s %s %s asks of two records', async (...words) => {
  await expect(ask(...words)).rejects.toThrow('holds no cell'); // so both are known by then
});

test.each([['00Qa'], ['00Qa', '00Qb'], ['00Qa', 'over'], ['00Qa', 'over', '00Qb', '00Qc'], ['00Qa', 'over', '00Qb', '--over', '00Qc']])('%j does not', async (...words) => {
  await expect(ask(...words)).rejects.toThrow('is asked of two records; write `why RECORD over RECORD`');
});
