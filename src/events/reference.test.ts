import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { catalogue } from './catalogue/index.ts';
import { catalogueReference } from './reference.ts';

it('the page docs/reference/events.md is the catalogue (write it anew with: vitest -u)', async () => {
  const page = fileURLToPath(new URL('../../docs/reference/events.md', import.meta.url));
  await expect(catalogueReference(catalogue)).toMatchFileSnapshot(page);
});
