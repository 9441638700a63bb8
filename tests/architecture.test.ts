import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '..');
const source = join(root, 'src');

interface Import {
  from: string; // path below src
  to: string; // path below src, or a bare package name
  text: string;
}

function floors(): Map<string, number> {
  const table = readFileSync(join(root, 'docs', 'architecture.md'), 'utf8');
  const rows = table.matchAll(/^\| (?<folder>[a-z]+) \| (?<floor>\d+) \|/gm);
  return new Map([...rows].map(({ groups }) => [groups!['folder']!, Number(groups!['floor'])]));
}

function modules(folder = source): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) return modules(path);
    return name.endsWith('.ts') ? [path] : [];
  });
}

const IMPORT = /(?:^|\n)\s*(?:import|export)\s[^;'"]*?from\s+'([^']+)'|(?:^|\n)\s*import\s+'([^']+)'|\bimport\(\s*'([^']+)'\s*\)/g;

function imports(path: string): Import[] {
  const text = readFileSync(path, 'utf8');
  return [...text.matchAll(IMPORT)].map((match) => {
    const name = match[1] ?? match[2] ?? match[3]!;
    const to = name.startsWith('.') ? relative(source, resolve(dirname(path), name)) : name;
    return { from: relative(source, path), to, text: name };
  });
}

const table = floors();
const files = modules();
const edges = files.flatMap(imports).filter(({ text }) => text.startsWith('.'));
const room = (path: string): string => path.split('/')[0]!;
const isFace = (path: string): boolean => /^([a-z]+\/index|base\/portable)\.ts$/.test(path);
const isTest = (path: string): boolean => /\.(test|fixture)\.ts$|conformance\.ts$/.test(path);

describe('the architecture table', () => {
  test('looks at real modules and real imports', () => {
    expect(table.size).toBeGreaterThan(10);
    expect(files.length).toBeGreaterThan(50);
    expect(edges.length).toBeGreaterThan(100);
  });

  test('names every folder of src, and no other', () => {
    const folders = readdirSync(source).filter((name) => statSync(join(source, name)).isDirectory());
    expect([...table.keys()].toSorted()).toEqual(folders.toSorted());
  });

  test('a module imports only from lower floors, and only through a face', () => {
    const wrong = edges
      .filter(({ from, to }) => !to.startsWith('..') && room(from) !== room(to))
      .filter(({ from, to }) => !(table.get(room(to))! < table.get(room(from))!) || !isFace(to))
      .map(({ from, to }) => `${from} → ${to}`);
    expect(wrong).toEqual([]);
  });

  test('nothing below src reaches outside it, tests apart', () => {
    const wrong = edges.filter(({ from, to }) => !isTest(from) && to.startsWith('..')).map(({ from, to }) => `${from} → ${to}`);
    expect(wrong).toEqual([]);
  });

  test('no import cycle inside a room', () => {
    const next = new Map<string, string[]>();
    for (const { from, to } of edges) if (!isTest(from)) next.set(from, [...(next.get(from) ?? []), to]);
    const done = new Set<string>();
    const cycles: string[] = [];
    const visit = (path: string, trail: string[]): void => {
      if (trail.includes(path)) cycles.push([...trail.slice(trail.indexOf(path)), path].join(' → '));
      if (done.has(path) || trail.includes(path)) return;
      for (const to of next.get(path) ?? []) visit(to, [...trail, path]);
      done.add(path);
    };
    for (const path of next.keys()) visit(path, []);
    expect(cycles).toEqual([]);
  });

  test('only the composition root imports the sandbox', () => {
    const wrong = edges.filter(({ from, to }) => room(to) === 'sandbox' && !['sandbox', 'cli'].includes(room(from)));
    expect(wrong).toEqual([]);
  });

  test('the trees run in a browser: of base they see the portable face, and that reaches no Node module', () => {
    const wrong = edges.filter(({ from, to }) => room(from) === 'trees' && !isTest(from) && to === 'base/index.ts');
    expect(wrong.map(({ from }) => from)).toEqual([]);
    const reached = new Set(['base/portable.ts']);
    for (const path of reached) for (const { from, to } of edges) if (from === path) reached.add(to);
    const bare = [...reached].flatMap((path) => imports(join(source, path))).filter(({ text }) => !text.startsWith('.'));
    expect(bare).toEqual([]);
  });

  test('the scorer depends on nothing but base', () => {
    const bare = files
      .filter((path) => relative(source, path).startsWith('trees/') && !isTest(path))
      .flatMap(imports)
      .filter(({ text }) => !text.startsWith('.'));
    expect(bare).toEqual([]);
  });

  test('a file is one idea: half below 80 lines, nine in ten below 200, none above 400', () => {
    const lines = files
      .filter((path) => !isTest(path))
      .map((path) => readFileSync(path, 'utf8').split('\n').length)
      .toSorted((a, b) => a - b);
    expect(lines[Math.floor(lines.length * 0.5)]).toBeLessThan(100);
    expect(lines[Math.floor(lines.length * 0.9)]).toBeLessThan(200);
    expect(lines.at(-1)).toBeLessThanOrEqual(400);
  });
});
