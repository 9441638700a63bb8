import fc from 'fast-check';
import { expect, it } from 'vitest';
import { DAY } from '../../base/index.ts';
import type { LoggedEvent } from '../../events/index.ts';
import { replayLog } from '../samples.ts';
import { END, FEATURES, logOf, rowsOf, START, worlds } from './testing.ts';

type Happening = readonly [day: number, type: string, subject: string, data?: object];

async function labelsOf(story: readonly Happening[]): Promise<Record<string, number>> {
  const events = story.map(([day, type, subject, data = {}], offset) => {
    const time = START + day * DAY;
    return { id: `e${offset}`, source: 'test', type, version: type === 'lead.created' ? 2 : 1, subject, time, knownAt: time, data, offset, received: END } as unknown as LoggedEvent;
  });
  const rows = rowsOf(await replayLog({ log: await logOf(events), features: FEATURES, plan: { until: END, horizon: 20 * DAY, ages: [DAY] }, threads: 0 }));
  return Object.fromEntries(rows.map(({ subject, label }) => [subject, label]));
}

const born = ['a', 'b', 'c'].map((name): Happening => [0, 'lead.created', `ld_${name}`, { owner: 'us_p' }]);

it('an outcome is that of the record that has it, not of one that a visitor is shared with', async () => {
  const shared: Happening[] = [[0.5, 'link.visitor', 'vi_v', { lead: 'ld_a' }], [2, 'link.visitor', 'vi_v', { lead: 'ld_b' }], [3, 'web.visited', 'vi_v', { page: 'home', seconds: 1 }]];
  expect(await labelsOf([...born, ...shared, [5, 'lead.converted', 'ld_a']])).toEqual({ ld_a: 1, ld_b: 0, ld_c: 0 });
});

it('of records that were merged by then it is that of all', async () => {
  const merge: Happening = [4, 'record.merged', 'ld_b', { loser: 'ld_a' }];
  expect(await labelsOf([...born, merge, [5, 'lead.converted', 'ld_b']])).toEqual({ ld_a: 1, ld_b: 1, ld_c: 0 });
  expect(await labelsOf([...born, merge, [6, 'record.merged', 'ld_c', { loser: 'ld_b' }], [7, 'lead.converted', 'ld_c']])).toEqual({ ld_a: 1, ld_b: 1, ld_c: 1 });
  expect(await labelsOf([...born, [3, 'lead.converted', 'ld_b'], merge])).toEqual({ ld_a: 0, ld_b: 1, ld_c: 0 });
  const unheardOf: Happening[] = [[4, 'record.merged', 'ld_a', { loser: 'ld_x' }], [6, 'record.merged', 'ld_b', { loser: 'ld_x' }]];
  expect(await labelsOf([...born, ...unheardOf, [7, 'lead.converted', 'ld_b']])).toEqual({ ld_a: 1, ld_b: 1, ld_c: 0 });
});

it('without merges a label rests on the record’s own outcomes alone', async () => {
  await fc.assert(
    fc.asyncProperty(worlds, async (world) => {
      const events = world.filter(({ type }) => type !== 'record.merged');
      const rows = rowsOf(await replayLog({ log: await logOf(events), features: FEATURES, plan: { until: END, horizon: 10 * DAY }, threads: 0 }));
      for (const { subject, time, label } of rows) {
        if (Number.isNaN(label)) continue;
        const own = events.filter((event) => event.type === 'lead.converted' && event.subject === (subject as typeof event.subject));
        expect(label).toBe(Number(own.some(({ knownAt }) => knownAt > time && knownAt <= time + 10 * DAY)));
      }
    }),
    { numRuns: 20 },
  );
});
