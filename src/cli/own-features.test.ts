import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { featuresWith } from './own-features.ts';

const folder = mkdtempSync(join(tmpdir(), 'leadrank-own-features-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('a feature under a name of the house is refused with its file and place', () => {
  const file = join(folder, 'own.yaml');
  writeFileSync(file, 'features: { web_visits_7d: { of: lead, count: web.visited, days: 9 } }\n');
  expect(() => featuresWith(file)).toThrow(`${file}: features.web_visits_7d: is the name of a feature of the house for leads; give it another`);
});
