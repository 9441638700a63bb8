import { expect, test } from 'vitest';
import { DAY } from '../src/base/index.ts';
import { createGate, isRejection, memoryIdentities, type Event, type Sender } from '../src/events/index.ts';
import { columnNames, DEFAULT_FEATURES, openMemoryState, targetOf, type State, type TargetName } from '../src/features/index.ts';
import { memoryLog } from '../src/log/index.ts';
import { DEFAULT_DEAL_RULES, DEFAULT_RULES, evaluate, parseRules, type RuleSet, type RulesDocument } from '../src/rules/index.ts';
import { loadWorld, world } from '../src/sandbox/index.ts';

/** A rule that speaks of nobody ranks nothing, and neither does one that speaks of everybody. */
const START = Date.UTC(2026, 0, 5);
const DAYS = 240;
const SENDER: Sender = { scopes: ['crm', 'web', 'email', 'telephony', 'marketing', 'erp', 'product'] };
/** With more opportunities than it has, so that few leads do. */
const WORLD = loadWorld('default');
const FEW = 0.002;
const NEARLY_ALL = 0.8;

interface Spoken {
  readonly columns: readonly string[];
  /** Without caps: a rule speaks whether or not its theme has points left to give. */
  readonly rules: RuleSet;
  /** The open records that were looked at. */
  records: number;
  /** Of how many of them each rule spoke. */
  readonly times: Map<string, number>;
}

function silent(target: TargetName, document: RulesDocument): Spoken {
  const columns = columnNames(DEFAULT_FEATURES, target);
  const rules = parseRules({ ...document, caps: {} }, columns);
  return { columns, rules, records: 0, times: new Map(rules.rules.map(({ id }) => [id, 0])) };
}

/** What the rules say of a world as it stands every thirty days. */
async function spokenOf(): Promise<Record<TargetName, Spoken>> {
  const spoken = { lead: silent('lead', DEFAULT_RULES), opportunity: silent('opportunity', DEFAULT_DEAL_RULES) };
  const gate = createGate({ identities: memoryIdentities(), clock: () => START + DAYS * DAY });
  const log = memoryLog({ clock: () => START });
  const state = openMemoryState({ features: DEFAULT_FEATURES });
  const told = world({ seed: 3, start: START, leadsPerDay: 6, params: { ...WORLD, volume: { ...WORLD.volume, expansions: 0.2 } } });
  for (let day = 0; day < DAYS; day += 30) {
    const until = START + (day + 30) * DAY;
    const events = [...told.events(START + day * DAY, until)].map(({ raw }) => {
      const event = gate.parse(raw, SENDER);
      if (isRejection(event)) throw new Error(event.message);
      return event;
    });
    await log.append(events satisfies Event[], { knownAt: ({ time }) => time });
    state.fold(log.read(state.offset()));
    look(state, until, spoken);
  }
  return spoken;
}

function look(state: State, now: number, spoken: Record<TargetName, Spoken>): void {
  for (const subject of state.owners().flatMap((owner) => state.owned(owner))) {
    const of = spoken[targetOf(subject)!];
    of.records += 1;
    for (const { rule } of evaluate(of.rules, of.columns, state.record(subject)!.vector(now)).contributions) of.times.set(rule, of.times.get(rule)! + 1);
  }
}

test('each of the rules that come with leadrank speaks of some records of the default world, and none of nearly all', async () => {
  for (const [target, { records, times }] of Object.entries(await spokenOf())) {
    expect(records, target).toBeGreaterThan(300);
    const shares = [...times].map(([rule, count]) => [rule, count / records] as const);
    expect(shares.filter(([, share]) => share < FEW || share > NEARLY_ALL), target).toEqual([]);
  }
});
