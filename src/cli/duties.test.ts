import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { Registry } from 'prom-client';
import { DAY, HOUR } from '../base/index.ts';
import { marksIn, openJournal, verifyJournals, type Decision } from '../audit/index.ts';
import { newSubject, serviceEvent } from '../events/index.ts';
import { LEAD_FEATURES, openStateOf, readSnapshot } from '../features/index.ts';
import { openLog } from '../log/index.ts';
import { compaction, watchHistory, type CompactionPlan } from './compaction.ts';
import { readConfig } from './config.ts';
import { keep } from './duty.ts';
import { retention } from './retention.ts';
import { snapshots } from './snapshots.ts';

const base = mkdtempSync(join(tmpdir(), 'leadrank-duties-'));
afterAll(() => rmSync(base, { recursive: true, force: true }));

const [lead, user] = [newSubject('lead'), newSubject('user')];
const shown = (position: number) => serviceEvent({ type: 'impression.shown', subject: lead, time: 1, data: { user, decision: 'd', position, list: 'l' } });
const many = (count: number) => Array.from({ length: count }, (_, i) => shown(i + 1));
const options = () => ({ registry: new Registry(), onFailure: vi.fn() });
const PLAN: CompactionPlan = { keep: 100, size: 1_000, age: HOUR, every: 20 };

describe('the duties of a cell', () => {
  test('what is old and much becomes history by itself, while events come in', async () => {
    let now = 1_000;
    const path = join(base, 'log');
    const log = openLog({ path, clock: () => now });
    await log.append(many(2_500));
    const how = options();
    const duty = keep(compaction(log, path, PLAN, () => now), how);
    watchHistory(how.registry, log, PLAN, () => now);
    await log.append(many(100));
    expect(log.history.end()).toBe(0); // nothing is an hour old
    now += 2 * HOUR;
    expect(await how.registry.getSingleMetricAsString('leadrank_compaction_due_segments')).toMatch(/ 2$/u);
    await vi.waitFor(() => expect(log.history.end()).toBe(2_000), { timeout: 30_000 });
    const [offset] = await log.append([shown(1)]);
    expect(offset).toBe(2_600);
    await vi.waitFor(() => expect(log.settled()).toBe(true), { timeout: 30_000 });
    expect([...log.read(0)].map((event) => event.offset)).toEqual(Array.from({ length: 2_601 }, (_, i) => i));
    expect(await how.registry.metrics()).toMatch(/leadrank_history_segments 2[\s\S]*leadrank_log_tail_events 601[\s\S]*leadrank_compaction_due_segments 0/u);
    expect(how.onFailure).not.toHaveBeenCalled();
    await duty.stop();
    await duty.stop();
    await log.close();
  });

  test('a snapshot is taken as the log grows, and dropped with an epoch', async () => {
    const log = openLog({ path: join(base, 'log 2'), clock: () => 1_000 });
    const paths = { state: join(base, 'state'), snapshots: join(base, 'snapshots') };
    await log.append(many(300));
    const { state } = await openStateOf({ path: paths.state, features: LEAD_FEATURES, log });
    const how = options();
    const plan = { every: HOUR, events: 200 };
    const duty = keep(snapshots(state, paths, plan, () => 1_000), how);
    await vi.waitFor(() => expect(readSnapshot(paths.snapshots)).toMatchObject({ offset: 300, taken: 1_000 }), { timeout: 30_000 });
    await duty.stop();
    const { due } = snapshots(state, paths, plan, () => 2 * HOUR);
    expect(due()).toBeUndefined(); // it has not grown
    state.retract(lead, { epoch: 1 });
    expect(due()).toMatchObject({ kind: 'snapshot' });
    expect(readSnapshot(paths.snapshots)).toBeUndefined();
    expect(how.onFailure).not.toHaveBeenCalled();
    state.close();
    await log.close();
  });

  test('a failure is told and counted, and tried again', async () => {
    const how = options();
    const folder = join(base, 'snapshots of nothing');
    const duty = keep({ name: 'snapshot', every: 60_000, due: () => ({ kind: 'snapshot', state: join(base, 'none'), folder, now: 0 }) }, how);
    await vi.waitFor(() => expect(how.onFailure).toHaveBeenCalled(), { timeout: 30_000 });
    expect(String(how.onFailure.mock.calls[0]![0])).toMatch(/snapshot: .*none: holds no state.*tried again/u);
    await duty.stop();
  });

  test('old decisions go, and the log tells of it', async () => {
    const [journal, path] = [join(base, 'journal'), join(base, 'log-of-journal')];
    const written = await openJournal({ dir: journal, server: 'node', segmentBytes: 129 });
    for (let n = 0; n < 6; n++) await written.append([{ id: `d_${n}`, subject: lead, user, time: n * DAY + 1 } as unknown as Decision]);
    await written.close();
    const log = openLog({ path, clock: () => 6 * DAY });
    const how = options();
    const duty = keep(retention({ journal, log: path }, { keep: 3 * DAY }, () => 6 * DAY), how);
    await vi.waitFor(() => expect(readdirSync(journal)).toHaveLength(4), { timeout: 30_000 });
    await duty.stop();
    const marks = await marksIn(log);
    expect([verifyJournals(journal, { marks }), marks.retired, how.onFailure.mock.calls]).toEqual([expect.objectContaining({ ok: true, records: 4 }), [expect.objectContaining({ server: 'node', segment: 2 })], []]);
    await log.close();
  });

  test('cell.yaml says when, or that they are off', () => {
    const config = join(base, 'config');
    const read = (text: string) => {
      writeFileSync(join(base, 'cell.yaml'), text);
      return readConfig({ config: base }).duties;
    };
    expect(readConfig({}).duties).toMatchObject({ compaction: { age: 24 * HOUR }, snapshots: { every: 6 * HOUR }, retention: { keep: 400 * DAY } });
    expect(read('compaction: off\nsnapshots: off\njournal: off\n')).toEqual({ compaction: null, snapshots: null, retention: null });
    expect(read('journal: { keep_days: 90 }\n')).toMatchObject({ retention: { keep: 90 * DAY } });
    expect(read('compaction: { after_hours: 2, keep_events: 5000 }\nsnapshots: { every_hours: 1 }\n')).toMatchObject({
      compaction: { age: 2 * HOUR, keep: 5_000 }, snapshots: { every: HOUR, events: 100_000 },
    });
    expect(() => read('compaction: { after: 2 }\n')).toThrow(/cell\.yaml: compaction\.after: "2": is not known here/u);
    expect(() => readConfig({ config })).toThrow(/no such file/u);
  });
});
