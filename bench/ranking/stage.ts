/** A simulated world told to a log and a state day by day, the model trained on what it told by a day, and its truth beside it. */
import { DAY, HOUR, random } from '../../src/base/index.ts';
import { decodeBundle, encodeBundle, type BundleContent } from '../../src/bundle/index.ts';
import { createGate, isRejection, memoryIdentities, type Event, type SubjectId } from '../../src/events/index.ts';
import { catchUp, LEAD_FEATURES, openMemoryState, OPPORTUNITY_FEATURES, type State, type TargetName } from '../../src/features/index.ts';
import { TARGETS, trainOnLog } from '../../src/lifecycle/index.ts';
import { memoryLog, type Log } from '../../src/log/index.ts';
import { engine, type LoadedModel } from '../../src/rank/index.ts';
import { parseLeadId } from '../../src/sandbox/ids.ts';
import { loadWorld, world, type WorldOptions, type WorldParams } from '../../src/sandbox/index.ts';
import { profileOf } from '../../src/sandbox/profile.ts';
import { sceneOf } from '../../src/sandbox/world.ts';
import { oracleOf, type Oracle } from '../../src/sandbox/world/truth.ts';

const SENDER = { scopes: ['crm', 'web', 'email', 'telephony', 'marketing', 'erp', 'product'] } as const;
const BATCH = 5_000;
export const FEATURES = { lead: LEAD_FEATURES, opportunity: OPPORTUNITY_FEATURES };

export interface Stage {
  readonly log: Log;
  readonly state: State;
  readonly oracle: Oracle;
  /** When the outcome of a target became known, ms, of each record that was told to have it. */
  readonly outcomes: Readonly<Record<TargetName, ReadonlyMap<SubjectId, number>>>;
  /** The world's own id of a subject; undefined for one that it did not tell of. */
  idOf(subject: SubjectId): string | undefined;
  /** How large the deal of a lead is to be, by the size of its company, against one of a company of a hundred. */
  sizeOf(id: string): number;
  /** Tells what arrives before a moment, ms, and folds it. */
  tellUntil(time: number): Promise<void>;
}

/** A stage on which nothing was told yet; its state keeps the features of these targets. */
export function openStage(options: WorldOptions, targets: readonly TargetName[] = ['lead']): Stage {
  let told = options.start;
  const clock = (): number => told;
  const identities = memoryIdentities(options.seed); // what is drawn or split by the ids of records is the same each time
  const gate = createGate({ identities, clock });
  const log = memoryLog({ clock });
  const state = openMemoryState({ features: targets.flatMap((target) => FEATURES[target]) });
  const outcomes = { lead: new Map<SubjectId, number>(), opportunity: new Map<SubjectId, number>() };
  const course = world(options);
  const scene = sceneOf(options);
  return {
    log,
    state,
    oracle: oracleOf(options),
    outcomes,
    idOf: (subject) => identities.externalOf(subject),
    sizeOf(id) {
      const { day, index } = parseLeadId(id)!;
      return Math.sqrt(Math.min(profileOf(scene, day, index).at.employees, 20_000) / 100);
    },
    async tellUntil(time) {
      let arrived = new Map<Event, number>();
      const append = async (): Promise<void> => {
        await log.append([...arrived.keys()], { knownAt: (event) => arrived.get(event)! });
        arrived = new Map();
      };
      for (const { at, raw } of course.deliveries(told, time)) {
        told = at;
        const event = gate.parse(raw, SENDER);
        if (isRejection(event)) continue;
        arrived.set(event, at);
        for (const target of targets) if (event.type === TARGETS[target].outcome && !outcomes[target].has(event.subject)) outcomes[target].set(event.subject, at);
        if (arrived.size >= BATCH) await append();
      }
      told = time;
      await append();
      await catchUp(state, log);
    },
  };
}

/** The model that a cell would have at a moment, ms, to which the stage was told. */
export async function learnedAt({ log }: Stage, until: number, target: TargetName = 'lead'): Promise<LoadedModel> {
  const { content } = await trainOnLog({ log, features: FEATURES[target], plan: { target, until } });
  return modelOf(content);
}

/** What was trained, as a cell loads it. */
export const modelOf = (content: BundleContent): LoadedModel => engine.loadModel(decodeBundle(encodeBundle(content).files));

/**
 * Parameters to which nothing was tuned, drawn anew for each number: the base rate, what no system sees, what fit, intent, speed and each
 * action do, and how well each kind of lead fits; `default` is the world that comes with leadrank.
 */
export function parametersOf(name: string): WorldParams {
  if (name === 'default') return loadWorld('default');
  const draw = random(`world ${name}`);
  const around = (value: number): number => value * (0.6 + 0.8 * draw.uniform());
  const { actions, lead, season, market, ...rest } = loadWorld('default');
  return {
    ...rest,
    name,
    lead: {
      ...lead,
      base: lead.base + 0.5 * draw.normal(),
      fit: around(lead.fit),
      intent: around(lead.intent),
      noise: 0.15 + 0.5 * draw.uniform(),
      speed: around(lead.speed),
      close: lead.close + 0.3 * draw.normal(),
    },
    actions: mapped(actions, (effects) => mapped(effects, (effect) => around(effect) + 0.3 * draw.normal())),
    season: mapped(season, around),
    market: mapped(market, (choices) => mapped(choices, ([weight, effect]) => [around(weight), effect + 0.3 * draw.normal()] as const)),
  };
}

function mapped<K extends string, V, W>(of: Readonly<Record<K, V>>, to: (value: V) => W): Record<K, W> {
  return Object.fromEntries(Object.entries<V>(of).map(([key, value]) => [key, to(value)])) as Record<K, W>;
}

/** Before the reps of the world begin at 8 o'clock (UTC): later some of the best leads were just called, and rest. */
const MORNING = 7.5 * HOUR;

/** So many mornings of workdays, ms, the first of them on or after a moment, each `every` days from the last or on the next workday. */
export function workdays(from: number, count: number, every: number): number[] {
  const days: number[] = [];
  for (let day = Math.ceil(from / DAY); days.length < count; day += every) {
    while ((day + 4) % 7 === 0 || (day + 4) % 7 === 6) day++;
    days.push(day * DAY + MORNING);
  }
  return days;
}
