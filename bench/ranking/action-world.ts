/** Recommendations in a simulated world: logged by the product's own policy, with outcomes that its oracle lives through. */
import { DAY, hash32, random } from '../../src/base/index.ts';
import { createGate, isRejection, memoryIdentities, type Event } from '../../src/events/index.ts';
import { LEAD_FEATURES } from '../../src/features/index.ts';
import type { Recommendations } from '../../src/lifecycle/act/recommendations.ts';
import { sampleLog } from '../../src/lifecycle/index.ts';
import { rowOf, takeRows } from '../../src/lifecycle/rows.ts';
import { memoryLog } from '../../src/log/index.ts';
import { DEFAULT_ACTIONS, engine, situationOf, type ActionPolicyDocument, type Situation } from '../../src/rank/index.ts';
import { DEFAULT_RULES } from '../../src/rules/index.ts';
import { world, type WorldOptions } from '../../src/sandbox/index.ts';
import type { Action as Done } from '../../src/sandbox/world/params.ts';
import { oracleOf } from '../../src/sandbox/world/truth.ts';

export const HORIZON_DAYS = 30;
/** How often a rep does what is recommended; else nothing is done beside what happens anyway. */
const FOLLOWED = 0.8;
const AGES = [1, 3, 6, 10];
const SENDER = { scopes: ['crm', 'web', 'email', 'telephony', 'marketing', 'erp', 'product'] } as const;

/** What of a policy's actions the world knows. */
const DONE: Readonly<Record<string, Done | undefined>> = { call: 'call', 'email:follow_up': 'email', 'email:offer': 'offer', meeting: 'meeting', wait: undefined };
export const ARMS = Object.keys(DONE);

/** The product's policy over what the world knows; half of the recommendations by lot while effects are learned. */
export const LOGGING: ActionPolicyDocument = { ...DEFAULT_ACTIONS, actions: ARMS.map((name) => ({ name })), exploration: 0.5 };

export interface ActionWorld {
  /** To learn from. */
  readonly logged: Recommendations;
  /** Others, whose true chances are known: rows × actions, NaN where an action is not possible. */
  readonly judged: Recommendations;
  readonly chances: Float64Array;
  /** The place of the action with the largest true effect among those that are possible. */
  readonly oracle: Int32Array;
}

export interface ActionWorldOptions extends WorldOptions {
  readonly leadsPerDay: number;
  readonly days: number;
  /** How many leads are judged, and by how many possible courses of things each. */
  readonly judged: number;
  readonly courses: number;
}

export async function actionWorld({ days, judged, courses, ...options }: ActionWorldOptions): Promise<ActionWorld> {
  const { samples, idOf, createdOf } = await observe(options, days);
  const { data, times, subjects } = samples;
  const policy = engine.parseActionPolicy(LOGGING);
  const columns = data.columns.map(({ name }) => name);
  const rules = engine.parseRules(DEFAULT_RULES, columns);
  const oracle = oracleOf(options);
  const day = columns.indexOf('days_since_touch');
  const last = columns.indexOf('days_since_last_activity');
  const rows: { row: number; action: number; rule: number; shown: number[]; id: string; age: number; reward: number; situation: Situation }[] = [];
  const seen = new Set<string>();
  for (let row = 0; row < data.rows; row++) {
    const id = idOf(subjects[row]!);
    const created = id === undefined ? undefined : createdOf.get(id);
    if (id === undefined || created === undefined || seen.has(id)) continue;
    const now = times[row]!;
    const age = Math.round((now - created) / DAY);
    if (age !== AGES[hash32(id, options.seed) % AGES.length]) continue;
    seen.add(id);
    const vector = rowOf(data, row);
    const ago = (place: number): number | null => (typeof vector[place] === 'number' ? now - vector[place] * DAY : null);
    const touched = ago(day);
    const input = { subject: subjects[row]!, vector, sources: [], last: null, created, lastTouch: touched, lastEvent: Math.max(created, touched ?? 0, ago(last) ?? 0) };
    const { action, grade } = engine.assess(input, now, { model: null, rules, columns, actions: policy });
    const name = action.template ? `${action.kind}:${action.template}` : action.kind;
    const shown = ARMS.map((arm) => (arm === name ? action.propensity : (action.alternatives!.find((one) => one.action === arm)?.propensity ?? 0)));
    const follows = random(hash32(id, options.seed + 1)).uniform() < FOLLOWED;
    const happened = oracle.chance(id, question(age, 1, follows ? DONE[name] : undefined));
    if (happened === undefined) continue;
    rows.push({ row, action: ARMS.indexOf(name), rule: ARMS.indexOf(action.rule!), shown, id, age, reward: happened, situation: situationOf({ ...input, now, grade, amount: null, columns }) });
  }
  const apart = rows.filter(({ id }) => hash32(id, options.seed + 2) % 5 === 0).slice(0, judged);
  const isApart = new Set(apart);
  const tableOf = (of: typeof rows): Recommendations => ({
    data: takeRows(data, Int32Array.from(of, ({ row }) => row)),
    rule: Int32Array.from(of, ({ rule }) => rule),
    situations: of.map(({ situation }) => situation),
    decisions: {
      count: of.length,
      arms: ARMS,
      action: Int32Array.from(of, ({ action }) => action),
      propensity: Float64Array.from(of.flatMap(({ shown }) => shown)),
      reward: Float64Array.from(of, ({ reward }) => reward),
      subject: Int32Array.from(of, ({ row }) => row),
    },
  });
  const chances = new Float64Array(apart.length * ARMS.length).fill(NaN);
  const best = Int32Array.from(apart, ({ id, age, shown }, at) => {
    const effects = oracle.truth(id)!.effects;
    const without = oracle.chance(id, question(age, courses))!;
    let [most, place] = [-Infinity, ARMS.indexOf('wait')];
    for (const [arm, name] of ARMS.entries()) {
      if (!(shown[arm]! > 0)) continue;
      const done = DONE[name];
      const effect = done === undefined ? 0 : effects[done];
      chances[at * ARMS.length + arm] = done === undefined ? without : FOLLOWED * oracle.chance(id, question(age, courses, done))! + (1 - FOLLOWED) * without;
      if (effect > most) [most, place] = [effect, arm];
    }
    return place;
  });
  return { logged: tableOf(rows.filter((one) => !isApart.has(one))), judged: tableOf(apart), chances, oracle: best };
}

const question = (age: number, courses: number, action?: Done) => ({ age, days: HORIZON_DAYS, courses, ...(action !== undefined && { action }) });

/** What a cell knows of the leads at their ages, through the gate and the fold that serve. */
async function observe(options: WorldOptions, days: number) {
  const until = options.start + days * DAY;
  const clock = (): number => until;
  const identities = memoryIdentities();
  const gate = createGate({ identities, clock });
  const log = memoryLog({ clock });
  const createdOf = new Map<string, number>();
  let batch: Event[] = [];
  for (const { raw } of world(options).events(options.start, until)) {
    if (raw.type.startsWith('lead.created')) createdOf.set(raw.subject, Date.parse(raw.time));
    const event = gate.parse(raw, SENDER);
    if (isRejection(event)) throw new Error(event.message);
    if (batch.push(event) < 5_000) continue;
    await log.append(batch, { knownAt: ({ time }) => time });
    batch = [];
  }
  await log.append(batch, { knownAt: ({ time }) => time });
  const plan = { until, ages: AGES.map((age) => age * DAY), moments: 'at ages', shown: 'not sampled', horizon: DAY } as const;
  const samples = await sampleLog({ log, features: LEAD_FEATURES, plan, threads: 0 });
  return { samples, createdOf, idOf: (subject: Parameters<typeof identities.externalOf>[0]) => identities.externalOf(subject) };
}
