import { cpSync, existsSync, lstatSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { placeState, removeState, statePlace } from './state-place.ts';

let folder: string;
let root: string;
let memory: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'leadrank-place-'));
  [root, memory] = [join(folder, 'us'), join(folder, 'memory')];
  mkdirSync(root);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const fill = (place: string, text: string): void => writeFileSync(join(place, 'data.mdb'), text);
const held = (place: string): string | undefined => (existsSync(join(place, 'data.mdb')) ? readFileSync(join(place, 'data.mdb'), 'utf8') : undefined);

describe('a state', () => {
  it('lies in the folder of its cell where nothing else is said', () => {
    const place = placeState(root, null);
    fill(place, 'mine');
    expect([place, placeState(root, null), statePlace(root)]).toEqual(Array.from({ length: 3 }, () => join(root, 'state')));
    expect(held(place)).toBe('mine');
  });

  it('lies elsewhere where that is said, once and for all who look, also when what is in memory is gone', () => {
    fill(placeState(root, null), 'on the disk');
    const place = placeState(root, memory);
    expect([dirname(place), held(place)]).toEqual([memory, undefined]);
    fill(place, 'in memory');
    for (const elsewhere of [memory, null]) expect(held(placeState(root, elsewhere))).toBe('in memory');
    expect(statePlace(root)).toBe(place);
    rmSync(memory, { recursive: true });
    expect([statePlace(root), existsSync(place)]).toEqual([place, false]);
    expect([placeState(root, null), existsSync(place)]).toEqual([place, true]);
  });

  it('is removed where it was when it lies in a third place, and with its cell', () => {
    const before = placeState(root, memory);
    fill(before, 'in memory');
    const place = placeState(root, join(folder, 'other'));
    expect([existsSync(before), held(place)]).toEqual([false, undefined]);
    removeState(root);
    expect(existsSync(place)).toBe(false);
  });

  it('stays where it is when the other place cannot be made', () => {
    fill(placeState(root, null), 'on the disk');
    writeFileSync(memory, 'a file');
    expect(() => placeState(root, memory)).toThrow(memory);
    expect(held(statePlace(root))).toBe('on the disk');
  });

  it('is never taken for that of another cell', () => {
    const place = placeState(root, memory);
    fill(place, 'of the first');
    const copy = join(folder, 'eu');
    cpSync(root, copy, { recursive: true, verbatimSymlinks: true });
    expect(statePlace(copy)).toBe(join(copy, 'state'));
    expect(placeState(copy, memory)).not.toBe(place);
    cpSync(root, join(folder, 'third'), { recursive: true, verbatimSymlinks: true });
    expect(lstatSync(placeState(join(folder, 'third'), null)).isDirectory()).toBe(true);
    expect(held(place)).toBe('of the first');
  });

  it('that an earlier cell at the same path left elsewhere is not taken up', () => {
    fill(placeState(root, memory), 'of an earlier cell');
    rmSync(root, { recursive: true });
    mkdirSync(root);
    expect(held(placeState(root, memory))).toBeUndefined();
  });
});
