/**
 * Whether the probabilities that are shown hold, by segment: every open record on every workday after the training, as it would be shown,
 * against what became of it. `node bench/ranking/calibration.ts [--short] [--worlds default,1,2] [--leads-a-day 150] [--days 100]
 * [--learned 240] [--target lead | opportunity] [--retrain DAYS] [--drift EFFECT] [--drift-before DAYS] [--json]`; `--drift` adds so much to the odds of all
 * leads, from the day of training on or so many days before it. The short form takes a minute of processor.
 */
import { parseArgs } from 'node:util';
import { DAY } from '../../src/base/index.ts';
import type { SubjectId } from '../../src/events/index.ts';
import { targetOf, TARGETS as TARGET_NAMES, type TargetName } from '../../src/features/index.ts';
import { TARGETS } from '../../src/lifecycle/index.ts';
import { engine, type LoadedModel } from '../../src/rank/index.ts';
import { DEFAULT_RULES } from '../../src/rules/index.ts';
import { FEATURES, learnedAt, openStage, parametersOf, workdays, type Stage } from './stage.ts';
import { calibrationIn, meanOf, type Calibrated, type Shown } from './statistics.ts';

const { values } = parseArgs({
  options: {
    short: { type: 'boolean', default: false },
    worlds: { type: 'string' },
    'leads-a-day': { type: 'string' },
    days: { type: 'string' },
    learned: { type: 'string' },
    target: { type: 'string' },
    retrain: { type: 'string' },
    drift: { type: 'string' },
    'drift-before': { type: 'string', default: '0' },
    json: { type: 'boolean', default: false },
  },
});
const WORLDS = (values.worlds ?? (values.short ? 'default' : 'default,1,2')).split(',');
const LEADS_PER_DAY = Number(values['leads-a-day'] ?? (values.short ? 40 : 150));
const DAYS = Number(values.days ?? (values.short ? 40 : 100));
const RETRAIN = Number(values.retrain ?? Infinity) * DAY;
const START = Date.UTC(2026, 0, 5);
const LEARNED_DAYS = Number(values.learned ?? (values.short ? 150 : 240));
const CUT = START + LEARNED_DAYS * DAY;
const NAMES = TARGET_NAMES.filter((name) => values.target === undefined || name === values.target);
/** By which features the records of a target are divided. */
const SEGMENTS: Readonly<Record<TargetName, readonly string[]>> = { lead: ['lead_source'], opportunity: ['deal_type'] };
const ALL: Readonly<Record<TargetName, string>> = { lead: 'leads', opportunity: 'opportunities' };
const SOON = 14; // days
const columns = Object.fromEntries(TARGET_NAMES.map((target) => [target, FEATURES[target].map(({ name }) => name)])) as Record<TargetName, string[]>;
const rules = engine.parseRules(DEFAULT_RULES, columns.lead);
const say = (text: string): void => void process.stderr.write(`${text}\n`);

interface Row extends Shown {
  readonly target: TargetName;
  readonly segments: readonly string[];
}

interface Outcome {
  readonly world: string;
  readonly seed: number;
  readonly seconds: number;
  readonly segments: Readonly<Record<string, Calibrated>>;
}

type Models = Readonly<Partial<Record<TargetName, LoadedModel>>>;

async function measure(world: string, seed: number): Promise<Outcome> {
  const began = process.cpuUsage();
  const params = parametersOf(world);
  const drift = { ...params.drift, ...(values.drift !== undefined && { after_days: LEARNED_DAYS - Number(values['drift-before']), base: Number(values.drift) }) };
  const stage = openStage({ seed, start: START, leadsPerDay: LEADS_PER_DAY, reps: 2 + Math.round(LEADS_PER_DAY / 4), params: { ...params, drift } }, NAMES);
  let models = await learn(stage, CUT);
  let trainedLast = CUT;
  say(`${world}: trained`);
  const shown: (Omit<Row, 'seen'> & { subject: SubjectId; now: number })[] = [];
  for (const now of workdays(CUT + DAY, Math.round((DAYS * 5) / 7), 1)) {
    if (now - trainedLast >= RETRAIN) {
      models = await learn(stage, now);
      trainedLast = now;
    }
    await stage.tellUntil(now);
    for (const one of shownAt(stage, now, models)) shown.push({ ...one, segments: [...one.segments, `${one.target}: ${now - trainedLast < SOON * DAY ? 'within two weeks of training' : 'later'}`] });
  }
  await stage.tellUntil(CUT + (DAYS + 95) * DAY);
  say(`${world}: ${shown.length.toLocaleString('en')} decisions`);
  const rows = shown.map(({ subject, now, target, said, cluster, segments }): Row => {
    const at = stage.outcomes[target].get(subject) ?? Infinity;
    return { target, said, cluster, segments, seen: at > now && at <= now + TARGETS[target].horizon ? 1 : 0 };
  });
  const names = [...new Set(rows.flatMap(({ segments }) => segments))].toSorted();
  const { user, system } = process.cpuUsage(began);
  return {
    world,
    seed,
    seconds: (user + system) / 1e6,
    segments: Object.fromEntries(names.map((name) => [name, calibrationIn(rows.filter(({ segments }) => segments.includes(name)), seed)])),
  };
}

async function learn(stage: Stage, until: number): Promise<Models> {
  await stage.tellUntil(until);
  const learned: Partial<Record<TargetName, LoadedModel>> = {};
  for (const target of NAMES) learned[target] = await learnedAt(stage, until, target);
  return learned;
}

/** What would be shown of every open record at a moment. */
function* shownAt({ state }: Stage, now: number, models: Models): Iterable<Omit<Row, 'seen'> & { subject: SubjectId; now: number }> {
  for (const subject of state.owners().flatMap((owner) => state.owned(owner))) {
    const target = targetOf(subject)!;
    const model = models[target];
    if (model === undefined) continue;
    const record = state.record(subject)!;
    const { created, lastTouch, lastEvent } = record;
    const vector = record.vector(now);
    const { probability, grade } = engine.rate({ subject, vector, sources: [], last: null, created, lastTouch, lastEvent }, now, { model, rules, columns: columns[target] });
    const of = SEGMENTS[target].map((feature) => `${target}: ${String(vector[columns[target].indexOf(feature)] ?? 'not recorded')}`);
    yield { subject, now, target, said: probability!, cluster: subject, segments: [ALL[target], `${target}: grade ${grade}`, ...of] };
  }
}

const found: Outcome[] = [];
for (const [at, world] of WORLDS.entries()) {
  found.push(await measure(world, at + 1));
  say(`${world}: ${found.at(-1)!.seconds.toFixed(0)} s of processor`);
}
process.stdout.write(values.json ? `${JSON.stringify(found)}\n` : told(found));

/** The root mean square over the worlds, and the worst. */
function told(outcomes: readonly Outcome[]): string {
  const names = [...new Set(outcomes.flatMap(({ segments }) => Object.keys(segments)))].toSorted();
  const lines = names.map((name) => {
    const of = outcomes.flatMap(({ segments }) => segments[name] ?? []);
    const errors = of.map(({ debiased }) => debiased.value);
    const sum = (key: 'rows' | 'clusters'): string => of.reduce((total, one) => total + one[key], 0).toLocaleString('en');
    const percent = (key: 'said' | 'seen'): string => of.map((one) => (100 * one[key]).toFixed(1)).join(', ');
    return `| ${name} | ${sum('rows')} | ${sum('clusters')} | ${percent('said')} | ${percent('seen')} | ${rootMean(errors)} | ${of.map(({ debiased: { value, low, high } }) => `${value.toFixed(3)} (${low.toFixed(3)} to ${high.toFixed(3)})`).join(', ')} |`;
  });
  return `${[
    `Worlds ${WORLDS.join(', ')}, ${LEADS_PER_DAY} leads a day; trained on ${LEARNED_DAYS} days${Number.isFinite(RETRAIN) ? `, and again every ${values.retrain} days` : ''}, judged on the workdays of the ${DAYS} days after${values.drift === undefined ? '' : `, in which all odds are greater by ${values.drift} (logarithm)`}`,
    '',
    '| segment | decisions | records | said, % | seen, % | debiased error, all worlds | each world (95 % interval) |',
    '|---|---|---|---|---|---|---|',
    ...lines,
    '',
    `${Math.round(outcomes.reduce((total, { seconds }) => total + seconds, 0))} s of processor`,
  ].join('\n')}\n`;
}

function rootMean(errors: readonly number[]): string {
  return Math.sqrt(meanOf(errors.map((error) => error ** 2))).toFixed(4);
}
