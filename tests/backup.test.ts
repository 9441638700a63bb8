import { spawn } from 'node:child_process';
import { appendFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { verifyJournals } from '../src/audit/index.ts';
import { openNode, type Node } from '../src/cli/node.ts';
import { readConfig } from '../src/cli/config.ts';
import { serviceEvent, type SubjectId } from '../src/events/index.ts';
import { catchUp, openMemoryState, type State } from '../src/features/index.ts';
import type { CellLog } from '../src/log/index.ts';
import { NOW, smallCell, type TestCell } from './support/cell.ts';

const MAIN = resolve('src/cli/main.ts');
const aside = mkdtempSync(join(tmpdir(), 'leadrank-backup-'));
const backup = join(aside, 'backup');
const opened: Node[] = [];
let cell: TestCell;
let gone: SubjectId;
let external: string;
let receipt: string;
let during: string[];

/** Runs a verb in a process of its own, as an operator does beside a running cell. */
async function leadrank(...words: string[]): Promise<{ code: number; out: string; err: string }> {
  const child = spawn(process.execPath, [MAIN, ...words], { stdio: ['ignore', 'pipe', 'pipe'] });
  const said = { out: '', err: '' };
  child.stdout.on('data', (chunk: Buffer) => (said.out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (said.err += chunk.toString()));
  const code = await new Promise<number>((done) => void child.on('close', (status) => done(status ?? -1)));
  return { code, ...said };
}

const idsOf = ({ log }: Node): string[] => [...log.read(0)].map(({ id }) => id);
const rowsOf = (state: State): Map<string, Buffer> =>
  new Map([...state.rows()].flatMap(({ table, key, bytes }) => (table === 'rows' ? [[key, Buffer.from(bytes)] as const] : [])));
const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)).filter((path) => statSync(path).isFile());

async function open(dir: string): Promise<Node> {
  const node = await openNode(readConfig({ data: dir }), { clock: () => NOW });
  opened.push(node);
  await node.caughtUp();
  return node;
}

beforeAll(async () => {
  cell = await smallCell({ model: false, days: 30 });
  const { node } = cell;
  for (const owner of node.state.owners().slice(0, 4)) {
    await cell.ask({ user: node.cell.identities.externalOf(owner)!, role: 'rep' }, 'GET', '/v1/worklist');
  }
  const told = [...node.log.read(0)];
  const named = new Set(told.flatMap(({ data }) => Object.values(data))); // events of others keep the id: a visitor's link, a merge, an opportunity's lead
  gone = told.find(({ type, subject }) => type === 'impression.shown' && !named.has(subject))!.subject; // of which there is a decision
  external = node.cell.identities.externalOf(gone)!;
  await (node.log as CellLog).compact({ keep: 100, size: 2_000 });
  expect((await leadrank('compact', '--data', dirname(cell.dir), '--json')).out).toContain('"segments":0');

  // the cell takes events all the while
  const user = node.state.owners()[0]!;
  const appended: Promise<unknown>[] = [];
  let number = 0;
  const ticker = setInterval(() => {
    const data = { user, decision: `d_${number}`, position: 1, list: 'l_1' };
    appended.push(node.log.append([serviceEvent({ type: 'impression.shown', subject: gone, time: NOW, data, id: `during_${number++}` })]));
  }, 2);
  const { code, err } = await leadrank('backup', '--data', dirname(cell.dir), '--out', backup, '--json');
  clearInterval(ticker);
  await Promise.all(appended);
  expect([code, err]).toEqual([0, expect.stringContaining('✓')]);
  during = idsOf(node);

  await node.caughtUp();
  receipt = (await node.eraser.erase(gone)).receipt;
  await node.log.append([serviceEvent({ type: 'impression.shown', subject: node.state.owned(user)[0]!, time: NOW, data: { user, decision: 'd_after', position: 1, list: 'l_1' }, id: 'after' })]);
});

afterAll(async () => {
  for (const node of opened) await node.stop();
  await cell.close();
  rmSync(aside, { recursive: true, force: true });
});

describe('the drill: a cell is lost and comes back', () => {
  const restored = join(aside, 'restored');

  test('from its backup, with what was erased since erased again', async () => {
    const { code, out, err } = await leadrank('restore', '--from', backup, '--data', restored, '--receipts', join(cell.dir, 'receipts'), '--json');
    expect([code, err]).toEqual([0, expect.stringContaining('✓ Laying out')]);
    expect(JSON.parse(out)).toMatchObject({ cell: cell.node.cell.id, erasedAgain: 1, replaced: null });

    const node = await open(restored);
    const ids = idsOf(node);
    const kept = new Set(idsOf(cell.node));
    // what was acknowledged before the backup began is there, what came meanwhile up to some moment, and nothing of the erased lead
    expect(ids.slice(0, -1)).toEqual(during.filter((id) => kept.has(id)).slice(0, ids.length - 1));
    expect(ids.at(-1)).toBe(receipt); // the word that it was erased
    expect([...node.log.read(0)].some(({ subject }) => subject === gone)).toBe(false);
    expect(node.cell.identities.find('lead', external)).toBeUndefined();
    expect(node.state.record(gone)).toBeUndefined();
    expect(node.receipts.find(receipt)).toMatchObject({ subject: gone, identity: true });
    expect(readdirSync(join(restored, 'us', 'receipts')).filter((name) => name.endsWith('.pending'))).toEqual([]);
  });

  test('folds to the same state as its log does from the beginning, and its journal holds', async () => {
    const node = opened[0]!;
    const clean = openMemoryState({ features: node.state.features });
    await catchUp(clean, node.log);
    const [found, expected] = [rowsOf(node.state), rowsOf(clean)];
    expect([...found.keys()]).toEqual([...expected.keys()]);
    // What the erased lead had told its account and its owner is taken out again: no value differs, though a byte of theirs may.
    const differing = [...expected.keys()].filter((key) => !found.get(key)!.equals(expected.get(key)!));
    expect(differing.filter((key) => !/^(ac|us|tm)_/u.test(key))).toEqual([]);
    for (const kind of ['ld_', 'op_', 'ct_', 'ac_']) {
      const subjects = [...expected.keys()].filter((key) => key.startsWith(kind)) as SubjectId[];
      const told = (state: State): unknown[] => subjects.map((subject) => {
        const { vector, sources, ...facts } = state.record(subject)!;
        return [facts, vector(NOW), sources(NOW)];
      });
      expect([kind, subjects.length]).toEqual([kind, expect.toSatisfy((count: number) => count > 0)]);
      expect(told(node.state)).toEqual(told(clean));
    }
    const others = node.state.owned(node.state.owners()[0]!);
    expect(others.map((subject) => node.cell.identities.externalOf(subject))).toEqual(others.map((subject) => cell.node.cell.identities.externalOf(subject)));
    const { ok, records, erased } = verifyJournals(join(restored, 'us', 'journal'), { erasedBy: node.receipts.covers });
    expect([ok, records > 0, erased > 0]).toEqual([true, true, true]);
  });

  test('keeps no byte of the erased lead but the receipts', () => {
    const holding = (word: string): string[] => filesBelow(restored).filter((path) => !path.includes('/receipts/') && readFileSync(path).includes(word));
    expect(holding(external)).toEqual([]);
    // Its random id alone: in the word of its erasure, and where the map of identities has wiped the secret that led from it to anyone.
    const [map, log, ...more] = holding(gone).map((path) => path.slice(restored.length + 1));
    expect([map, log, more]).toEqual([join('us', 'identities', 'identities.mdb'), expect.stringMatching(/log-\d+\.mdb$/u), []]);
    const bytes = readFileSync(join(restored, log!)).toString('latin1');
    for (let at = bytes.indexOf(gone); at >= 0; at = bytes.indexOf(gone, at + 1)) expect(bytes.slice(at - 200, at + 200)).toContain(receipt);
  });

  test('replaces a broken folder and takes the receipts from it', async () => {
    const broken = join(aside, 'broken');
    expect((await leadrank('restore', '--from', backup, '--data', broken, '--receipts', join(cell.dir, 'receipts'))).code).toBe(0);
    writeFileSync(join(broken, 'us', 'log', readdirSync(join(broken, 'us', 'log')).find((name) => name.endsWith('.mdb'))!), 'gone');
    const { code, out } = await leadrank('restore', '--from', backup, '--data', broken, '--replace', '--json');
    expect([code, JSON.parse(out)]).toEqual([0, expect.objectContaining({ erasedAgain: 1, replaced: expect.stringContaining('us.replaced-') })]);

    rmSync(join(broken, 'us'), { recursive: true }); // as where the machine stopped between moving the one aside and the other into its place
    const again = await leadrank('restore', '--from', backup, '--data', broken, '--replace', '--json');
    expect([again.code, JSON.parse(again.out)]).toEqual([0, expect.objectContaining({ erasedAgain: 1, replaced: null })]);
  });

  test('shows by its journals that a journal was cut off', async () => {
    const verify = (...words: string[]) => leadrank('audit', 'verify', '--data', join(aside, 'broken'), ...words);
    expect((await verify('--against', backup)).out).toMatch(/the chain holds/u);
    truncateSync(join(aside, 'broken', 'us', 'journal', 'node-00000001.journal'), 128);
    expect(await verify()).toMatchObject({ code: 0, out: expect.stringMatching(/^0 decisions/u) });
    expect(await verify('--against', backup)).toMatchObject({ code: 1, out: expect.stringMatching(/the end of the journal was cut off/u) });
  });
});

describe('what a restore refuses', () => {
  const target = join(aside, 'refused');
  const refused = async (...words: string[]): Promise<string> => {
    const { code, err } = await leadrank('restore', '--data', target, ...words);
    expect(code).not.toBe(0);
    expect(existsSync(target)).toBe(false);
    return err;
  };

  test('a folder that is no backup, another region, receipts of another cell', async () => {
    expect(await refused('--from', aside)).toContain('no such file');
    expect(await refused('--from', backup, '--cell', 'eu')).toContain('is of region "us"');
    expect(await refused('--from', backup, '--receipts', join(aside, 'none'))).toContain('no such folder');
  });

  test('a folder that exists', async () => {
    const { code, err } = await leadrank('restore', '--from', backup, '--data', dirname(cell.dir));
    expect([code, err]).toEqual([2, expect.stringContaining('exists already')]);
    expect((await leadrank('backup', '--data', dirname(cell.dir), '--out', backup)).err).toContain('exists already');
  });

  test.each(['a flipped byte', 'a lost file', 'a file too many'])('a backup with %s', async (damage) => {
    const victim = filesBelow(backup).find((path) => path.endsWith('.parquet') || path.endsWith('.mdb'))!;
    const whole = readFileSync(victim);
    if (damage === 'a flipped byte') writeFileSync(victim, Buffer.from(whole).fill(whole[100]! ^ 1, 100, 101));
    else if (damage === 'a lost file') rmSync(victim);
    else appendFileSync(join(backup, 'stray'), 'x');
    expect(await refused('--from', backup)).toMatch(/is not the file that was backed up|is missing from the backup|is not listed/u);
    writeFileSync(victim, whole);
    rmSync(join(backup, 'stray'), { force: true });
  });
});
