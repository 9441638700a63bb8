import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { newSubject } from '../events/index.ts';
import { impression } from './impression.fixture.ts';
import { eventsOf } from './of-subjects.ts';
import { openLog } from './open.ts';

it('finds the events of some subjects, in order, in the history and after it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'leadrank-of-'));
  const log = openLog({ path: folder, clock: () => 1_000 });
  try {
    const subjects = Array.from({ length: 7 }, () => newSubject('lead'));
    await log.append(Array.from({ length: 300 }, (_, n) => impression(subjects[n % 7]!, n)));
    const wanted = new Set<string>([subjects[1]!, subjects[4]!]);
    const expected = [...log.read(0)].filter(({ subject }) => wanted.has(subject));
    expect(await eventsOf(log, wanted)).toEqual({ events: expected, end: 300 });
    await log.compact({ keep: 50, size: 100 });
    expect(await eventsOf(log, wanted)).toEqual({ events: expected, end: 300 });
    expect(await eventsOf(log, wanted, { until: 160 })).toEqual({ events: expected.filter(({ offset }) => offset < 160), end: 160 });
  } finally {
    await log.close();
    rmSync(folder, { recursive: true, force: true });
  }
});

it('reads of the history what may hold a wanted type, and nothing after the wanted end', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'leadrank-of-type-'));
  const log = openLog({ path: folder, clock: () => 1_000 });
  try {
    const subject = newSubject('lead');
    const done = (n: number) => ({ ...impression(subject, n), id: `done-${n}`, type: 'feedback.given', data: { user: 'us_a', decision: 'd_1', action: 'done' } }) as ReturnType<typeof impression>;
    await log.append(Array.from({ length: 400 }, (_, n) => (n === 150 || n === 390 ? done(n) : impression(subject, n))));
    await log.compact({ keep: 50, size: 100 });
    const read: number[] = [];
    const history: typeof log.history = { ...log.history, columns: (segment, ...which) => (read.push(segment.from), log.history.columns(segment, ...which)) };
    const offsets = async (until?: number): Promise<number[]> => (await eventsOf({ ...log, history }, new Set([subject]), { types: ['feedback.given'], ...(until !== undefined && { until }) })).events.map(({ offset }) => offset);
    expect([await offsets(), read.splice(0)]).toEqual([[150, 390], [100]]);
    expect([await offsets(120), await offsets(60), read]).toEqual([[], [], [100]]);
  } finally {
    await log.close();
    rmSync(folder, { recursive: true, force: true });
  }
});
