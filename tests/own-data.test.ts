import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Fault, openCsv, random } from '../src/base/index.ts';
import { readBundle } from '../src/bundle/index.ts';
import { fitCommand } from '../src/cli/fit.ts';
import { predictCommand } from '../src/cli/predict.ts';
import type { FitReport } from '../src/report/index.ts';

const SHARED = '../shared/data';
const dir = mkdtempSync(join(tmpdir(), 'own-data-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

/** Runs a command as the terminal would; resolves with what it printed. */
async function run(verb: 'fit' | 'predict', ...words: string[]): Promise<{ out: string; err: string }> {
  const said = { out: '', err: '' };
  const sink = (name: 'out' | 'err'): Writable =>
    new Writable({
      write(chunk: Buffer, _encoding, done) {
        said[name] += chunk.toString();
        done();
      },
    });
  const streams = { out: sink('out'), err: sink('err') };
  const command = verb === 'fit' ? fitCommand(streams) : predictCommand(streams);
  command.exitOverride().configureOutput({ writeOut: () => {}, writeErr: () => {} });
  await command.parseAsync(words, { from: 'user' });
  return said;
}

async function faultOf(promise: Promise<unknown>): Promise<Fault> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(Fault);
  expect((error as Fault).message).not.toContain('\n');
  return error as Fault;
}

function put(name: string, content: string | Uint8Array): string {
  const path = join(dir, name);
  writeFileSync(path, content);
  return path;
}

async function rowsOf(path: string): Promise<Record<string, string>[]> {
  const { header, rows } = await openCsv(path);
  const all: Record<string, string>[] = [];
  for await (const row of rows) all.push(Object.fromEntries(header.map((name, i) => [name, row[i]!])));
  return all;
}

/** 300 rows with a signal, dates, a decimal comma, odd categories and ids that begin a formula. */
function smallFile(separator = ';', newline = '\r\n'): string {
  const source = random(11);
  const lines = [['Ref', 'Created', 'Amount', 'Source', 'Won'].join(separator)];
  for (let row = 0; row < 300; row++) {
    const amount = source.normal() * 3;
    const from = source.pick(['web', '<script>alert(1)</script>', 'Select', '']);
    const created = new Date(Date.UTC(2024, 0, 1 + source.below(300))).toISOString().slice(0, 10);
    const won = amount + (from === 'web' ? 2 : 0) + source.normal() > 1 ? 'yes' : 'no';
    const price = amount.toFixed(2).replace('.', ',');
    lines.push([`=cmd|${row}`, created, separator === ',' ? `"${price}"` : price, `"${from}"`, won].join(separator));
  }
  return `\uFEFF${lines.join(newline)}${newline}`;
}

describe('two commands on a small file', () => {
  const model = join(dir, 'small');
  const scored = join(dir, 'small-scored.csv');
  let data: string;
  let report: FitReport;
  beforeAll(async () => {
    data = put('small.csv', smallFile());
    report = JSON.parse(
      (await run('fit', data, '--label', 'Won', '--id', 'Ref', '--out', model, '--json')).out,
    ) as FitReport;
    await run('predict', model, data, '--out', scored, '--reasons', '2', '--contributions', '--raw');
  });

  test('the columns are what a person would say they are', () => {
    const { spec } = readBundle(model);
    expect(spec).toMatchObject({
      kind: 'table',
      table: {
        id: 'Ref',
        columns: [
          { name: 'Created', kind: 'date', order: 'ymd' },
          { name: 'Amount', kind: 'numeric', decimal: ',' },
          { name: 'Source', kind: 'categorical' },
        ],
      },
    });
    expect(report.metrics.random.auc.value).toBeGreaterThan(0.85);
    expect(report.missing).toMatchObject([{ column: 'Source' }]);
  });

  test('every row is scored once; contributions and bias sum to raw; probability follows raw', async () => {
    const rows = await rowsOf(scored);
    const inputs = report.inputs.map(({ name }) => name);
    expect(Object.keys(rows[0]!)).toEqual([
      'id',
      'probability',
      'score',
      'raw',
      'reason_1',
      'reason_2',
      ...inputs,
      'bias',
    ]);
    expect(rows).toHaveLength(300);
    for (const row of rows) {
      const sum = [...inputs, 'bias'].reduce((total, name) => total + Number(row[name]), 0);
      expect(Math.abs(sum - Number(row['raw']))).toBeLessThan(1e-9);
      expect(Number(row['probability'])).toBeGreaterThan(0);
      expect(Number(row['probability'])).toBeLessThan(1);
      expect(row['score']).toMatch(/^(?:100|\d{1,2})$/);
    }
    const byRaw = rows.toSorted((a, b) => Number(a['raw']) - Number(b['raw'])).map((row) => Number(row['probability']));
    expect(byRaw).toEqual(byRaw.toSorted((a, b) => a - b));
  });

  test('reasons are the strongest contributions in words', async () => {
    for (const row of (await rowsOf(scored)).slice(0, 50)) {
      const strongest = report.inputs
        .map(({ name }) => ({ name, effect: Number(row[name]) }))
        .toSorted((a, b) => Math.abs(b.effect) - Math.abs(a.effect))[0]!;
      expect(row['reason_1']).toContain(`${strongest.name} = `);
      const sign = strongest.effect < 0 ? '-' : '+';
      expect(row['reason_1']).toContain(`(${sign}${Math.abs(strongest.effect).toFixed(2)})`);
    }
  });

  test('no cell is a formula, no page holds markup of the file', async () => {
    expect((await rowsOf(scored)).every((row) => row['id']!.startsWith("'=cmd|"))).toBe(true);
    const card = readFileSync(join(model, 'card.html'), 'utf8');
    expect(card).not.toContain('<script');
    expect(card).toContain('Won = yes');
  });

  test('the same file, command and seed give the same bundle; separator and line ends do not matter', async () => {
    const other = put('comma.csv', smallFile(',', '\n'));
    const again = join(dir, 'again');
    await run('fit', other, '--label', 'Won', '--id', 'Ref', '--out', again);
    expect(readBundle(again).id).toBe(readBundle(model).id);
  });

  test('extra and reordered columns change nothing; rows go by number without an id', async () => {
    const rows = (await rowsOf(data)).slice(0, 20);
    const lines = rows.map((row) => `"${row['Source']}",x,"${row['Amount']}",${row['Created']},${row['Ref']}`);
    const shuffled = put('shuffled.csv', ['Source,Extra,Amount,Created,Ref', ...lines].join('\n'));
    const out = join(dir, 'shuffled-scored.csv');
    const { err } = await run('predict', model, shuffled, '--out', out, '--raw');
    expect(err.match(/Extra/g)).toHaveLength(1);
    const raws = (await rowsOf(out)).map((row) => row['raw']);
    expect(raws).toEqual((await rowsOf(scored)).slice(0, 20).map((row) => row['raw']));

    const nameless = join(dir, 'nameless');
    await run('fit', data, '--label', 'Won', '--ignore', 'Ref', '--out', nameless);
    await run('predict', nameless, shuffled, '--out', out);
    expect((await rowsOf(out)).map((row) => row['id'])).toEqual(Array.from({ length: 20 }, (_, i) => String(i + 1)));
  });

  test('with --time, dates are aged to the row and the hold-out is in time order', async () => {
    const timed = join(dir, 'timed');
    const { out } = await run(
      'fit',
      data,
      '--label',
      'Won',
      '--id',
      'Ref',
      '--time',
      'Created',
      '--out',
      timed,
      '--json',
    );
    const told = JSON.parse(out) as FitReport;
    expect(told.metrics.order).toBe('time');
    expect(told.inputs.map(({ name }) => name)).toEqual(['Created (weekday)', 'Created (month)', 'Amount', 'Source']);
  });
});

describe('what cannot be used gets one clear line and leaves what was there untouched', () => {
  const model = join(dir, 'kept');
  let data: string;
  beforeAll(async () => {
    data = put('kept.csv', smallFile());
    await run('fit', data, '--label', 'Won', '--id', 'Ref', '--out', model);
  });
  const table = (cells: string[]): string => `x,y\n${cells.map((cell, i) => `${i},${cell}`).join('\n')}\n`;

  test.each<[string, string | Uint8Array | null, string, string]>([
    ['a missing file', null, 'y', 'no such file'],
    ['an empty file', '', 'y', 'the file is empty'],
    ['a header alone', 'x,y\n', 'y', 'a header without rows'],
    ['an unknown label', 'x,y\n1,0\n', 'z', 'has no such column'],
    ['a label of three values', table(['a', 'b', 'c']), 'y', 'it holds 3 values'],
    ['a label of one value', table(['a', 'a']), 'y', 'it holds one value'],
    ['too few rows', table(['a', 'b']), 'y', 'at least 8 of each'],
    ['a ragged row', 'x,y\n1,0\n2\n', 'y', 'line 3: the row has 1 fields where the header has 2'],
    ['a field of 10 MB', `x,y\n${'a'.repeat(10 << 20)},1\n`, 'y', 'more than 1048576'],
    ['a binary file', Uint8Array.from({ length: 4096 }, (_, i) => i % 7), 'y', 'is not a text file'],
    ['another encoding', Buffer.from('x,y\n\xFCber,1\n', 'latin1'), 'y', 'is not UTF-8'],
  ])('fit on %s', async (name, content, label, words) => {
    const path = content === null ? join(dir, 'none.csv') : put(`${name.replaceAll(' ', '-')}.csv`, content);
    const before = readBundle(model).id;
    expect((await faultOf(run('fit', path, '--label', label, '--out', model))).message).toContain(words);
    expect(readBundle(model).id).toBe(before);
  });

  test('fit into a folder that is something else, or below a file', async () => {
    const folder = mkdtempSync(join(dir, 'other-'));
    writeFileSync(join(folder, 'thesis.txt'), 'mine');
    expect((await faultOf(run('fit', data, '--label', 'Won', '--out', folder))).kind).toBe('conflict');
    expect(readdirSync(folder)).toEqual(['thesis.txt']);
    await faultOf(run('fit', data, '--label', 'Won', '--out', join(data, 'model')));
  });

  test('predict with a missing column, a flipped bit, a newer bundle, no bundle', async () => {
    const out = put('scored.csv', 'old');
    const narrow = put('narrow.csv', 'Ref,Created,Source\n1,2024-01-01,web\n');
    expect((await faultOf(run('predict', model, narrow, '--out', out))).message).toContain('"Amount"');

    const broken = join(dir, 'broken');
    await run('fit', data, '--label', 'Won', '--id', 'Ref', '--out', broken);
    const bytes = readFileSync(join(broken, 'trees.bin'));
    bytes[bytes.length >> 1]! ^= 4;
    writeFileSync(join(broken, 'trees.bin'), bytes);
    expect(await faultOf(run('predict', broken, data, '--out', out))).toMatchObject({ kind: 'corrupt' });

    const manifest = JSON.parse(readFileSync(join(model, 'manifest.json'), 'utf8')) as { format: number };
    writeFileSync(join(broken, 'manifest.json'), JSON.stringify({ ...manifest, format: 99 }));
    expect(await faultOf(run('predict', broken, data, '--out', out))).toMatchObject({ kind: 'newer' });
    expect(await faultOf(run('predict', join(dir, 'nothing'), data, '--out', out))).toMatchObject({ kind: 'missing' });
    expect(readFileSync(out, 'utf8')).toBe('old');
  });

  test('predict whose input breaks half-way, whose disk is full, whose output cannot be', async () => {
    const out = put('half.csv', 'old');
    const names = readdirSync(dir).length;
    const half = put('half-in.csv', `${smallFile()}oops;1\r\n`);
    expect((await faultOf(run('predict', model, half, '--out', out))).message).toContain('line 302');
    expect(readFileSync(out, 'utf8')).toBe('old');
    expect(readdirSync(dir)).toHaveLength(names + 1); // no temporary file stays
    expect((await faultOf(run('predict', model, data, '--out', '/dev/full'))).rule).toBe('no space left on the disk');
    expect((await faultOf(run('predict', model, data, '--out', dir))).rule).toBe('is a folder where a file is needed');
    expect((await faultOf(run('predict', model, data, '--out', join(dir, 'no', 'x.csv')))).kind).toBe('missing');
  });

  test('flags are strict', async () => {
    await expect(run('fit', data, '--label', 'Won', '--out', model, '--sed', '1')).rejects.toThrow('unknown option');
    await expect(run('fit', data, '--out', model)).rejects.toThrow('--label');
    await expect(run('predict', model, data, '--out', 'x.csv', '--reasons', 'many')).rejects.toThrow('whole number');
  });
});

const absent = !existsSync(SHARED) && process.env['CI'] === undefined;
describe.skipIf(absent)(
  `real files${absent ? `: skipped, as ${SHARED} is not there` : ''}`,
  { timeout: 300_000 },
  () => {
    const leads = join(SHARED, 'leads/Leads.csv');
    const bank = join(SHARED, 'bank/bank-additional-full.csv');
    const pipeline = join(SHARED, 'pipeline/sales_pipeline.csv');
    const fitted = async (file: string, ...flags: string[]): Promise<FitReport> =>
      JSON.parse((await run('fit', file, ...flags, '--json')).out) as FitReport;
    const told = ({ warnings }: FitReport): string[] => warnings.map(({ code, column }) => `${code} ${column}`);

    test('leads: scored as well as peers score them, and the leaks are named', async () => {
      const model = join(dir, 'leads');
      const report = await fitted(leads, '--label', 'Converted', '--id', 'Prospect ID', '--out', model);
      expect(report.metrics.random.auc.value).toBeGreaterThan(0.98);
      const warnings = told(report);
      expect(warnings).toContain('leak Tags');
      for (const column of ['Lead Quality', 'Lead Profile', 'Last Activity', 'Last Notable Activity']) {
        expect(warnings).toContain(`leak-suspect ${column}`);
      }
      expect(warnings).toContain('id-like Lead Number');
      expect(warnings).toContain('constant Magazine');
      expect(report.missing.find(({ column }) => column === 'City')!.markers).toContainEqual(['Select', 2249]);
      expect(report.metrics.withoutSuspects!.auc.value).toBeLessThan(0.93);

      const out = join(dir, 'leads-scored.csv');
      await run('predict', model, leads, '--out', out, '--reasons', '3');
      const rows = await rowsOf(out);
      expect(rows).toHaveLength(9240);
      expect(rows[0]!['id']).toBe('7927b2df-8bba-4d29-b9a2-b6e0beafe620');
    });

    test('leads without the leaks', async () => {
      const leaks = 'Tags,Lead Quality,Lead Profile,Last Activity,Last Notable Activity';
      const report = await fitted(leads, '--label', 'Converted', '--ignore', leaks, '--out', join(dir, 'clean'));
      expect(report.metrics.random.auc.value).toBeGreaterThan(0.89);
      expect(report.metrics.random.calibrationError).toBeLessThan(0.02);
    });

    test('bank: duration is named, the base rate drifts, and the time-ordered hold-out says so', async () => {
    const [header, ...lines] = readFileSync(bank, 'utf8').trimEnd().split('\n');
    const sample = lines.filter((_, i) => i % 4 === 0); // in its order, to be quick
    const quarter = put('bank.csv', [header, ...sample].join('\n'));
    const report = await fitted(quarter, '--label', 'y', '--out', join(dir, 'bank'));
    expect(told(report)).toEqual(
      expect.arrayContaining(['leak-suspect duration', 'base-rate-drift null', 'optimistic-split null']),
    );
    expect(told(report).filter((line) => line.startsWith('leak'))).toHaveLength(1);
    const rates = report.metrics.rateOverTime.map(({ rate }) => rate);
    expect(Math.min(...rates)).toBeLessThan(0.04);
    expect(Math.max(...rates)).toBeGreaterThan(0.4);
  });

  test('pipeline: the leak is named, and without it there is no signal that lasts', async () => {
      const flags = ['--label', 'deal_stage', '--positive', 'Won', '--negative', 'Lost', '--out', join(dir, 'deals')];
      const leaking = await fitted(pipeline, ...flags);
      expect(told(leaking)).toContain('leak close_value');
      const honest = await fitted(pipeline, ...flags, '--ignore', 'close_value,close_date', '--time', 'engage_date');
      expect(told(honest)).toContain('no-signal null');
      const blind = await fitted(pipeline, ...flags, '--ignore', 'close_value,close_date,engage_date');
      expect(told(blind)).toContain('no-signal null');
    });
  },
);
