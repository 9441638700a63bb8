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
  } finally {
    await log.close();
    rmSync(folder, { recursive: true, force: true });
  }
});
