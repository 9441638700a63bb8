import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DAY, HOUR, random, sha256Hex } from '../base/index.ts';
import { LEAD_FEATURES } from '../features/index.ts';
import { DEFAULT_ACTIONS } from '../rank/index.ts';
import { DEFAULT_RULES, parseRules, rulesDocument } from '../rules/index.ts';
import type { Value } from '../trees/index.ts';
import { loadEngine, openArchive, type Archive, type EngineModule } from './archive.ts';
import { bundleFiles } from './bundle.fixture.ts';
import { compileEngine } from './compile.ts';
import { decisionOf, type Decision } from './decision.ts';
import { openJournal } from './journal.ts';
import { openLedger } from './ledger.ts';
import { createReplayer, type Replayer } from './replay.ts';

const now = Date.UTC(2026, 2, 2, 9);
const columns = LEAD_FEATURES.map(({ name }) => name);
const rules = parseRules(DEFAULT_RULES, columns);
const { id: bundle, files } = bundleFiles();
const draw = random(5);

let dir: string;
let archive: Archive;
let engine: string;
let code: EngineModule;
let replay: Replayer['replay'];
let decisions: Decision[];

/** Decisions at every level, over odd values too, made by the compiled engine and read back from a journal. */
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'leadrank-replay-'));
  archive = openArchive(join(dir, 'archive'));
  engine = archive.keepEngine((await compileEngine({ out: join(dir, 'engine.mjs') })).path);
  code = await archive.engine(engine);
  const made = {
    engine,
    rules: archive.keep(rulesDocument(rules)),
    columns: archive.keep(columns),
    policy: null,
    experiment: null,
    arm: null,
  };
  archive.keep(code.parseActionPolicy(DEFAULT_ACTIONS).document);
  const model = code.loadModel(code.decodeBundle(files));
  const journal = await openJournal({ dir: join(dir, 'journal'), server: 'a' });
  for (let n = 0; n < 200; n++) {
    const fault = n % 10 === 9 ? 'the deadline passed' : null;
    const used = n % 5 === 4 ? null : model;
    const input = {
      subject: `ld_${n}`,
      vector: columns.map(
        (): Value =>
          draw.pick([
            null,
            NaN,
            -0,
            Infinity,
            draw.normal(),
            draw.uniform() * 1e6,
            draw.below(9),
            'energy',
            'unheard of',
          ]),
      ),
      sources: [{ source: 'web', ageMs: n * HOUR, stale: n > 100 }],
      last:
        n % 3 === 0
          ? { time: now - n * HOUR, score: 60, grade: 'B' as const, probability: 0.1 + n / 300, bundle, reasons: [] }
          : null,
      pointsGrade: n % 2 === 0 ? ('A' as const) : null,
      created: now - n * DAY,
      lastTouch: null,
      lastEvent: now - n * HOUR,
    };
    const assessment = code.assess(input, now + n, { model: used, rules, columns, fault });
    const parts = { id: `d_${String(n).padStart(20, '0')}`, user: 'us_a', time: now + n, offset: n, input, assessment };
    await journal.append([decisionOf({ ...parts, made: { ...made, bundle: used && bundle, fault } })]);
  }
  await journal.close();
  const ledger = openLedger(join(dir, 'journal'));
  decisions = Array.from({ length: 200 }, (_, n) => ledger.find(`d_${String(n).padStart(20, '0')}`)!.decision);
  ledger.close();
  ({ replay } = createReplayer({ archive, bundle: (id) => (id === bundle ? files : undefined) }));
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

describe('a replay', () => {
  test('computes every decision of every level again to the bit', async () => {
    expect(new Set(decisions.map(({ level }) => level))).toEqual(new Set(['L0', 'L1', 'L2', 'L3']));
    for (const decision of decisions) {
      expect(await replay(decision)).toEqual({
        decision: decision.id,
        same: true,
        differences: [],
        engine,
        bundle: decision.bundle,
      });
    }
  });

  test('names every field that was changed, down to the last bit', async () => {
    const decision = decisions.find(({ raw }) => raw !== null)!;
    const bits = new Float64Array([decision.raw!]);
    new BigUint64Array(bits.buffer)[0]! ^= 1n;
    const { same, differences } = await replay({
      ...decision,
      raw: bits[0]!,
      grade: decision.grade === 'A' ? 'B' : 'A',
    });
    expect(same).toBe(false);
    expect(differences).toEqual([
      { field: 'raw', recorded: bits[0], computed: decision.raw },
      { field: 'grade', recorded: expect.anything(), computed: decision.grade },
    ]);
  });

  test('a changed input shows in the answer', async () => {
    const decision = decisions.find(({ level, vector }) => level === 'L0' && vector.some((value) => value !== null))!;
    const { same } = await replay({ ...decision, vector: decision.vector.map(() => null), bundle: null });
    expect(same).toBe(false);
  });

  test('says which part is not stored any more', async () => {
    const [decision] = decisions;
    await expect(replay({ ...decision!, bundle: 'b'.repeat(32) })).rejects.toThrow(/bundle b+: is not stored any more/);
    await expect(replay({ ...decision!, engine: 'e'.repeat(32) })).rejects.toThrow(/e+\.mjs: no such file/);
    await expect(replay({ ...decision!, rules: 'c'.repeat(32) })).rejects.toThrow(/c+\.json: no such file/);
    await expect(replay({ ...decision!, rules: '../../x' })).rejects.toThrow(/is no content address/);
  });
});

describe('an archive', () => {
  test('compiles the engine to the same bytes, whose hash is its id', async () => {
    const again = await compileEngine({ out: join(dir, 'again.mjs') });
    expect(again.id).toBe(engine);
    expect(sha256Hex(readFileSync(again.path)).slice(0, 32)).toBe(engine);
    expect(readFileSync(again.path, 'utf8')).not.toMatch(/node:fs|lmdb|Date\.now|Math\.random/);
  });

  test('refuses an engine and a document with a changed bit', async () => {
    const path = join(dir, `${engine}.mjs`);
    writeFileSync(path, `${readFileSync(join(dir, 'again.mjs'), 'utf8')} `);
    await expect(loadEngine(path)).rejects.toThrow(/does not match its hash/);
    const hash = archive.keep({ a: 1 });
    writeFileSync(join(dir, 'archive', `${hash}.json`), '{"a":2}');
    expect(() => archive.document(hash)).toThrow(/does not match its hash/);
  });

  test('keeps equal documents once', () => {
    expect(archive.keep({ a: 1, b: [2] })).toBe(archive.keep({ b: [2], a: 1 }));
    expect(archive.keep(rulesDocument(rules))).toBe(rules.hash);
  });
});
