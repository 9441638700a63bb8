import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { parse, stringify } from 'yaml';
import { decisionOf, openArchive, openJournal, type Decision } from '../src/audit/index.ts';
import { DAY, HOUR, random } from '../src/base/index.ts';
import { openCell } from '../src/cell/index.ts';
import { openGate } from '../src/cli/gate.ts';
import { isRejection, type Event, type LoggedEvent } from '../src/events/index.ts';
import { OPPORTUNITY_FEATURES, openMemoryState, type LeadRecord } from '../src/features/index.ts';
import { openLog } from '../src/log/index.ts';
import { DEFAULT_ACTIONS, engine, parseActionPolicy, type ActionPolicy } from '../src/rank/index.ts';
import { DEFAULT_DEAL_RULES } from '../src/rules/index.ts';
import { loadWorld, world } from '../src/sandbox/index.ts';
import { policyVerb } from './support/policy-verb.ts';

/** A Monday, long ago: every horizon is over. */
const START = Date.UTC(2025, 0, 6);
const [FIRST, CUT, LAST] = [42, 85, 122].map((day) => START + day * DAY) as [number, number, number];
const SENDER = { scopes: ['crm', 'web', 'email', 'telephony', 'marketing', 'erp', 'product'] } as const;
/** When offices are open on both sides of the Atlantic. */
const AT = 16 * HOUR;
/** What tells little of opportunities, and is most of what happens. */
const BULK = new Set(['web.visited', 'email.sent', 'email.opened', 'campaign.member_added', 'sla.started', 'sla.breached', 'erp.daily', 'marketing.daily', 'product.used']);
/** The share of open opportunities that are won in a day after a call was recommended, and after anything else. */
const WON = { call: 0.14, else: 0.01 };
const ACTIONS = { ...DEFAULT_ACTIONS, version: 2, exploration: 0.7, actions: [{ name: 'call' }, { name: 'email:follow_up' }, { name: 'wait', explore: 0 }] };
const COLUMNS = OPPORTUNITY_FEATURES.map(({ name }) => name);
const RULES = engine.parseRules(DEFAULT_DEAL_RULES, COLUMNS);

let data: string;
let made: Decision[];
let shown: LeadRecord;
beforeAll(() => {
  data = mkdtempSync(join(tmpdir(), 'leadrank-deals-'));
});
afterAll(() => rmSync(data, { recursive: true, force: true }));

afterEach(() => {
  vi.restoreAllMocks();
  process.exitCode = undefined;
});

const policy = (...args: string[]): Promise<string> => policyVerb(data, ...args);

const recommend = (record: LeadRecord, now: number, actions: ActionPolicy) => {
  const { subject, created, lastTouch, lastEvent } = record;
  const input = { subject, vector: record.vector(now), sources: [], last: null, created, lastTouch, lastEvent };
  return { input, assessment: engine.assess(input, now, { model: null, rules: RULES, columns: COLUMNS, actions }) };
};

/** The opportunities of a simulated world, each recommended something on every working day; calls help. Keeps the log; gives the decisions. */
async function lived(actions: ActionPolicy): Promise<Decision[]> {
  const clock = (): number => LAST + 60 * DAY;
  const cell = openCell({ dir: join(data, 'us'), region: 'us', clock });
  const gate = openGate(cell, clock);
  const archive = openArchive(cell.paths.engines);
  const from = { engine: '0'.repeat(32), bundle: null, rules: RULES.hash, policy: null, columns: archive.keep(COLUMNS), experiment: null, arm: null, fault: null };
  const state = openMemoryState({ features: OPPORTUNITY_FEATURES });
  const draw = random('opportunities');
  const events: Event[] = [];
  const decisions: Decision[] = [];
  const open = new Map<string, string>();
  let folded = 0;
  const take = (raw: Parameters<typeof gate.parse>[0]): Event => {
    const event = gate.parse(raw, SENDER);
    if (isRejection(event)) throw new Error(event.message);
    events.push(event);
    return event;
  };
  const workday = (now: number): void => {
    state.fold(events.slice(folded).map((event, at) => Object.assign({}, event, { offset: folded + at, knownAt: event.time, received: event.time }) as LoggedEvent));
    folded = events.length;
    for (const [subject, outside] of open) {
      const record = state.record(subject as Event['subject']);
      if (record?.status !== 'open') continue;
      shown = record;
      const placement = { list: 'l_1', listDigest: '', position: 1, adjustments: [], limit: 10, seed: 1 } as unknown as Decision['placement'];
      const { input, assessment } = recommend(record, now, actions);
      decisions.push(decisionOf({ id: `d_${String(decisions.length).padStart(20, '0')}`, user: 'us_a', time: now, offset: 0, input, assessment, made: from, placement }));
      if (draw.uniform() >= (assessment.action.kind === 'call' ? WON.call : WON.else)) continue;
      open.delete(subject);
      take({ specversion: '1.0', id: `won:${outside}`, source: 'crm', type: 'opportunity.won', subject: outside, time: new Date(now + HOUR).toISOString(), data: { amount: 5_000 } });
    }
  };
  cell.identities.batch(() => {
    let next = FIRST + AT;
    for (const { raw } of world({ seed: 5, start: START, leadsPerDay: 30, params: loadWorld('default') }).events(START, LAST)) {
      const time = Date.parse(raw.time);
      for (; time > next; next += DAY) if (![0, 6].includes(new Date(next).getUTCDay())) workday(next);
      if (BULK.has(raw.type) || (raw.type === 'opportunity.lost' || raw.type === 'opportunity.won') && time > FIRST) continue;
      const { type, subject } = take(raw);
      if (type === 'opportunity.created') open.set(subject, raw.subject);
    }
  });
  const log = openLog({ path: cell.paths.log, clock });
  await log.append(events, { knownAt: ({ time }) => time });
  await log.close();
  await cell.close();
  state.close();
  return decisions;
}

async function journalled(decisions: readonly Decision[]): Promise<void> {
  const journal = await openJournal({ dir: join(data, 'us', 'journal'), server: 'node' });
  await journal.append(decisions);
  await journal.close();
}

describe('the policy of opportunities in a simulated world', () => {
  let learned: string;
  const asked = ['--target', 'opportunity', '--days', '2'];

  test('is learned from what was recommended for them: calls win', async () => {
    made = await lived(parseActionPolicy(ACTIONS));
    await journalled(made.filter(({ time }) => time < CUT));
    const path = join(data, 'actions.yaml');
    writeFileSync(path, stringify(ACTIONS));
    await policy('apply', path);
    await expect(policy('learn')).rejects.toThrow(/0 recommendations whose 30 days are over/); // there are none of leads
    const report = JSON.parse(await policy('learn', ...asked, '--json'));
    expect(report.effects.find(({ arm }: { arm: string }) => arm === 'call').offset).toBeGreaterThan(0.02);
    expect(report).toMatchObject({ clears: true, promoted: false, leftOut: { count: 0 } });
    learned = report.policy;
  });

  test('is judged by what was recommended since', async () => {
    await expect(policy('evaluate', learned, ...asked)).rejects.toThrow(/0 recommendations/);
    await journalled(made.filter(({ time }) => time >= CUT));
    expect(await policy('evaluate', learned, ...asked)).toMatch(/^dr .*\n.* would win .* more, interval .*: clears\n$/su);
    expect(process.exitCode).toBe(0);
  });

  test('acts where it is applied, on opportunities alone', async () => {
    expect(await policy('apply', learned)).toMatch(/recommends from now on/);
    expect(await policy('show')).toMatch(/Effects {5}learned, and acting\n.*call: \+/su);
    const acting = parseActionPolicy(parse(await policy('show', '--yaml')));
    const days = Array.from({ length: 40 }, (_, day) => LAST + day * DAY + AT);
    const bases = (subject: string): Set<string | undefined> => new Set(days.map((now) => recommend({ ...shown, subject: subject as LeadRecord['subject'] }, now, acting).assessment.action.basis));
    expect(bases(shown.subject)).toContain('effect');
    expect(bases('ld_1')).not.toContain('effect');
  });
});
