import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { featureReference } from './reference.ts';

it('the page docs/reference/features.md is the declarations (write it anew with: vitest -u)', async () => {
  const page = fileURLToPath(new URL('../../docs/reference/features.md', import.meta.url));
  await expect(featureReference()).toMatchFileSnapshot(page);
});
