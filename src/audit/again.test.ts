import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { makeFolder } from '../base/index.ts';
import { eraseAgain } from './again.ts';
import { openReceipts } from './receipt.ts';

const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const id = (letter: string): string => `er_${letter.repeat(20)}`;
const receipt = (letter: string) => ({ receipt: id(letter), subject: `ld_${letter}`, requested: 5, completed: 6, identity: true, suppression: `key of ${letter}`, events: 3, quarantined: 0, decisions: ['d_1'], places: [] });

let [from, dir] = ['', ''];
beforeEach(() => {
  const both = mkdtempSync(join(tmpdir(), 'leadrank-again-'));
  [from, dir] = [join(both, 'from'), join(both, 'receipts')];
  for (const folder of [from, dir]) makeFolder(folder);
});
afterEach(() => rmSync(join(from, '..'), { recursive: true, force: true }));

const again = (): number => eraseAgain({ from, dir, key: publicKey });
const notes = (): { subject?: string; suppression?: string }[] => readdirSync(dir).filter((file) => file.endsWith('.pending')).map((file) => JSON.parse(readFileSync(join(dir, file), 'utf8')));

it('asks again for what was erased since, and for what was being erased', () => {
  const [lost, kept] = [from, dir].map((folder) => openReceipts({ dir: folder, key: privateKey }));
  for (const letter of ['a', 'b']) lost!.write(receipt(letter));
  kept!.write(receipt('a'));
  writeFileSync(join(from, `${id('c')}.pending`), JSON.stringify({ ...receipt('c'), completed: undefined }));
  writeFileSync(join(from, 'notes.txt'), 'x');
  expect(again()).toBe(2);
  expect(notes().map(({ subject, suppression }) => [subject, suppression])).toEqual([['ld_b', 'key of b'], ['ld_c', 'key of c']]);
});

it('leaves a note that the backup holds as it is: it knows what was blanked already', () => {
  const note = JSON.stringify({ ...receipt('a'), places: [{ segment: 's', at: 128 }] });
  writeFileSync(join(dir, `${id('a')}.pending`), note);
  openReceipts({ dir: from, key: privateKey }).write(receipt('a'));
  expect([again(), readFileSync(join(dir, `${id('a')}.pending`), 'utf8')]).toEqual([0, note]);
});

it.each([
  ['another signature', JSON.stringify({ ...receipt('a'), signature: 'AAAA' })],
  ['no signature', JSON.stringify(receipt('a'))],
  ['a number', '3'],
  ['nothing', 'null'],
  ['no JSON', '{'],
])('a receipt with %s is refused in one line, there and among our own', (_name, content) => {
  for (const folder of [from, dir]) writeFileSync(join(folder, `${id('a')}.json`), content);
  expect(() => openReceipts({ dir, key: privateKey }).find(id('a'))).toThrow(/does not bear the cell's signature; restore it from a backup/u);
  rmSync(join(dir, `${id('a')}.json`));
  expect(again).toThrow(/is no receipt of this cell; give the receipts/u);
  expect(readdirSync(dir)).toEqual([]);
});

it('a note that does not say of whom is refused', () => {
  writeFileSync(join(from, `${id('a')}.pending`), '{}');
  expect(again).toThrow(/is no receipt of this cell/u);
});
