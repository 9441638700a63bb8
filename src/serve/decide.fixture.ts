import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Decision } from '../audit/index.ts';
import type { LoggedEvent } from '../events/index.ts';
import { LEAD_FEATURES, openMemoryState, type State } from '../features/index.ts';
import { DEFAULT_POLICY, engine, type LastScores } from '../rank/index.ts';
import { DEFAULT_RULES } from '../rules/index.ts';
import { createDecide, type Decide, type DecideParts } from './decide.ts';
import { openLastLists, type LastLists } from './last-lists.ts';

/** What happened, as a test says it. */
export interface Told {
  readonly type: string;
  readonly subject: string;
  /** ms */
  readonly time: number;
  readonly data: object;
}

/** A state in memory that has folded these. */
export function foldedFixture(told: readonly Told[]): State {
  const state = openMemoryState({ features: LEAD_FEATURES });
  state.fold(told.map((event, offset) => Object.assign({ id: `e${offset}`, source: 's', version: 1, offset, received: event.time, knownAt: event.time }, event) as unknown as LoggedEvent));
  return state;
}

/** Last scores of nobody. */
export const NO_SCORES: LastScores = { get: () => null, recall: (_, last) => last, trend: () => [], recallTrend: () => [], pointsGrade: () => null, keepPointsGrade: () => {}, put: () => {}, erase: () => {}, close: () => Promise.resolve() };

/** What decides about a state, by the rules where no model is given, with the standard policy but for `policy`. Ends with the test. */
export function decideFixture({ policy = {}, ...parts }: Pick<DecideParts, 'clock' | 'state'> & Partial<Omit<DecideParts, 'policy'>> & { policy?: object }): { decide: Decide; lastLists: LastLists } {
  const folder = mkdtempSync(join(tmpdir(), 'leadrank-decide-'));
  const names = LEAD_FEATURES.map(({ name }) => name);
  const rules = engine.parseRules(DEFAULT_RULES, names);
  const target = { rules: () => rules, columns: { id: 'test', names } };
  const journal = new Map<string, Decision>();
  const lastLists = openLastLists(join(folder, 'lists.mdb'));
  const decide = createDecide({
    engine: { id: 'test', code: engine },
    models: { current: () => null },
    targets: { lead: target, opportunity: target },
    policy: engine.parsePolicy({ ...DEFAULT_POLICY, ...policy }),
    lastScores: NO_SCORES,
    lastLists,
    journal: {
      async append(decisions) {
        for (const decision of decisions) journal.set(decision.id, decision);
      },
      find: (id) => journal.get(id),
    },
    ...parts,
  });
  onTestFinished(async () => {
    await decide.stop();
    await lastLists.close();
    rmSync(folder, { recursive: true });
  });
  return { decide, lastLists };
}
