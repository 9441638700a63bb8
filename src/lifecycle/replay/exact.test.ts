import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY } from '../../base/index.ts';
import type { Event, LoggedEvent } from '../../events/index.ts';
import { openLog } from '../../log/index.ts';
import { replayLog } from '../samples.ts';
import type { SampleTable } from './sample-table.ts';
import { openSource } from './open-source.ts';
import { planOf, type SamplePlan } from './plan.ts';
import { replaySamples } from './replay.ts';
import { DEAL_FEATURES, END, FEATURES, liveOf, logOf, rowsOf, START, worlds } from './testing.ts';

const CASES = [
  { target: 'lead', features: FEATURES },
  { target: 'opportunity', features: DEAL_FEATURES },
] as const;
type Case = (typeof CASES)[number];

const replay = async (events: readonly LoggedEvent[], { target, features }: Case, plan: Partial<SamplePlan> = {}): Promise<SampleTable> =>
  replayLog({ log: await logOf(events), features, plan: { until: END, horizon: 10 * DAY, target, ...plan }, threads: 0 });

describe.each(CASES)('a replayed sample ($target)', (of) => {
  it('shows what the live state would have shown', async () => {
    await fc.assert(
      fc.asyncProperty(worlds, async (events) => {
        const live = liveOf(of.features, events);
        const rows = rowsOf(await replay(events, of)).map((row) => ({ row, before: row.reason === 0 ? Infinity : row.offset }));
        for (const { row, before } of rows.toSorted((a, b) => a.row.time - b.row.time || (a.before === b.before ? 0 : a.before - b.before)))
          expect(row.values).toEqual(live(row.subject, row.time, before));
      }),
      { numRuns: 60 },
    );
  });

  it('does not change when everything that became known later is deleted', async () => {
    await fc.assert(
      fc.asyncProperty(worlds, fc.nat(40), async (events, day) => {
        const cut = START + day * DAY;
        const unlabelled = (table: SampleTable): unknown[] => rowsOf(table).filter(({ time }) => time <= cut).map(({ subject, time, reason, values }) => ({ subject, time, reason, values }));
        const blind = await replay(events.filter(({ knownAt }) => knownAt <= cut), of);
        // a decision that is shown later is deleted with the rest
        expect(unlabelled(blind)).toEqual(unlabelled(await replay(events, of)));
      }),
      { numRuns: 40 },
    );
  });

  it('is neither positive nor negative before its horizon is over', async () => {
    await fc.assert(
      fc.asyncProperty(worlds, fc.nat(40), async (events, day) => {
        const until = START + day * DAY;
        const all = new Map(rowsOf(await replay(events, of)).map((row) => [`${row.subject} ${row.time} ${row.reason} ${row.offset}`, row.label]));
        for (const { subject, time, reason, offset, label } of rowsOf(await replay(events, of, { until }))) {
          if (time + 10 * DAY > until) expect(label).toBeNaN();
          else expect(label).toBe(all.get(`${subject} ${time} ${reason} ${offset}`));
        }
      }),
      { numRuns: 30 },
    );
  });
});

describe.each(CASES)('a replay of $target samples', (of) => {
  it('gives the same from history and tail, on any number of threads, in any number of parts', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'leadrank-replay-'));
    const events = fc.sample(worlds, { numRuns: 30, seed: 4 }).flatMap((world, n) =>
      world.map((event) => ({ ...event, id: `${n} ${event.id}`, subject: `${event.subject}${n % 7}`, data: Object.fromEntries(Object.entries(event.data).map(([key, value]) => [key, /^(ld|ac|us|cp|op|ct)_/u.test(String(value)) ? `${value as string}${n % 7}` : value])) })));
    const known = new Map(events.map((event) => [event.id, event.knownAt]));
    const log = openLog({ path: join(folder, 'log'), clock: () => START + 30 * DAY });
    try {
      await log.append(events as unknown as Event[], { knownAt: ({ id }) => known.get(id)! });
      const replayed = async (threads: number): Promise<unknown> =>
        rowsOf(await replayLog({ log, features: of.features, plan: { until: END, horizon: 10 * DAY, target: of.target }, threads }));
      const plain = await replayed(0);
      await log.compact({ keep: 100, size: Math.floor((log.end() - 100) / 2) });
      expect(await replayed(0)).toEqual(plain);
      expect(await replayed(3)).toEqual(plain);
      const parts = { source: await openSource(log), features: of.features, plan: planOf({ until: END, horizon: 10 * DAY, target: of.target }), threads: 0 };
      for (const rowsAPart of [400, 20]) expect(rowsOf(await replaySamples({ ...parts, rowsAPart }))).toEqual(plain);
      expect((plain as unknown[]).length).toBeGreaterThan(50);
    } finally {
      await log.close();
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

describe('the samples of a replay', () => {
  it('draw negatives by their weights and keep every positive', async () => {
    const events = fc.sample(worlds, { numRuns: 1, seed: 9 })[0]!;
    const all = rowsOf(await replay(events, CASES[0]));
    const drawn = await replay(events, CASES[0], { negatives: 0.4 });
    const rows = rowsOf(drawn);
    expect(rows.filter(({ label }) => label === 1)).toEqual(all.filter(({ label }) => label === 1));
    expect(rows.filter(({ label }) => label === 0).length).toBeLessThan(all.filter(({ label }) => label === 0).length);
    for (const [row, { label }] of rows.entries()) expect(drawn.weights[row]).toBe(label === 0 ? 2.5 : 1);
  });

  it('are positive where an opportunity is won within the horizon', async () => {
    const at = (day: number, type: string, data: object = {}) => ({ type, subject: 'op_m', time: START + day * DAY, knownAt: START + day * DAY, data });
    const story = [at(0, 'opportunity.created', { owner: 'us_p' }), at(2, 'opportunity.lost'), at(6, 'opportunity.reopened'), at(20, 'opportunity.won')];
    const events = story.map((event, offset) => Object.assign(event, { id: `e${offset}`, source: 'test', version: 1, offset, received: END }) as unknown as LoggedEvent);
    const rows = rowsOf(await replay(events, CASES[1], { horizon: 15 * DAY, moments: 'at ages' }));
    expect(rows.map(({ time, label }) => [(time - START) / DAY, label])).toEqual([[1, 0], [7, 1], [14, 1]]);
  });
});
