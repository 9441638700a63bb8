import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { newSubject } from '../../events/index.ts';
import { conformance } from '../conformance.ts';
import { impression } from '../impression.fixture.ts';
import { openLmdbLog } from './log.ts';

const folder = mkdtempSync(join(tmpdir(), 'leadrank-log-'));
let count = 0;
afterAll(() => rmSync(folder, { recursive: true, force: true }));

conformance('lmdb', (clock) => openLmdbLog({ path: join(folder, `${count++}`), clock }));

test('what was under way when it is closed is finished, and nothing more is taken', async () => {
  const log = openLmdbLog({ path: join(folder, 'closing'), clock: () => 0 });
  const subject = newSubject('lead');
  await log.append([impression(subject, 0)]);
  const [appending, erasing, closing] = [log.append([impression(newSubject('lead'), 1)]), log.erase(subject), log.close()];
  await expect(log.append([impression(subject, 2)])).rejects.toMatchObject({ kind: 'unavailable' });
  await expect(log.erase(subject)).rejects.toMatchObject({ kind: 'unavailable' });
  await expect(log.trim(1)).rejects.toMatchObject({ kind: 'unavailable' });
  expect([await appending, await erasing]).toEqual([[1], 1]);
  await closing;
});
