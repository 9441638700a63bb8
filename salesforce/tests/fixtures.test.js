/** @jest-environment node */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const read = (path) => readFileSync(join(__dirname, '..', path), 'utf8');

describe('the JSON that the Apex tests read', () => {
  it.each([
    ['LeadRankFixtureWorklist', 'worklist'],
    ['LeadRankFixtureInsight', 'insight'],
  ])('%s is the service\'s own fixture', (resource, fixture) => {
    const copy = read(`force-app/main/default/staticresources/${resource}.json`);
    expect(copy).toBe(read(`../fixtures/api/${fixture}.json`));
  });
});
