import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { compileKernel, kernelModule } from '../../../scripts/build-kernels.ts';

it.each(['score', 'grow'])('the %s kernel that is shipped is the one its source compiles to, and small enough for a browser', async (name) => {
  const wasm = await compileKernel(readFileSync(join(import.meta.dirname, `${name}.as`), 'utf8'));
  expect(readFileSync(join(import.meta.dirname, `${name}.wasm.ts`), 'utf8')).toBe(kernelModule(wasm));
  expect(wasm.length).toBeLessThan(4096); // what a page may compile at once
});
