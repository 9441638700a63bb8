// How well both targets are foretold, and what their outcomes are worth, on the simulated world: trained on what was known at one
// day, judged on records sampled after it, whose outcomes the model could not know.
// Usage: node bench/ranking/targets.ts [SEEDS] [LEADS_A_DAY] [DAYS] [CUT_DAY]. Prints Markdown.
import { DAY } from '../../src/base/index.ts';
import { amountOf, probabilityOf, type BundleContent } from '../../src/bundle/index.ts';
import { newSimulation, tell } from '../../src/cli/simulation.ts';
import { createGate, isRejection, memoryIdentities, type SubjectId } from '../../src/events/index.ts';
import { LEAD_FEATURES, OPPORTUNITY_FEATURES, TARGETS, type TargetName } from '../../src/features/index.ts';
import { evaluate, openSource, paidOf, readDeals, replayLog, ripeSamples, trainNumber, trainOnLog, type Samples } from '../../src/lifecycle/index.ts';
import { memoryLog, type Log } from '../../src/log/index.ts';
import { createScorer, type Dataset } from '../../src/trees/index.ts';

const [seeds = 3, leadsPerDay = 60, days = 330, cutDay = 210] = process.argv.slice(2).map(Number);
const END = Date.UTC(2026, 10, 1);
const CUT = END - (days - cutDay) * DAY;
const FEATURES = { lead: LEAD_FEATURES, opportunity: OPPORTUNITY_FEATURES };
const SEGMENTS = { lead: 'lead_source', opportunity: 'deal_type' } as const;
const MOST_SEGMENTS = 4;

/** The wins of accounts, in order of time. */
type Won = Map<SubjectId, { at: number; amount: number }[]>;

interface Told {
  readonly log: Log;
  readonly won: Won;
  readonly accounts: ReadonlyMap<SubjectId, SubjectId>;
}

async function tellAll(seed: number): Promise<Told> {
  const clock = (): number => END;
  const gate = createGate({ identities: memoryIdentities(), clock });
  const log = memoryLog({ clock });
  const accounts = new Map<SubjectId, SubjectId>();
  const won: Won = new Map();
  const events = [];
  const known = new Map();
  for (const { raw, sender, at } of tell({ ...newSimulation(seed, 'us', END, days), leadsPerDay }, END)) {
    const event = gate.parse(raw, sender);
    if (isRejection(event)) continue;
    events.push(event);
    known.set(event, at);
    const { account, amount_home: amount } = event.data;
    if (typeof account === 'string') accounts.set(event.subject, account as SubjectId);
    const of = accounts.get(event.subject);
    if (event.type !== 'opportunity.won' || typeof amount !== 'number' || of === undefined) continue;
    won.set(of, [...(won.get(of) ?? []), { at, amount }]);
  }
  await log.append(events, { knownAt: (event) => known.get(event) });
  return { log, won, accounts };
}

interface Row {
  readonly target: TargetName;
  readonly figure: string;
  readonly value: number;
}

const mean = (values: ArrayLike<number>): number => Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;
const rowsOf = (data: Dataset, rows: Int32Array): Dataset => ({
  rows: rows.length,
  columns: data.columns.map((column) =>
    column.kind === 'numeric' ? { ...column, values: Float64Array.from(rows, (row) => column.values[row]!) } : { ...column, codes: rows.map((row) => column.codes[row]!) }),
});
const taken = (values: Float64Array, rows: Int32Array): Float64Array => Float64Array.from(rows, (row) => values[row]!);

/** Order and calibration on the later samples, and by segment. */
function outcomes(target: TargetName, content: BundleContent, later: Samples, base: number): Row[] {
  const raw = createScorer(content.model).rawBatch(later.data);
  const said = raw.map((one) => probabilityOf(content, one)!);
  const judged = evaluate(raw, said, later.labels, base);
  const row = (figure: string, value: number): Row => ({ target, figure, value });
  const found = [
    row('samples judged', judged.rows),
    row('positive, share', judged.positives / judged.rows),
    row('AUC', judged.auc.value),
    row('ECE, debiased', judged.calibrationErrorDebiased.value),
    row('log-loss against the base rate', judged.logLoss / judged.logLossBaseline),
  ];
  const column = later.data.columns.find(({ name }) => name === SEGMENTS[target])!;
  if (column.kind === 'numeric') return found;
  const byLevel = [...Map.groupBy(column.codes.keys(), (at) => column.codes[at]!)].filter(([code]) => code >= 0).toSorted((a, b) => b[1].length - a[1].length);
  for (const [code, members] of byLevel.slice(0, MOST_SEGMENTS)) {
    const rows = Int32Array.from(members);
    const part = evaluate(taken(raw, rows), taken(said, rows), taken(later.labels, rows), base);
    found.push(row(`AUC, ${column.levels[code]}`, part.auc.value), row(`ECE, debiased, ${column.levels[code]}`, part.calibrationErrorDebiased.value));
  }
  return found;
}

interface Worths {
  readonly content: BundleContent;
  readonly later: Samples;
  readonly paid: ReadonlyMap<SubjectId, number>;
  /** What those paid that the model learned from, on average. */
  readonly usual: number;
  readonly won: Won;
  readonly accounts: ReadonlyMap<SubjectId, SubjectId>;
}

/** What the value model says of records that paid, against the mean of before and the last amount of the account. */
function worths(target: TargetName, { content, later, paid, usual, won, accounts }: Worths): Row[] {
  const model = content.value?.model;
  if (!model) return [];
  const rows = Int32Array.from(later.subjects.keys()).filter((at) => paid.has(later.subjects[at]!));
  const seen = Float64Array.from(rows, (at) => paid.get(later.subjects[at]!)!);
  const share = (content.value!.metrics['share'] as number | undefined) ?? 1;
  const said = createScorer(model.trees).rawBatch(rowsOf(later.data, rows)).map((raw) => amountOf(model, raw) / share);
  const lastOf = (at: number): number | undefined =>
    won.get(accounts.get(later.subjects[at]!) ?? ('' as SubjectId))?.findLast((win) => win.at < later.times[at]!)?.amount;
  const last = Float64Array.from(rows, (at) => lastOf(at) ?? usual);
  const own = content.value!.own === null ? undefined : later.data.columns.find(({ name }) => name === content.value!.own);
  const error = (values: Float64Array): number => mean(values.map((value, i) => Math.abs(value - seen[i]!))) / mean(seen.map((value) => Math.abs(value - usual)));
  const squared = (values: Float64Array): number => 1 - mean(values.map((value, i) => (value - seen[i]!) ** 2)) / mean(seen.map((value) => (value - usual) ** 2));
  const row = (figure: string, value: number): Row => ({ target, figure, value });
  const found = [
    row('value: samples judged', rows.length),
    row('value: said over paid, means', mean(said) / mean(seen)),
    row('value: R² of the model', squared(said)),
    row('value: R² of the account’s last amount, else the mean', squared(last)),
    row('value: mean error of the model over that of the mean', error(said)),
    row('value: mean error of the last amount over that of the mean', error(last)),
    row('value: samples with a last amount, share', rows.filter((at) => lastOf(at) !== undefined).length / rows.length),
  ];
  if (own?.kind !== 'numeric') return found;
  const stands = Float64Array.from(rows, (at, i) => (own.values[at]! > 0 ? own.values[at]! : said[i]!));
  return [...found, row('value: R² of the own amount, else the model', squared(stands)), row('value: mean error of the own amount over that of the mean', error(stands))];
}

/** Logarithms or Tweedie for the amounts, judged alike within the training set: R² in amounts on its later rows. */
function losses(target: TargetName, before: Samples, paid: ReadonlyMap<SubjectId, number>, content: BundleContent): Row[] {
  const rows = Int32Array.from(before.subjects.keys()).filter((at) => paid.has(before.subjects[at]!));
  const groups = new Map<SubjectId, number>();
  for (const at of rows) groups.set(before.subjects[at]!, (groups.get(before.subjects[at]!) ?? 0) + 1);
  const numbers = new Map([...groups.keys()].map((subject, i) => [subject, i]));
  const data = rowsOf(before.data, rows);
  const blind = new Set([content.value?.own, 'amount_change']);
  const tweedie = trainNumber({
    data: { ...data, columns: data.columns.filter(({ name }) => !blind.has(name)) },
    labels: Float64Array.from(rows, (at) => paid.get(before.subjects[at]!)!),
    loss: 'tweedie',
    times: taken(before.times, rows),
    groups: Int32Array.from(rows, (at) => numbers.get(before.subjects[at]!)!),
    weights: Float64Array.from(rows, (at) => 1 / groups.get(before.subjects[at]!)!),
    seed: 1,
  }, { stopOn: 'random' });
  const ours = content.value?.metrics as { random?: { explained: { value: number } }; timeOrdered?: { explained: { value: number } } | null } | undefined;
  const row = (figure: string, value: number | undefined): Row[] => (value === undefined ? [] : [{ target, figure, value }]);
  return [
    ...row('loss: R² by chance, logarithms', ours?.random?.explained.value),
    ...row('loss: R² by chance, Tweedie', tweedie.metrics.random.explained.value),
    ...row('loss: R² in time, logarithms', ours?.timeOrdered?.explained.value),
    ...row('loss: R² in time, Tweedie', tweedie.metrics.timeOrdered?.explained.value),
  ];
}

async function judge({ log, won, accounts }: Told, target: TargetName): Promise<Row[]> {
  const features = FEATURES[target];
  const source = await openSource(log);
  const cpu = process.cpuUsage();
  const { content } = await trainOnLog({ log, source, features, plan: { target, until: CUT } });
  const { user, system } = process.cpuUsage(cpu);
  const before = ripeSamples(await replayLog({ log, source, features, plan: { target, until: CUT } }));
  const all = ripeSamples(await replayLog({ log, source, features, plan: { target, until: END } }));
  const rows = Int32Array.from(all.times.keys()).filter((at) => all.times[at]! > CUT);
  const later: Samples = {
    ...all,
    data: rowsOf(all.data, rows),
    labels: taken(all.labels, rows),
    times: taken(all.times, rows),
    subjects: Array.from(rows, (at) => all.subjects[at]!),
  };
  const known = paidOf(target, readDeals(source, CUT), CUT).amounts;
  const paid = new Map([...paidOf(target, readDeals(source, END), END).amounts].filter(([subject]) => !known.has(subject)));
  return [
    { target, figure: 'samples trained on', value: before.data.rows },
    { target, figure: 'won amounts trained on', value: known.size },
    { target, figure: 'training, processor seconds', value: (user + system) / 1e6 },
    ...outcomes(target, content, later, mean(before.labels)),
    ...worths(target, { content, later, paid, usual: mean([...known.values()]), won, accounts }),
    ...losses(target, before, known, content),
  ];
}

const found: Row[] = [];
for (let seed = 1; seed <= seeds; seed++) {
  const told = await tellAll(seed);
  for (const target of TARGETS) {
    found.push(...(await judge(told, target)));
    process.stderr.write(`seed ${seed}, ${target}\n`);
  }
}
process.stdout.write(`${seeds} worlds, ${leadsPerDay} leads a day, ${days} days; trained on day ${cutDay}. Median (least to greatest).\n\n`);
for (const target of TARGETS) {
  process.stdout.write(`| ${target} | |\n|---|---|\n`);
  for (const [figure, rows] of Map.groupBy(found.filter((row) => row.target === target), (row) => row.figure)) {
    const values = rows.map(({ value }) => value).toSorted((a, b) => a - b);
    const shown = (value: number): string => (Math.abs(value) >= 100 ? Math.round(value).toLocaleString('en') : value.toFixed(3));
    process.stdout.write(`| ${figure} | ${shown(values[values.length >> 1]!)} (${shown(values[0]!)} to ${shown(values.at(-1)!)}) |\n`);
  }
  process.stdout.write('\n');
}
