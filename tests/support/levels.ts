import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createReplayer } from '../../src/audit/index.ts';
import { DAY, HOUR } from '../../src/base/index.ts';
import { readConfig } from '../../src/cli/config.ts';
import { levelLine, levelsOf } from '../../src/cli/doctor-levels.ts';
import { bundleFiles } from '../../src/cli/models.ts';
import type { SubjectId } from '../../src/events/index.ts';
import { armOf } from '../../src/experiment/index.ts';
import { teamOf } from '../../src/features/index.ts';
import type { Role, Stage } from '../../src/serve/index.ts';
import { NOW, type TestCell } from './cell.ts';

const as = (user: string, role: Role = 'rep'): { user: string; role: Role } => ({ user, role });

/** Every level of service over HTTP, stage by stage. `given`: a cell, one of its reps, and one whose list nobody asked for yet. */
export function testLevels(given: () => { cell: TestCell; rep: string; other: string }): void {
  const cell = (): TestCell => given().cell;
  const rep = (): string => given().rep;
  const other = (): string => given().other;

  test('without the model the last score answers, and for a record without one the rules; both say so', async () => {
    const { body: fresh } = await cell().ask(as(rep()), 'GET', '/v1/worklist');
    cell().advance(HOUR);
    cell().fault('the model takes too long');
    const { body: list } = await cell().ask(as(rep()), 'GET', '/v1/worklist?limit=200');
    const { body: unseen } = await cell().ask(as(other()), 'GET', '/v1/worklist');
    cell().fault(null);
    // What the two draw from one queue was scored with the first list.
    const shared = new Set(list.items.map(({ record }: any) => record));
    const own = unseen.items.filter(({ record }: any) => !shared.has(record));
    expect(own.length).toBeGreaterThan(0);
    for (const item of own) expect(item).toMatchObject({ level: 'L3', probability: null });
    const known = list.items.find(({ record }: any) => record === fresh.items[0].record);
    expect(known).toMatchObject({ level: 'L2', score: fresh.items[0].score, probability: fresh.items[0].probability });
    expect(known.scoredAt).toBe(fresh.items[0].scoredAt);
    expect(list.level >= 'L2').toBe(true);
    expect(list.levelReason).toContain('the model takes too long');
    expect((await cell().ask(as(rep()), 'GET', '/v1/worklist')).body.level).toBe('L0');
  });

  /** The first record of the list with some stages taken away: as the list says it, its receipt, and that it computes again. */
  async function without(stages: readonly Stage[]): Promise<{ list: any; item: any; decision: any; same: boolean }> {
    cell().fault('taken away', stages);
    const { status, body: list } = await cell().ask(as(rep()), 'GET', '/v1/worklist?limit=3');
    cell().fault(null);
    expect(status).toBe(200);
    const [item] = list.items;
    const { body: entry } = await cell().ask(as(rep()), 'GET', `/v1/decisions/${item.decision}`);
    const { body: replay } = await cell().ask(as('x', 'auditor'), 'POST', `/v1/decisions/${item.decision}/replay`);
    return { list, item, decision: entry.decision, same: replay.same };
  }

  test.each<[readonly Stage[], string, RegExp]>([
    [['freshness'], 'L1', /^Data is late: .* was last heard .* ago/u],
    [['deadline'], 'L2', /^Last score, .* old: taken away$/u],
    [['features'], 'L2', /^Last score, .* old: taken away$/u],
    [['model', 'last-score'], 'L3', /^Rules only: taken away; taken away$/u],
    [['features', 'last-score', 'deadline', 'model', 'freshness', 'action-policy', 'value'], 'L3', /^Rules only: taken away/u],
    [['value'], 'L0', /^Without a value: taken away$/u],
    [['action-policy'], 'L0', /^Actions as leadrank comes: taken away$/u],
    [['last-score'], 'L0', /^null$/u],
  ])('without %s the answer is %s, and says why', async (stages, level, reason) => {
    const whole = await without([]);
    const { list, item, decision, same } = await without(stages);
    expect([list.level, item.level, decision.level, same]).toEqual([level, level, level, true]);
    expect(String(list.levelReason)).toMatch(reason);
    expect(String(decision.levelReason)).toMatch(reason);
    if (level === 'L2') expect(item.probability).not.toBeNull();
    if (stages.includes('value')) expect([item.value, item.expectedValue]).toEqual([null, null]);
    if (stages.includes('features')) expect(item.action).toEqual({ kind: 'wait', sentence: 'Wait: what is known of it cannot be read now' });
    expect(list.items.length).toBe(whole.list.items.length);
  });

  test('a request that takes too long answers what it began in time by the model, and the rest by less', async () => {
    cell().slow(500);
    const { status, body } = await cell().ask(as(rep()), 'GET', '/v1/worklist?limit=200');
    cell().slow(0);
    expect(status).toBe(200);
    const levels = body.items.map(({ level }: any) => level);
    expect(levels).toContain('L0');
    expect(levels.filter((level: string) => level > 'L1').length).toBeGreaterThan(0);
    expect(body.levelReason).toMatch(/the deadline: (?:7|10) s of 10 s had passed/u);
    for (const level of new Set(levels)) {
      const { decision } = body.items.find((item: any) => item.level === level);
      expect((await cell().ask(as('x', 'auditor'), 'POST', `/v1/decisions/${decision}/replay`)).body).toMatchObject({ same: true });
    }
  });

  test('in the control arm the rules answer, which is no fault, and the journal keeps it', async () => {
    cell().arm('control');
    const { list, item, decision, same } = await without([]);
    const { body: insight } = await cell().ask(as(rep()), 'GET', `/v1/records/${item.record}/insight?what_if=touches_14d:0`);
    const blind = await without(['features']);
    cell().arm(null);
    expect(insight.whatIf).toBeNull();
    expect(blind.decision).toMatchObject({ level: 'L3', levelReason: 'Rules only: taken away', arm: 'control', probability: null });
    expect(blind.same).toBe(true);
    for (const said of [list, insight]) expect(said).toMatchObject({ level: 'L3', levelReason: 'Control arm', arm: 'control' });
    expect(item).toMatchObject({ level: 'L3', arm: 'control', probability: null });
    expect(decision).toMatchObject({ experiment: 'x_test', arm: 'control', fault: null });
    expect(same).toBe(true);
    const { node } = cell();
    const replayer = createReplayer({ archive: node.archive, bundle: (id) => bundleFiles(node.cell.paths.bundles, id) });
    const again = await replayer.fromLog(node.ledger.find(item.decision)!.decision, { log: node.log, features: node.state.features, find: (id) => node.ledger.find(id)?.decision });
    expect(again).toMatchObject({ same: true, listChecked: true });
    expect((await without([])).list).not.toHaveProperty('arm');
  });

  test.each(['account', 'team'] as const)('an experiment of the policy draws each %s into an arm, and every decision says which', async (unit) => {
    const teams: string[] = [];
    for (const user of [rep(), other()]) {
      const { body: list } = await cell().ask(as(user), 'GET', '/v1/worklist');
      const { node: before } = cell();
      teams.push(teamOf(before.state.user(before.ledger.find(list.items[0].decision)!.decision.user as SubjectId)!.manager!));
    }
    // Ids are drawn anew for each cell: a salt that parts these two teams.
    const salt = Array.from({ length: 100 }, (_, n) => `salt ${n}`).find((one) => armOf({ salt: one, share: 0.5 }, teams[0]!) !== armOf({ salt: one, share: 0.5 }, teams[1]!))!;
    await cell().restart({ version: 3, experiment: { name: 'payoff', share: 0.5, unit, salt } });
    const { node } = cell();
    const replayer = createReplayer({ archive: node.archive, bundle: (id) => bundleFiles(node.cell.paths.bundles, id) });
    const arms = new Map<string, string>();
    const shown = new Set<string>();
    for (const user of [rep(), other()]) {
      const { body: list } = await cell().ask(as(user), 'GET', '/v1/worklist?limit=40');
      for (const item of list.items) {
        const { decision } = node.ledger.find(item.decision)!;
        expect(decision).toMatchObject({ experiment: 'payoff', arm: item.arm ?? 'treatment', unit: expect.any(String), level: item.arm === 'control' ? 'L3' : 'L0' });
        expect(arms.get(decision.unit!) ?? decision.arm).toBe(decision.arm);
        arms.set(decision.unit!, decision.arm!);
        shown.add(decision.arm!);
      }
      const [first] = list.items;
      expect((await cell().ask(as('x', 'auditor'), 'POST', `/v1/decisions/${first.decision}/replay`)).body).toMatchObject({ same: true });
      const again = await replayer.fromLog(node.ledger.find(first.decision)!.decision, { log: node.log, features: node.state.features, find: (id) => node.ledger.find(id)?.decision });
      expect(again).toMatchObject({ same: true, listChecked: true });
      if (unit === 'team') expect(new Set(list.items.map(({ arm }: any) => arm)).size).toBe(1);
      for (const { record, arm } of list.items.slice(0, 3)) {
        const { body } = await cell().ask(as(user), 'GET', `/v1/records/${record}/insight?what_if=touches_14d:0`);
        expect([arm, body.whatIf === null]).toEqual([arm, arm === 'control']);
      }
    }
    expect([...shown].toSorted()).toEqual(['control', 'treatment']);
    await cell().restart();
    expect((await cell().ask(as(rep()), 'GET', '/v1/worklist')).body).not.toHaveProperty('arm');
  });

  test('doctor says the level of each target beside the process, and the rules behind it', () => {
    const { dir, node } = cell();
    const lines = (now: number): string[] => levelsOf(readConfig({ data: join(dir, '..') }), node.cell.paths, now).map(levelLine);
    const by = /; else by rules version \d+, that come with leadrank, [0-9a-f]{8}$/u;
    expect(lines(NOW)).toEqual([expect.stringMatching(/^leads at L0; else/u), expect.stringMatching(/^opportunities at L0; else/u)]);
    for (const line of lines(NOW)) expect(line).toMatch(by);
    for (const line of lines(NOW + 400 * DAY)) expect(line).toMatch(/ at L1, late: .*salesforce/u);
  });
}
