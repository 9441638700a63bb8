import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { defaultWorld, loadWorld, worldNames } from './load.ts';
import { readParams } from './read-params.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'leadrank-world-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

describe('the parameters of a world', () => {
  it('come with leadrank for three worlds, each by its name', () => {
    expect(worldNames().toSorted()).toEqual(['default', 'harmful-actions', 'no-effect']);
    for (const name of worldNames()) expect(loadWorld(name).name).toBe(name);
  });

  it('take from the default what they leave out, but a market as a whole', () => {
    const params = loadWorld(file('own.yaml', 'name: own\nlead: {noise: 0.1}\nmarket: {sources: {Fair: [1, 0.5]}}\n'));
    expect(params.lead).toEqual({ ...defaultWorld().lead, noise: 0.1 });
    expect(params.market.sources).toEqual({ Fair: [1, 0.5] });
    expect(params.market.mail).toEqual(defaultWorld().market.mail);
  });

  it('may be JSON, and survive being written and read', () => {
    expect(loadWorld(file('own.json', JSON.stringify(defaultWorld())))).toEqual(defaultWorld());
  });

  it.each([
    ['lead: {noise: -1}', /lead\.noise: "-1": is a number from 0 to 5/u],
    ['lead: {nois: 1}', /lead: "nois": is not known here; use base, fit/u],
    ['lead: 3', /lead: "3": holds named entries/u],
    ['- a', /bad\.yaml: .*: holds named entries/u],
    ['market: {sources: {Web: [1]}}', /market\.sources\.Web: .*: is a list of two/u],
    ['market: {sources: {Web: [0, 1]}}', /market\.sources: has no choice with a weight above 0/u],
    ['actions: {call: {steady: much}}', /actions\.call\.steady: "much": is a number/u],
    ['a: [', /bad\.yaml:\d+: is not valid YAML/u],
  ])('%s is refused with its place', (text, message) => {
    expect(() => loadWorld(file('bad.yaml', text))).toThrow(message);
  });

  it('must all be there where there is nothing to take them from', () => {
    expect(() => readParams({ name: 'x' })).toThrow(/volume\.companies_a_lead/u);
    expect(() => loadWorld('mars')).toThrow(/"mars": is no file and no known world; name a file, or one of default/u);
  });
});
