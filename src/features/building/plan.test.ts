import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { LEAD_FEATURES } from '../defaults/index.ts';
import { planBuild, removeScratch } from './plan.ts';

const folder = mkdtempSync(join(tmpdir(), 'leadrank-plan-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const options = (scratch: string) => ({ scratch, source: { folder, segments: [] }, features: LEAD_FEATURES, epoch: 0, rowsAShard: 1 });
const begun = (name: string): string => {
  const scratch = join(folder, name);
  planBuild(options(scratch));
  writeFileSync(join(scratch, 'shard 3'), '');
  return scratch;
};
const goesOn = (scratch: string, changed: object = {}): boolean => {
  planBuild({ ...options(scratch), ...changed });
  return existsSync(join(scratch, 'shard 3'));
};

it('a build goes on in its scratch as long as all is as it was', () => {
  expect(goesOn(begun('same'))).toBe(true);
  expect(goesOn(begun('epoch'), { epoch: 1 })).toBe(false);
  expect(goesOn(begun('features'), { features: LEAD_FEATURES.slice(1) })).toBe(false);
});

it('one that another code began does not', () => {
  const scratch = begun('code');
  const plan = join(scratch, 'plan.json');
  writeFileSync(plan, JSON.stringify({ ...JSON.parse(readFileSync(plan, 'utf8')), code: 'of yesterday' }));
  expect(goesOn(scratch)).toBe(false);
});

it('nor does one of which a part was removed', () => {
  const scratch = begun('part');
  rmSync(join(scratch, 'plan.json')); // it goes first
  expect(goesOn(scratch)).toBe(false);
  removeScratch(scratch);
  removeScratch(scratch);
  expect(existsSync(scratch)).toBe(false);
});
