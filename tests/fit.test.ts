import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { random } from '../src/base/index.ts';
import { readBundle } from '../src/bundle/index.ts';

const root = resolve(import.meta.dirname, '..');
const dir = mkdtempSync(join(tmpdir(), 'fit-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

/** A file with a signal in two of eight columns. */
function file(name: string, rows: number): string {
  const source = random(name);
  const lines = ['a,b,c,d,e,f,g,h,region,won'];
  for (let row = 0; row < rows; row++) {
    const values = Array.from({ length: 8 }, () => source.normal().toFixed(4));
    const won = Number(values[0]) - Number(values[1]) + source.normal() > 0 ? 'yes' : 'no';
    lines.push([...values, source.pick(['north', 'south']), won].join(','));
  }
  const path = join(dir, name);
  writeFileSync(path, `${lines.join('\n')}\n`);
  return path;
}

interface Said {
  code: number | null;
  out: string;
  err: string;
}

const fit = (words: readonly string[], interruptAt?: string): Promise<Said> => run('fit', words, interruptAt);

/** Runs a verb; an interrupt follows as soon as it has said that. */
async function run(verb: string, words: readonly string[], interruptAt?: string): Promise<Said> {
  const child = spawn(process.execPath, [join(root, 'src/cli/main.ts'), verb, ...words], { cwd: dir });
  const said = { out: '', err: '' };
  let interrupted = false;
  child.stdout.on('data', (chunk: Buffer) => (said.out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => {
    said.err += chunk.toString();
    if (interruptAt === undefined || interrupted || !said.err.includes(interruptAt)) return;
    interrupted = true;
    child.kill('SIGINT');
  });
  const code = await new Promise<number | null>((done) => child.on('close', done));
  return { code, ...said };
}

describe('fit', () => {
  test('that is interrupted while it trains ends with a word and leaves nothing', async () => {
    const path = file('large.csv', 30_000);
    const before = readdirSync(dir);
    const { code, err, out } = await fit([path, '--label', 'won', '--out', join(dir, 'model')], '✓ read');
    expect(err).toContain('interrupted, nothing was written; run again');
    expect(err).not.toContain('at ');
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(readdirSync(dir)).toEqual(before);
  });

  test('looks at where it is to write before it reads a row', async () => {
    mkdirSync(join(dir, 'thesis'));
    writeFileSync(join(dir, 'thesis', 'thesis.tex'), 'years of work');
    const { code, err } = await fit([file('small.csv', 100), '--label', 'won', '--out', join(dir, 'thesis')]);
    expect(code).toBe(2);
    expect(err).toContain('"thesis.tex"');
    expect(err).not.toContain('read');
  });

  test('--tune searches, says what it chose, and names a command that gives the same bundle again', async () => {
    const path = file('tuned.csv', 150);
    const words = [path, '--label', 'won', '--segment', 'region', '--json', '--out'];
    const first = await fit([...words, join(dir, 'first'), '--tune', '2']);
    const report = JSON.parse(first.out) as { command: string; tuning: { trials: number }; metrics: { segments: { column: string } } };
    expect(report.tuning.trials).toBe(2);
    expect(report.command).toContain('--tune 2');
    expect(report.metrics.segments.column).toBe('region');
    await fit([...words, join(dir, 'second'), '--tune', '2']);
    expect(readBundle(join(dir, 'second')).id).toBe(readBundle(join(dir, 'first')).id);
    expect(readFileSync(join(dir, 'first', 'card.html'), 'utf8')).toContain('2 settings were tried');
    const wrong = await fit([...words, join(dir, 'third'), '--tune', 'long']);
    expect(wrong.err).toContain('a number of trials like 20');
    expect(existsSync(join(dir, 'third'))).toBe(false);
  });

  test('--time stops on the latest rows, --stop-on random does not, and --stop-on time asks for --time', async () => {
    const path = file('timed.csv', 400);
    const words = [path, '--label', 'won', '--json', '--out'];
    const report = async (...flags: string[]) =>
      JSON.parse((await fit([...words, join(dir, 'timed'), ...flags])).out) as { command: string; metrics: { stoppedOn: string } };
    expect((await report('--time', 'h')).metrics.stoppedOn).toBe('time');
    const atRandom = await report('--time', 'h', '--stop-on', 'random');
    expect(atRandom.metrics.stoppedOn).toBe('random');
    expect(atRandom.command).toContain('--stop-on random');
    expect((await report()).metrics.stoppedOn).toBe('random');
    const { err, code } = await fit([...words, join(dir, 'none'), '--stop-on', 'time']);
    expect(err).toContain('--stop-on time: without a time column no row is later than another; add --time COL');
    expect([code, existsSync(join(dir, 'none'))]).toEqual([2, false]);
  });

  test('--ordinal is recorded in the bundle and the command, and predict reads by it', async () => {
    const path = file('ordered.csv', 200);
    const bundle = join(dir, 'ordered');
    const { out } = await fit([path, '--label', 'won', '--ordinal', 'region=south<north', '--json', '--out', bundle]);
    expect((JSON.parse(out) as { command: string }).command).toContain("--ordinal 'region=south<north'");
    const { spec } = readBundle(bundle);
    expect(spec.kind === 'table' && spec.table.columns.at(-1)).toEqual({ kind: 'ordinal', name: 'region', levels: ['south', 'north'] });
    const lines = readFileSync(path, 'utf8').trim().split('\n').slice(0, 3);
    writeFileSync(join(dir, 'new.csv'), lines.join('\n').replace(/north|south/, 'west'));
    const scored = await run('predict', [bundle, join(dir, 'new.csv'), '--out', join(dir, 'scored.csv')]);
    expect(scored.err).toContain('"region": 1 cells could not be read and count as missing');
    const wrong = await fit([path, '--label', 'won', '--ordinal', 'region=south', '--out', bundle]);
    expect(wrong.err).toContain('an order has at least two levels');
  });

  test('a file without a header: columns by number in training, by their places in scoring', async () => {
    const named = file('named.csv', 200);
    const lines = readFileSync(named, 'utf8').trim().split('\n').slice(1);
    const bare = join(dir, 'bare.csv');
    writeFileSync(bare, lines.join('\n'));
    const narrow = join(dir, 'narrow.csv');
    writeFileSync(narrow, lines.map((line) => line.replace(/,\w+$/, '')).join('\n'));

    await fit([named, '--label', 'won', '--out', join(dir, 'by-name')]);
    await fit([bare, '--no-header', '--label', 'column_10', '--out', join(dir, 'by-place')]);
    const scored = async (bundle: string, path: string, ...flags: string[]): Promise<string> => {
      const { err } = await run('predict', [join(dir, bundle), path, '--out', join(dir, 'places.csv'), '--reasons', '0', ...flags]);
      return err.includes('scored 200 rows') ? readFileSync(join(dir, 'places.csv'), 'utf8') : err;
    };
    const expected = await scored('by-name', named);
    expect(expected).toMatch(/^id,probability,score\r?\n1,/);
    expect(await scored('by-name', bare, '--no-header')).toBe(expected);
    expect(await scored('by-name', narrow, '--no-header')).toBe(expected); // without the label
    expect(await scored('by-place', bare)).toBe(expected);
    expect(await scored('by-name', bare)).toContain('say --no-header where the file has none');
    writeFileSync(narrow, 'a,b\n1,2\n');
    expect(await scored('by-place', narrow)).toContain('a file of 2 columns without a header: the model knows columns by their places in 10, or 9');
  });

  test('--loss: a model of numbers, its card, and a column prediction', async () => {
    const source = random('numbers');
    const lines = ['a,b,amount'];
    for (let row = 0; row < 300; row++) {
      const [a, b] = [source.normal(), source.normal()];
      lines.push([a.toFixed(3), b.toFixed(3), source.uniform() < 0.3 ? '0' : (50 + 20 * Math.max(-2, a)).toFixed(1)].join(','));
    }
    const path = join(dir, 'numbers.csv');
    writeFileSync(path, lines.join('\n'));
    const bundle = join(dir, 'value');
    const { out, err, code } = await fit([path, '--label', 'amount', '--loss', 'tweedie', '--out', bundle]);
    expect([code, out.includes('predicts the number amount (tweedie)')], err).toEqual([0, true]);
    expect(readBundle(bundle).target).toMatchObject({ kind: 'number', loss: 'tweedie', name: 'amount' });
    expect(readFileSync(join(bundle, 'card.html'), 'utf8')).toContain('Tweedie deviance');
    await run('predict', [bundle, path, '--out', join(dir, 'said.csv'), '--raw', '--reasons', '0']);
    const [header, ...rows] = readFileSync(join(dir, 'said.csv'), 'utf8').trim().split(/\r?\n/).map((line) => line.split(','));
    expect(header).toEqual(['id', 'probability', 'score', 'prediction', 'raw']);
    for (const [, probability, score, prediction, raw] of rows) {
      expect(probability).toBe('');
      expect(Number(score)).toBeGreaterThanOrEqual(0);
      expect(Number(prediction)).toBeCloseTo(Math.exp(Number(raw)), 9);
    }
    const mean = rows.reduce((sum, row) => sum + Number(row[3]), 0) / rows.length;
    expect(Math.abs(mean / 35 - 1)).toBeLessThan(0.15);
    const tuned = await fit([path, '--label', 'amount', '--loss', 'rmse', '--tune', '3', '--out', bundle]);
    expect(tuned.err).toContain('--tune with --loss rmse: the search judges by log-loss');
  });
});
