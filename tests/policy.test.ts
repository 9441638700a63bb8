import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { parse, stringify } from 'yaml';
import { decisionOf, openArchive, openJournal, type Decision } from '../src/audit/index.ts';
import { DAY, HOUR, random } from '../src/base/index.ts';
import { openCell } from '../src/cell/index.ts';
import { createGate, isRejection, type Event } from '../src/events/index.ts';
import { openLog } from '../src/log/index.ts';
import { engine, parseActionPolicy, type ActionPolicyDocument } from '../src/rank/index.ts';
import { DEFAULT_RULES } from '../src/rules/index.ts';
import { seededIdentities } from './support/seeded-identities.ts';
import { policyVerb } from './support/policy-verb.ts';

const COLUMNS = ['employees', 'email_domain_class', 'local_time', 'touches_14d'];
/** What recommended in the time of the journals, beside the constraints that come along. */
const LOGGED = { version: 2, exploration: 0.4, actions: [{ name: 'call' }, { name: 'email:follow_up' }, { name: 'wait' }] };
const LEADS = 9_000;
const SEED = 'policy test';
/** Long enough ago that every horizon is over; a Monday morning. */
const WHEN = Date.UTC(2025, 0, 6, 10);

let data: string;
beforeAll(() => {
  data = mkdtempSync(join(tmpdir(), 'leadrank-policy-'));
});
afterAll(() => rmSync(data, { recursive: true, force: true }));

afterEach(() => {
  vi.restoreAllMocks();
  process.exitCode = undefined;
});

const policy = (...args: string[]): Promise<string> => policyVerb(data, ...args);

/** A cell whose reps got recommendations by a policy, and what became of them: a call helps large companies and harms small ones. */
async function history(document: ActionPolicyDocument): Promise<void> {
  const clock = (): number => WHEN + 60 * DAY;
  const cell = openCell({ dir: join(data, 'us'), region: 'us', clock });
  const log = openLog({ path: cell.paths.log, clock });
  const gate = createGate({ identities: seededIdentities(SEED), clock });
  const archive = openArchive(cell.paths.engines);
  const actions = parseActionPolicy(document);
  const rules = engine.parseRules({ ...DEFAULT_RULES, rules: [] }, COLUMNS);
  const made = { engine: '0'.repeat(32), bundle: null, rules: rules.hash, policy: archive.keep(actions.document), columns: archive.keep(COLUMNS), experiment: null, arm: null, fault: null };
  const draw = random(SEED);
  const events: Event[] = [];
  const decisions: Decision[] = [];
  const tell = (type: string, subject: string, time: number, of: object): string => {
    const event = gate.parse({ specversion: '1.0', id: `${type}:${subject}`, source: 'crm', type, subject, time: new Date(time).toISOString(), data: of }, { scopes: ['crm', 'telephony'] });
    if (isRejection(event)) throw new Error(event.message);
    events.push(event);
    return event.subject;
  };
  for (let n = 0; n < LEADS; n++) {
    const large = draw.below(2) === 1;
    const time = WHEN + draw.below(4) * DAY;
    const subject = tell('lead.created', `00Q${n}`, time - 9 * DAY, { owner: '005A', employees: large ? 900 : 9 });
    const input = { subject, vector: [large ? 900 : 9, 'corporate', 10, 0], sources: [], last: null, created: time - 9 * DAY, lastTouch: null, lastEvent: time - 9 * DAY };
    const assessment = engine.assess(input, time, { model: null, rules, columns: COLUMNS, actions });
    decisions.push(decisionOf({
      id: `d_${String(n).padStart(20, '0')}`, user: 'us_a', time, offset: 0, input, assessment, made,
      placement: { list: 'l_1', listDigest: '', position: 1, adjustments: [], limit: 10, seed: 1 } as unknown as Decision['placement'],
    }));
    const { kind } = assessment.action;
    if (kind === 'call' && draw.uniform() < 0.7) tell('call.logged', `00Q${n}`, time + HOUR, { outcome: 'connected', direction: 'outbound' });
    if (draw.uniform() < 0.25 + (kind === 'call' ? (large ? 0.25 : -0.2) : 0)) tell('lead.converted', `00Q${n}`, time + (1 + draw.below(20)) * DAY, {});
  }
  await log.append(events, { knownAt: ({ time }) => time });
  const journal = await openJournal({ dir: cell.paths.journal, server: 'node' });
  await journal.append(decisions);
  await journal.close();
  await log.close();
  await cell.close();
}

describe('the policy of the next best action, from the terminal', () => {
  let learned: string;

  test('without a cell, and without recommendations, it says what is missing', async () => {
    await expect(policy('show')).rejects.toThrow(/holds no cell/);
    const cell = openCell({ dir: join(data, 'us'), region: 'us', clock: Date.now });
    await openLog({ path: cell.paths.log, clock: Date.now }).close();
    await cell.close();
    await expect(policy('learn')).rejects.toThrow(/0 recommendations whose 30 days are over.*at least 200/);
    expect(await policy('show')).toMatch(/the rules act alone: no effect is learned yet/);
    await expect(policy('apply', 'nothing.yaml')).rejects.toThrow(/is no file and no hash/);
  });

  test('RevOps takes it out as a file, changes it, and applies it', async () => {
    const path = join(data, 'actions.yaml');
    const document = parse(await policy('show', '--yaml')) as ActionPolicyDocument;
    writeFileSync(path, stringify({ ...document, ...LOGGED }));
    expect(await policy('apply', path)).toMatch(/recommends from now on, in the place of/);
    await expect(policy('apply', path)).rejects.toThrow(/recommends already/);
    expect(await policy('show')).toMatch(/call, email:follow_up, wait\nBy lot {6}40 in 100, any of them\n/);
    const misspelt = { actions: ['email'], when: [{ feature: 'emails_bouncd', above: 0 }], because: 'an e-mail to it came back' };
    writeFileSync(path, stringify({ ...document, constraints: { ...document.constraints, blocks: [misspelt] } }));
    await expect(policy('apply', path)).rejects.toThrow(/actions\.yaml: constraints: "emails_bouncd": is not a declared feature; use one of emails_bounced, (?!emails_bounced)/);
    writeFileSync(path, 'version: 3\nexploration: 7\n');
    await expect(policy('apply', path)).rejects.toThrow(/exploration must be a share from 0 to 1/);
  });

  test('learns from the journals, tells what was done apart, and keeps what clears', async () => {
    await history(parse(await policy('show', '--yaml')) as ActionPolicyDocument);
    const report = JSON.parse(await policy('learn', '--json')) as Report;
    expect(report).toMatchObject({ clears: true, promoted: false });
    // Half of the e-mails become calls that convert 25 points more often, but for the share by lot.
    expect(report.evaluation.gain).toBeGreaterThan(0.04);
    expect(report.evaluation.gain).toBeLessThan(0.11);
    const calls = report.followed.find(({ action }) => action === 'call')!;
    expect(calls.done / calls.recommended).toBeGreaterThan(0.6);
    expect(calls.done / calls.recommended).toBeLessThan(0.8);
    learned = report.policy;
  });

  test('applies what was learned; back to the rules is one word', async () => {
    await expect(policy('evaluate', learned)).rejects.toThrow(/0 recommendations .*: at least 200 are needed; let reps/); // none are newer than those it learned from
    expect(await policy('apply', learned)).toMatch(/recommends from now on/);
    expect(await policy('show')).toMatch(/Effects {5}learned, and acting\n {12}would convert .* clears/);
    await policy('apply', 'rules');
    expect(await policy('show')).toMatch(/the rules act alone/);
  });

  test('evaluates a file on the recommendations there are', async () => {
    const path = join(data, 'other.yaml');
    const document = parse(await policy('show', '--yaml')) as ActionPolicyDocument;
    writeFileSync(path, stringify({ ...document, actions: [{ name: 'wait' }] }));
    // The rules may do what could not be shown then, so nothing can be held against them.
    await expect(policy('evaluate', path)).rejects.toThrow(/0 of 9000 recommendations: were made when the present policy’s linkedin, nurture could have been shown/);
    const before = join(data, 'before.yaml');
    writeFileSync(before, stringify({ ...document, ...LOGGED }));
    await policy('apply', before);
    expect(await policy('evaluate', path)).toMatch(/does not clear/);
    expect(process.exitCode).toBe(1);
  });
});

interface Report {
  policy: string;
  promoted: boolean;
  clears: boolean;
  evaluation: { effective: number; gain: number };
  followed: { action: string; recommended: number; done: number }[];
}
