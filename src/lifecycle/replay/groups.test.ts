import { describe, expect, it } from 'vitest';
import { DAY, MINUTE } from '../../base/index.ts';
import { newestVersion, type LoggedEvent } from '../../events/index.ts';
import { openSource } from './open-source.ts';
import { planOf } from './plan.ts';
import { replaySamples } from './replay.ts';
import { END, FEATURES, liveOf, logOf, rowsOf, START } from './testing.ts';

type What = readonly [type: string, subject: string, data: object];

/** Events one minute after the other. */
const logged = (list: readonly What[]): LoggedEvent[] =>
  list.map(([type, subject, data], n) => {
    const time = START + n * MINUTE;
    return { id: `e${n}`, source: 'test', type, version: newestVersion(type), subject, time, knownAt: time, received: time, offset: n, data } as unknown as LoggedEvent;
  });

const created: What = ['lead.created', 'ld_w', { owner: 'us_p', account: 'ac_x' }];
const visited = (subject: string): What => ['web.visited', subject, { page: 'pricing', seconds: 5 }];
const linked = (visitor: string, lead: string): What => ['link.visitor', visitor, { lead }];
const merged = (into: string, loser: string): What => ['record.merged', into, { loser }];

/** What was done in the end counts three times for the lead ld_w. */
const STORIES: Readonly<Record<string, readonly What[]>> = {
  'a lost lead that has no events': [created, visited('vi_v'), visited('vi_v'), linked('vi_v', 'ld_l'), merged('ld_w', 'ld_l'), visited('vi_v')],
  'a lost lead that only did what no feature hears': [['meeting.held', 'ld_l', {}], created, visited('vi_v'), visited('vi_v'), linked('vi_v', 'ld_l'), merged('ld_w', 'ld_l'), visited('vi_v')],
  'a lead that is created after it was linked': [visited('vi_v'), visited('vi_v'), linked('vi_v', 'ld_w'), created, visited('vi_v')],
  'leads that were merged one after the other, none with events': [visited('vi_v'), linked('vi_v', 'ld_l'), merged('ld_m', 'ld_l'), visited('vi_v'), merged('ld_n', 'ld_m'), created, merged('ld_w', 'ld_n'), visited('vi_v')],
  'two visitors of a lost lead that has no events': [created, visited('vi_v'), visited('vi_u'), linked('vi_v', 'ld_l'), linked('vi_u', 'ld_l'), merged('ld_w', 'ld_l'), visited('vi_u')],
};

describe('records that belong together only through one without rows', () => {
  it.each(Object.entries(STORIES))('are replayed together: visits to %s', async (_, story) => {
    const events = logged(story);
    const source = await openSource(await logOf(events));
    const rows = rowsOf(await replaySamples({ source, features: FEATURES, plan: planOf({ until: END, horizon: 10 * DAY }), threads: 0 }));
    const row = rows.filter(({ subject }) => subject === 'ld_w').toSorted((a, b) => a.time - b.time)[0]!;
    expect(row.values).toEqual(liveOf(FEATURES, events)('ld_w', row.time, Infinity));
    expect(row.values[FEATURES.findIndex(({ name }) => name === 'visits')]).toBe(3);
  });
});
