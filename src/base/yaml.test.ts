import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { between, shape } from './form.ts';
import { readYaml, readYamlAs } from './yaml.ts';

const folder = mkdtempSync(join(tmpdir(), 'leadrank-yaml-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it.each([
  ['an alias', 'a: &x [1]\nb: *x\n', /repeats a part by an alias \(\*\); write it out/u],
  ['aliases of aliases', `a: &a [x, x]\n${'bcdefgh'.split('').map((name, i) => `${name}: &${name} [${`*${'abcdefgh'[i]},`.repeat(9)}]`).join('\n')}\n`, /by an alias/u],
  ['an alias of nothing', 'a: *x\n', /is not valid YAML|by an alias/u],
  ['a brace left open', 'a: {b\n', /:2: is not valid YAML; correct the line|:1: is not valid YAML; correct the line/u],
  ['the same name twice', 'a: 1\na: 2\n', /:2: is not valid YAML/u],
])('a file with %s is one clear line', (_name, text, message) => {
  const path = join(folder, 'file.yaml');
  writeFileSync(path, text);
  expect(() => readYaml(path)).toThrow(message);
});

it('a fault in what a file says names the file and the place', () => {
  const path = join(folder, 'own.yaml');
  const form = shape<{ a: number }>({ a: between(1, 2) });
  const read = (text: string) => (writeFileSync(path, text), readYamlAs(path, (value) => form(value, '')));
  expect(read('a: 1')).toEqual({ a: 1 });
  expect(() => read('a: 3')).toThrow(`${path}: a: "3": is a number from 1 to 2; correct it there`);
  expect(() => read('b: 3')).toThrow(`${path}: "b": is not known here; use a`);
});
