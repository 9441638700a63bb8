import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { createEraser, openReceipts } from '../src/audit/index.ts';
import { DAY } from '../src/base/index.ts';
import { openCell } from '../src/cell/index.ts';
import { createGate, isRejection, kindOf, type Event, type SubjectId } from '../src/events/index.ts';
import { catchUp, DEFAULT_FEATURES, openLmdbState, openMemoryState, type State } from '../src/features/index.ts';
import { openLog } from '../src/log/index.ts';
import { loadWorld, world } from '../src/sandbox/index.ts';

const START = Date.UTC(2026, 0, 5);
const END = START + 25 * DAY;
const dir = mkdtempSync(join(tmpdir(), 'leadrank-joined-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

/** Many that are one: leads entered twice, accounts merged, visitors that were found to be leads. */
const PARAMS = loadWorld('default');
const told = world({ seed: 5, start: START, reps: 12, leadsPerDay: 4, params: { ...PARAMS, mess: { ...PARAMS.mess, duplicate_leads: 0.3, merged_accounts: 0.5 } } });

const vectors = (state: State, subjects: readonly SubjectId[]): unknown[] =>
  subjects.map((subject) => {
    const record = state.record(subject);
    return record && [subject, record.status, record.vector(END + DAY)];
  });

test('whoever is erased, lead, visitor or account: what it was joined with is right at once, and after a restart', async () => {
  const clock = (): number => END;
  const cell = openCell({ dir, region: 'eu', clock });
  const log = openLog({ path: cell.paths.log, clock });
  let state = openLmdbState({ path: cell.paths.state, features: DEFAULT_FEATURES });
  try {
    const gate = createGate({ identities: cell.identities, clock });
    const events = cell.identities.batch(() => [...told.events(START, END)].map(({ raw }) => gate.parse(raw, { scopes: ['crm', 'web', 'email', 'telephony', 'marketing', 'erp', 'product'] })));
    const passed = events.filter((event): event is Event => !isRejection(event));
    expect(passed.length).toBe(events.length);
    await log.append(passed, { knownAt: ({ time }) => time });
    await log.compact({ keep: 400, size: 500 });
    await catchUp(state, log);
    const merged = passed.filter(({ type }) => type === 'record.merged');
    const of = (kind: string): SubjectId[] => merged.filter(({ subject }) => kindOf(subject) === kind).map(({ data }) => data['loser'] as SubjectId);
    const linked = passed.filter(({ type }) => type === 'link.visitor');
    const doomed = [of('lead')[0], of('lead')[1], linked[0]!.subject, of('account')[0], merged.find(({ subject }) => kindOf(subject) === 'lead')!.subject, linked.at(-1)!.subject] as SubjectId[];
    expect(new Set(doomed.map((subject) => kindOf(subject)))).toEqual(new Set(['lead', 'visitor', 'account']));

    const eraser = createEraser({
      dir: cell.paths.receipts, clock, log, state, identities: cell.identities, suppressed: cell.identities.suppressed, quarantine: cell.quarantine,
      receipts: openReceipts({ dir: cell.paths.receipts, key: cell.keys.signing }), lastScores: { erase: async () => {} } as never, ledger: { placesOf: () => [], blank: () => {} } as never,
    });
    const subjects = [...new Set(passed.map(({ subject }) => subject))].filter((subject) => ['lead', 'opportunity', 'contact'].includes(kindOf(subject)!));
    for (const subject of doomed) {
      const before = state.joinedWith(subject);
      expect(before.length, subject).toBeGreaterThan(0);
      await eraser.erase(subject);
      await catchUp(state, log);
      const clean = openMemoryState({ features: DEFAULT_FEATURES });
      await catchUp(clean, log);
      expect(vectors(state, subjects)).toEqual(vectors(clean, subjects));
      expect([state.counts().leads, state.counts().open, state.joinedWith(subject)]).toEqual([clean.counts().leads, clean.counts().open, []]);
    }
    const served = vectors(state, subjects);
    state.close();
    state = openLmdbState({ path: cell.paths.state, features: DEFAULT_FEATURES, epoch: log.epoch() });
    expect(vectors(state, subjects)).toEqual(served);
  } finally {
    state.close();
    await log.close();
    await cell.close();
  }
});
