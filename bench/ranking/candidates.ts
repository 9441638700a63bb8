// How soon a list is there, by the size of its owner's book, and whether it is the one that assessing the whole book would give:
// `node bench/ranking/candidates.ts [LISTS] [SIZES] [ROUNDS]`, 300, 100,2000,20000 and 20.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HOUR, MINUTE, random } from '../../src/base/index.ts';
import type { FieldValue, LoggedEvent, SubjectId } from '../../src/events/index.ts';
import { LEAD_FEATURES, openLmdbState } from '../../src/features/index.ts';
import { DEFAULT_POLICY, engine, type LastScore, type LastScores, type Policy } from '../../src/rank/index.ts';
import { DEFAULT_RULES } from '../../src/rules/index.ts';
import { createDecide, openLastLists, type Decide } from '../../src/serve/index.ts';
import { actOnce, bookOf, modelOf, NOW } from './book.ts';

const lists = Number(process.argv[2] ?? 300);
const sizes = (process.argv[3] ?? '100,2000,20000').split(',').map(Number);
const folder = mkdtempSync(join(tmpdir(), 'leadrank-candidates-'));
const say = (text: string): void => void process.stdout.write(`${text}\n`);
const names = LEAD_FEATURES.map(({ name }) => name);
const columns = { id: 'bench', names };
const draw = random(4);
const state = openLmdbState({ path: join(folder, 'state'), features: LEAD_FEATURES });
let now = NOW;

const ownerOf = (size: number): SubjectId => `us_${String(size).padStart(20, '0')}` as SubjectId;
let offset = 0;
let folders = 0;
for (const size of sizes) {
  const events = [...bookOf(ownerOf(size), size, draw, offset)];
  for (let at = 0; at < events.length; at += 5_000) state.fold(events.slice(at, at + 5_000));
  offset += events.length;
}
say(`${offset.toLocaleString('en')} events of ${state.counts().open.toLocaleString('en')} open leads`);
const model = modelOf(state, state.owned(ownerOf(sizes.at(-1)!)).slice(0, 8_000));

const policy = engine.parsePolicy(DEFAULT_POLICY);
// Turns and explorations draw among all that are there: the lists are compared without them.
const still = engine.parsePolicy({ ...DEFAULT_POLICY, adjustments: DEFAULT_POLICY.adjustments.filter(({ name }) => !['fairness', 'steady', 'exploration'].includes(name)) });
const whole: Policy = { ...still, candidates: { ...still.candidates, most: 1e6, quotas: { ...still.candidates.quotas, owned: 1e6 } } };
const rules = engine.parseRules(DEFAULT_RULES, names);

function decideBy(by: Policy): Decide {
  const last = new Map<string, LastScore>();
  const lastScores: LastScores = {
    get: (subject) => last.get(subject) ?? null,
    recall: (_subject, score) => score,
    trend: () => [],
    recallTrend: () => [],
    pointsGrade: () => null,
    keepPointsGrade: () => {},
    put: (subject, score) => void last.set(subject, score),
    erase: (subject) => void last.delete(subject),
    close: () => Promise.resolve(),
  };
  return createDecide({
    clock: () => now,
    state,
    engine: { id: 'bench', code: engine },
    models: { current: (target) => (target === 'lead' ? { model, trainedAt: NOW } : null) },
    targets: { lead: { rules: () => rules, columns }, opportunity: { rules: () => rules, columns } },
    policy: by,
    lastScores,
    lastLists: openLastLists(join(folder, `${folders++}.mdb`)),
    journal: { append: () => Promise.resolve(), find: () => undefined },
  });
}

const quantile = (values: readonly number[], share: number): number => values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(share * values.length))]!;
const top = async (decide: Decide, owner: SubjectId): Promise<string[]> => (await decide.list(owner, 20)).decisions.map(({ subject }) => subject);

/** A list with its time by the clock and on the processor, ms. */
async function timed(decide: Decide, owner: SubjectId): Promise<{ wall: number; cpu: number }> {
  const [from, used] = [process.hrtime.bigint(), process.cpuUsage()];
  await decide.list(owner, 20);
  const { user, system } = process.cpuUsage(used);
  return { wall: Number(process.hrtime.bigint() - from) / 1e6, cpu: (user + system) / 1e3 };
}

/** Waits until a book is surveyed. Returns the time on the processor, s. */
async function surveyed(decide: Decide, owner: SubjectId): Promise<number> {
  const used = process.cpuUsage();
  await decide.settled(owner);
  const { user, system } = process.cpuUsage(used);
  return (user + system) / 1e6;
}

for (const size of sizes) {
  const [owner, decide] = [ownerOf(size), decideBy(policy)];
  await decide.list(owner, 20);
  const survey = await surveyed(decide, owner);
  for (let n = 0; n < 20; n++) await decide.list(owner, 20);
  const times: { wall: number; cpu: number }[] = [];
  for (let n = 0; n < lists; n++) times.push(await timed(decide, owner));
  const of = (key: 'wall' | 'cpu', share: number): string => quantile(times.map((time) => time[key]), share).toFixed(1);
  const { counts, leftOut } = await decide.list(owner, 20);
  say(`book of ${size.toLocaleString('en')}: a list in ${of('wall', 0.5)} ms by the clock (p99 ${of('wall', 0.99)}), processor ${of('cpu', 0.5)} ms (p99 ${of('cpu', 0.99)}); ` +
    `${Object.entries(counts).map(([source, n]) => `${source} ${n}`).join(', ')}; left out ${leftOut.length}${survey > 0.1 ? `; survey ${survey.toFixed(1)} s of processor` : ''}`);
  await decide.stop();
}

/** Minutes of life in a book: `share` of its leads do something. */
function live(owner: SubjectId, minutes: number, share: number): string[] {
  const told: LoggedEvent[] = [];
  const subjects = state.owned(owner);
  for (let n = 0; n < share * subjects.length; n++) {
    const id = draw.pick(subjects);
    const tell = (type: string, subject: string, time: number, data: Record<string, FieldValue> = {}): void => {
      told.push({ id: `live${offset}`, source: 'bench', type, version: 1, subject: subject as SubjectId, time, data, received: time, knownAt: time, offset: offset++ } as LoggedEvent);
    };
    actOnce(id, now + minutes * MINUTE * draw.uniform() - HOUR, draw.uniform() ** 2, draw, tell);
  }
  now += minutes * MINUTE;
  state.fold(told);
  return told.map(({ subject }) => subject);
}

for (const size of sizes.filter((one) => one > still.candidates.quotas.owned)) {
  const owner = ownerOf(size);
  const decide = decideBy(still);
  const all = decideBy(whole);
  const [cold, first] = [await top(decide, owner), await top(all, owner)];
  await decide.settled(owner);
  let [same, shared, places] = [0, 0, 0];
  const rounds = Number(process.argv[4] ?? 20);
  const held = (size * 30) / MINUTE; // minutes for which a survey holds
  for (let round = 0; round < rounds; round++) {
    decide.changed(live(owner, held * 0.9, (0.02 * held) / 60));
    await decide.settled(owner); // the survey is nearly as old as it may be; a fiftieth of the leads do something in a busy hour
    const [found, wanted] = [await top(decide, owner), await top(all, owner)];
    same += Number(found.join() === wanted.join());
    shared += found.filter((subject) => wanted.includes(subject)).length;
    places += wanted.length;
    now += held * 0.2 * MINUTE; // and is made anew
    await top(decide, owner);
    await decide.settled(owner);
  }
  say(`book of ${size.toLocaleString('en')}: of ${rounds} lists ${same} have the same top 20 in the same order as with all assessed; ` +
    `${((100 * shared) / places).toFixed(2)} % of their records are the same; before the first survey ${cold.filter((subject) => first.includes(subject)).length} of 20`);
  await decide.stop();
}
state.close();
rmSync(folder, { recursive: true, force: true });
