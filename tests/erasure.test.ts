import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  compileEngine,
  createEraser,
  createReplayer,
  decisionOf,
  openArchive,
  openJournal,
  openLastScores,
  openLedger,
  openReceipts,
  readEntry,
  verifyJournals,
  verifyReceipt,
  type Archive,
  type Decision,
  type EngineModule,
  type Eraser,
  type Ledger,
  type Receipts,
  type SignedReceipt,
} from '../src/audit/index.ts';
import { DAY, HOUR, random, type Clock } from '../src/base/index.ts';
import { encodeBundle, percentilesOf } from '../src/bundle/index.ts';
import { openCell, type Cell } from '../src/cell/index.ts';
import { createGate, isRejection, type Event, type SubjectId } from '../src/events/index.ts';
import {
  catchUp,
  digest,
  discardLmdbState,
  LEAD_FEATURES,
  openLmdbState,
  openMemoryState,
  type State,
} from '../src/features/index.ts';
import { readPart } from '../src/log/history/part-read.ts';
import { openLog, type CellLog } from '../src/log/index.ts';
import { DEFAULT_ACTIONS, DEFAULT_POLICY, policyDocument, type Candidate, type LastScores } from '../src/rank/index.ts';
import { DEFAULT_RULES, rulesDocument } from '../src/rules/index.ts';
import { createScorer, fit, fitIsotonic, type Dataset } from '../src/trees/index.ts';

const START = Date.UTC(2026, 2, 2, 9);
const columns = LEAD_FEATURES.map(({ name }) => name);
const OWNER = '005SIM000000001AAA';
const ADA = '00QSIM000000111AAA';
const OTHERS = ['00QSIM000000222AAA', '00QSIM000000333AAA', '00QSIM000000444AAA'];

/** What the world says of the lead to be erased and of nobody else: none of it may be found in any byte afterwards. */
const TRACES = [
  ADA,
  'Grünspan',
  'ada.gruenspan@wharf.example',
  'Wharf Cordage',
  'ropewalking',
  'jute-fair',
  'quayside-form',
];

let now = START;
const clock: Clock = () => now;
let dir: string;
let cell: Cell;
let log: CellLog;
let state: State;
let archive: Archive;
let code: EngineModule;
let ledger: Ledger;
let lastScores: LastScores;
let receipts: Receipts;
let eraser: Eraser;
let ada: SubjectId;
let decisions: Decision[];
let receipt: SignedReceipt;
const closing: (() => unknown)[] = [];

const raw = (n: number, type: string, subject: string, data: object = {}): object => ({
  specversion: '1.0',
  id: `${subject}-${n}`,
  source: 'salesforce',
  type,
  subject,
  time: new Date(START - 3 * DAY + n * HOUR).toISOString(),
  data,
});

const world: object[] = [
  raw(0, 'lead.created.v2', ADA, {
    owner: OWNER,
    first_name: 'Ada',
    last_name: 'Grünspan',
    email: 'ada.gruenspan@wharf.example',
    company: 'Wharf Cordage',
    title: 'Director',
    industry: 'ropewalking',
    campaign: 'jute-fair',
    employees: 48,
  }),
  raw(5, 'web.visited', ADA, { page: 'pricing', seconds: 90 }),
  raw(6, 'web.form_submitted', ADA, { form: 'quayside-form' }),
  raw(7, 'call.logged', ADA, { outcome: 'connected', seconds: 240 }),
  raw(8, 'lead.changed', ADA, { industry: 'ropewalking', employees: 'plenty' }), // of the wrong type: quarantined
  ...OTHERS.flatMap((id, n) => [
    raw(n, 'lead.created.v2', id, { owner: OWNER, industry: ['retail', 'energy', 'health'][n], employees: 10 + n }),
    raw(9 + n, 'web.visited', id, { page: 'pricing', seconds: 30 }),
    raw(12 + n, 'call.logged', id, { outcome: 'voicemail' }),
  ]),
];

/** Every file of the cell's folder. */
function filesOf(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesOf(path) : [path];
  });
}

/** The traces that some file holds, as `file: trace`. */
function traces(): string[] {
  return filesOf(dir).flatMap((path) => {
    const bytes = path.endsWith('.parquet') ? unpacked(path) : readFileSync(path);
    return TRACES.filter((trace) => bytes.includes(trace)).map((trace) => `${path.slice(dir.length + 1)}: ${trace}`);
  });
}

/** The texts of a part of the history, which packs them. */
function unpacked(path: string): string {
  const { subjects, fields } = readPart(readFileSync(path));
  return JSON.stringify([subjects.words, ...fields.values()]);
}

/** A small real model over two of the features. */
function bundle(): ReturnType<typeof encodeBundle> {
  const draw = random(1);
  const names = ['web_visits_7d', 'employees'];
  const data: Dataset = {
    rows: 300,
    columns: names.map((name) => ({
      kind: 'numeric',
      name,
      values: Float64Array.from({ length: 300 }, () => draw.below(40)),
    })),
  };
  const labels = Float64Array.from({ length: 300 }, () => draw.below(2));
  const model = fit(data, labels, { seed: 1, trees: 10, depth: 2 });
  const scores = createScorer(model).rawBatch(data);
  return encodeBundle({
    spec: { kind: 'log', features: names.map((name) => LEAD_FEATURES.find((feature) => feature.name === name)!) },
    target: { name: 'converted', positive: 'converted', entity: 'lead', horizonDays: 30 },
    model,
    calibration: fitIsotonic(scores, labels),
    percentiles: percentilesOf(scores),
    metrics: {},
  });
}

const { id: bundleId, files } = bundle();
const replayer = (): ReturnType<typeof createReplayer> =>
  createReplayer({ archive, bundle: (id) => (id === bundleId ? files : undefined) });

/** The owner's list, decided by the compiled engine and journalled as the service does. */
async function decide(): Promise<Decision[]> {
  const journal = await openJournal({ dir: cell.paths.journal, server: 'node' });
  const engine = {
    rules: code.parseRules(DEFAULT_RULES, columns),
    columns,
    model: code.loadModel(code.decodeBundle(files)),
  };
  const policy = code.parsePolicy(DEFAULT_POLICY);
  const user = cell.identities.find('user', OWNER)!;
  const inputs = new Map(
    state.owned(user).map((subject) => {
      const record = state.record(subject)!;
      return [subject as string, { ...record, vector: record.vector(now), sources: record.sources(now), last: null }];
    }),
  );
  const candidates = [...inputs.values()].map(
    (input): Candidate => ({ assessment: code.assess(input, now, engine), facts: input }),
  );
  const limit = 10;
  const { list, digest: listDigest, items } = code.arrange(candidates, { now, user, limit }, policy, 7);
  const made = items.map(({ subject, position, adjustments }) =>
    decisionOf({
      id: `d_${String(position).padStart(20, '0')}`,
      user,
      time: now,
      offset: state.offset(),
      input: inputs.get(subject)!,
      assessment: code.assess(inputs.get(subject)!, now, engine),
      made: {
        engine: archive.keepEngine(join(dir, 'engine.mjs')),
        bundle: bundleId,
        rules: archive.keep(rulesDocument(engine.rules)),
        policy: archive.keep(policyDocument(policy)),
        columns: archive.keep(columns),
        experiment: null,
        arm: null,
        fault: null,
      },
      placement: { list, listDigest, position, adjustments, limit, seed: 7 },
    }),
  );
  await journal.append(made);
  await journal.close();
  return made;
}

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'leadrank-erasure-'));
  closing.push(() => rmSync(dir, { recursive: true, force: true }));
  cell = openCell({ dir, region: 'eu', clock });
  log = openLog({ path: cell.paths.log, clock });
  state = openLmdbState({ path: cell.paths.state, features: LEAD_FEATURES });
  archive = openArchive(cell.paths.engines);
  code = await archive.engine(archive.keepEngine((await compileEngine({ out: join(dir, 'engine.mjs') })).path));
  archive.keep(code.parseActionPolicy(DEFAULT_ACTIONS).document);

  const gate = createGate({ identities: cell.identities, clock, idKey: cell.keys.derive('event-ids') });
  const sender = { scopes: ['crm', 'web', 'telephony'] as const };
  const passed: Event[] = [];
  for (const event of world) {
    const result = gate.parse(event, { scopes: [...sender.scopes] });
    if (isRejection(result)) cell.quarantine.hold(event, result, { scopes: [...sender.scopes] });
    else passed.push(result);
  }
  await log.append(passed);
  await log.compact({ keep: 5, size: Math.floor((passed.length - 5) / 2) }); // the lead is in the history
  await catchUp(state, log);
  ada = cell.identities.find('lead', ADA)!;
  decisions = await decide();

  ledger = openLedger(cell.paths.journal);
  lastScores = openLastScores({ path: cell.paths.scores, ledger });
  for (const { subject, time, score, grade, probability, reasons } of decisions)
    lastScores.put(subject, { time, score, grade, probability, bundle: bundleId, reasons });
  receipts = openReceipts({ dir: cell.paths.receipts, key: cell.keys.signing });
  const { identities, quarantine } = cell;
  const at = { dir: cell.paths.receipts, clock };
  eraser = createEraser({ ...at, receipts, log, identities, suppressed: identities.suppressed, quarantine, state, lastScores, ledger });
  closing.unshift(
    () => lastScores.close(),
    () => ledger.close(),
    () => state.close(),
    () => log.close(),
    () => cell.close(),
  );
});

afterAll(async () => {
  for (const close of closing) await close();
});

describe('before the erasure', () => {
  test('the world is in place: what shall go is there', () => {
    expect(cell.quarantine.list()).toHaveLength(1);
    expect(decisions.map(({ subject }) => subject)).toContain(ada);
    expect(decisions).toHaveLength(4);
    expect(traces().filter((trace) => trace.endsWith('.parquet: ropewalking'))).toHaveLength(1);
    expect(traces().some((trace) => trace.startsWith('journal/'))).toBe(true);
  });

  test('what the gate drops has never been written, and outside ids lie there encrypted only', () => {
    const personal = new Set(TRACES.slice(0, 4));
    expect(traces().filter((trace) => personal.has(trace.split(': ')[1]!))).toEqual([]);
  });

  test('every decision and its list replay from the journal and from the log', async () => {
    const { replay, fromLog } = replayer();
    for (const decision of decisions) {
      expect(await replay(decision)).toMatchObject({ same: true, differences: [] });
      const derived = await fromLog(decision, { log, features: LEAD_FEATURES });
      expect(derived).toEqual({ decision: decision.id, same: true, differences: [], listChecked: true });
    }
  });

  test('a decision replays on the disk as it does in memory, and an interrupted replay stops', async () => {
    const { fromLog } = replayer();
    const scratch = mkdtempSync(join(tmpdir(), 'leadrank-scratch-'));
    const decision = decisions.at(-1)!;
    expect(await fromLog(decision, { log, features: LEAD_FEATURES, scratch })).toEqual(await fromLog(decision, { log, features: LEAD_FEATURES }));
    rmSync(scratch, { recursive: true, force: true });
    const many = { read: () => Array.from({ length: 6_000 }, (_, offset) => ({ ...[...log.read(0, 1)][0]!, id: `e${offset}`, offset })) };
    await expect(fromLog({ ...decision, offset: 6_000 }, { log: many, features: LEAD_FEATURES, signal: AbortSignal.abort(new Error('enough')) })).rejects.toThrow('enough');
  });
});

describe('after the erasure', () => {
  beforeAll(async () => {
    now += HOUR;
    receipt = await eraser.erase(ada);
    // The state is a projection: it is folded anew, so that no free page of its file holds the row that was retracted.
    state.close();
    discardLmdbState(cell.paths.state);
    state = openLmdbState({ path: cell.paths.state, features: LEAD_FEATURES, epoch: log.epoch() });
    await catchUp(state, log);
  });

  test('the receipt says what went and bears the signature of the cell', () => {
    expect(receipt).toMatchObject({ subject: ada, events: 4, quarantined: 1, identity: true });
    expect(receipt.decisions).toEqual(decisions.filter(({ subject }) => subject === ada).map(({ id }) => id));
    expect(verifyReceipt(receipt, cell.keys.verifying)).toBe(true);
  });

  test('no file of the cell holds a byte of the outside id or of what was said of the subject', () => {
    expect(filesOf(dir).length).toBeGreaterThan(10);
    expect(traces()).toEqual([]);
    expect(cell.identities.externalOf(ada)).toBeUndefined();
    expect(cell.identities.find('lead', ADA)).toBeUndefined();
    expect(cell.quarantine.list()).toEqual([]);
    expect(lastScores.get(ada)).toBeNull();
    expect(state.record(ada)).toBeUndefined();
  });

  test('the journals verify, and the blank record is covered by the receipt', () => {
    const { covers: erasedBy } = openReceipts({ dir: cell.paths.receipts, key: cell.keys.signing });
    const journal = cell.paths.journal;
    expect(verifyJournals(journal, { erasedBy })).toMatchObject({ ok: true, records: 4, erased: 1, firstBad: null });
  });

  test('the log replays to the state without the subject', async () => {
    const clean = openMemoryState({ features: LEAD_FEATURES, epoch: log.epoch() });
    await catchUp(clean, log);
    expect(digest(state, 'subjects')).toBe(digest(clean, 'subjects'));
    expect(state.counts()).toMatchObject({ leads: 3, open: 3 });
    const types = [...log.read(0)].map(({ type, subject }) => [type, subject]);
    expect(types.at(-1)).toEqual(['control.subject.erased', 'cell']);
    expect(types.filter(([, subject]) => subject === ada)).toEqual([]);
  });

  test('the other decisions still replay to the bit; their list does not, for it held the erased', async () => {
    const { replay, fromLog } = replayer();
    for (const { id } of decisions.filter(({ subject }) => subject !== ada)) {
      const { decision } = readEntry(ledger, receipts, id);
      expect(await replay(decision)).toMatchObject({ same: true });
      const { differences } = await fromLog(decision, { log, features: LEAD_FEATURES });
      expect(differences.map(({ field }) => field)).toEqual(['listDigest']);
    }
  });

  test('the erased decision answers with its receipt', () => {
    const { id } = decisions.find(({ subject }) => subject === ada)!;
    expect(() => readEntry(ledger, receipts, id)).toThrow(`erased, receipt ${receipt.receipt}`);
  });

  test('erasing again changes nothing and gives the same receipt', async () => {
    const end = log.end();
    expect(await eraser.erase(ada)).toEqual(receipt);
    expect(log.end()).toBe(end);
    expect(await eraser.resume()).toEqual([]);
  });
});
