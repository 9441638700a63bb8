import { spawn } from 'node:child_process';
import { dirname, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openJournal, sampleJournals, type Decision } from '../src/audit/index.ts';
import { readConfig } from '../src/cli/config.ts';
import { monitorCommand, skewOf } from '../src/cli/monitor.ts';
import type { SubjectId } from '../src/events/index.ts';
import { LEAD_FEATURES } from '../src/features/index.ts';
import type { Skew } from '../src/monitor/index.ts';
import { NOW, smallCell, type TestCell } from './support/cell.ts';

const MAIN = resolve('src/cli/main.ts');
let cell: TestCell;
let truth: Decision;

/** Runs a verb in a process of its own, as an operator does. */
async function leadrank(...words: string[]): Promise<{ code: number; out: string; err: string }> {
  const child = spawn(process.execPath, [MAIN, ...words, '--data', dirname(cell.dir)], { stdio: ['ignore', 'pipe', 'pipe'] });
  const said = { out: '', err: '' };
  child.stdout.on('data', (chunk: Buffer) => (said.out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (said.err += chunk.toString()));
  const code = await new Promise<number>((done) => void child.on('close', (status) => done(status ?? -1)));
  return { code, ...said };
}

const skew = (...flags: string[]): ReturnType<typeof leadrank> => leadrank('monitor', 'skew', ...flags);
const inJson = ({ out }: { out: string }): Skew & { decisions: number; blank: number } => JSON.parse(out);

beforeAll(async () => {
  cell = await smallCell({ model: false, days: 30 });
  const { state, cell: { identities }, ledger } = cell.node;
  for (const owner of state.owners().slice(0, 4)) {
    const user = identities.externalOf(owner)!;
    const { body } = await cell.ask({ user, role: 'rep' }, 'GET', '/v1/worklist');
    cell.advance(3_600_000);
    await cell.ask({ user, role: 'rep' }, 'GET', `/v1/records/${body.items[0].record}/insight`);
    const lead = body.items.find(({ kind }: { kind: string }) => kind === 'lead');
    if (lead !== undefined) truth = ledger.find(lead.decision)!.decision;
  }
});
afterAll(() => cell?.close());

describe('`monitor skew`', () => {
  test('finds none beside a running cell', async () => {
    const { code, out } = await skew('--share', '1');
    expect([code, out]).toEqual([0, expect.stringContaining('No skew: the log gives every vector to the last bit')]);
    expect(out).toMatch(/in the sample of 1: \d+ vectors of \d+ features compared, [\d,]+ values/u);
  });

  test('looks at a share of the subjects, and from a time on', async () => {
    const all = inJson(await skew('--share', '1', '--json'));
    expect(all).toMatchObject({ ok: true, vectors: all.decisions, blank: 0, undeclared: [] });
    const lengths = sampleJournals(cell.node.cell.paths.journal, { wants: () => true, keep: ({ vector }) => vector.length }).kept;
    expect([all.decisions, all.values]).toEqual([lengths.length, lengths.reduce((sum, length) => sum + length, 0)]);
    const some = inJson(await skew('--share', '0.5', '--since', new Date(NOW + 1).toISOString(), '--json')).vectors;
    expect([some > 0, some < all.vectors]).toEqual([true, true]);
    const none = await skew('--since', '2031-01-01');
    expect([none.code, none.out]).toEqual([0, expect.stringContaining('Nothing was compared')]);
  });

  test('refuses a sample that would not fit into memory', async () => {
    await expect(skewOf(readConfig({ data: dirname(cell.dir) }), { share: 1, since: -Infinity, most: 2 })).rejects.toThrow(/--share 1: more than 2 decisions are in the sample.*lower --share, or begin later with --since/u);
  });

  test('refuses a share that is none and a time that is none', async () => {
    const asked = (...flags: string[]): Promise<unknown> => monitorCommand().parseAsync(['skew', ...flags], { from: 'user' });
    await expect(asked('--share', '0')).rejects.toThrow('"0": --share is a number from');
    await expect(asked('--since', 'yesterdayish')).rejects.toThrow('"yesterdayish": --since is a date or a time');
    await expect(asked('--data', 'nowhere')).rejects.toThrow('holds no cell');
  });

  test('skips what was erased, and finds none in the rest, on a stopped cell', async () => {
    const { state, cell: { identities }, ledger } = cell.node;
    const erased = state.owned(truth.user as SubjectId).find((lead) => lead !== truth.subject && ledger.placesOf(lead).length > 0)!;
    const record = identities.externalOf(erased)!;
    const blank = ledger.placesOf(erased).length;
    await cell.node.stop();
    expect(await leadrank('audit', 'erase', record)).toMatchObject({ code: 0 });
    const after = inJson(await skew('--share', '1', '--json'));
    expect(after).toMatchObject({ ok: true, blank, vectors: after.decisions - blank });
  });

  test('finds a falsified vector, with its feature and its decision', async () => {
    // Of its own: what it saw through linked records is unsettled since the erasure.
    const at = LEAD_FEATURES.findIndex(({ kind }, n) => kind.op !== 'cross' && Number(truth.vector[n]) > 0);
    const id = `d_${'f'.repeat(20)}`;
    const journal = await openJournal({ dir: cell.node.cell.paths.journal, server: 'other' });
    await journal.append([{ ...truth, id, vector: truth.vector.with(at, Number(truth.vector[at]) * 2) }]);
    await journal.close();

    const found = await skew('--share', '1', '--json');
    expect([found.code, inJson(found)]).toEqual([1, expect.objectContaining({ ok: false, differing: [id], unfounded: [] })]);
    const skewed = inJson(found).features.filter(({ mismatch, missing, extra }) => mismatch + missing + extra > 0);
    const example = { decision: id, outcome: 'mismatch', live: Number(truth.vector[at]) * 2, computed: truth.vector[at] };
    expect(skewed).toMatchObject([{ feature: LEAD_FEATURES[at]!.name, mismatch: 1, examples: [example] }]);
  });
});
