import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { compileKernel, kernelModule } from '../../../scripts/build-kernels.ts';

it('the kernel that is shipped is the one that its source compiles to, and small enough for a browser', async () => {
  const wasm = await compileKernel(readFileSync(join(import.meta.dirname, 'score.as'), 'utf8'));
  expect(readFileSync(join(import.meta.dirname, 'score.wasm.ts'), 'utf8')).toBe(kernelModule(wasm));
  expect(wasm.length).toBeLessThan(4096); // what a page may compile at once
});
