import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { random } from '../../base/index.ts';
import { newSubject, serviceEvent } from '../../events/index.ts';
import { openLog } from '../open.ts';

const folder = mkdtempSync(join(tmpdir(), 'leadrank-cut-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const shown = (position: number) => serviceEvent({ type: 'impression.shown', subject: newSubject('lead'), time: 1, data: { user: newSubject('user'), decision: 'd', position, list: 'l' } });

it('a log whose file lacks its end, wherever it was cut off, is named and never kills who reads it', async () => {
  const whole = join(folder, 'whole');
  const log = openLog({ path: whole, clock: () => 1 });
  for (let batch = 0; batch < 4; batch++) await log.append(Array.from({ length: 4_000 }, (_, n) => shown(n + 1)));
  await log.close();
  const file = readdirSync(whole).find((name) => name.endsWith('.mdb'));
  const { size } = statSync(join(whole, file!));
  const draw = random(4);
  const shares = [1, 0.999, 0.97, 0.9, 0.7, 0.5, 0.2, 0.05, 5_000 / size, 100 / size, ...Array.from({ length: 20 }, () => 0.99 * draw.uniform())];
  const logs = shares.map((share) => {
    const path = join(folder, String(share));
    mkdirSync(path);
    copyFileSync(join(whole, file!), join(path, file!));
    truncateSync(join(path, file!), Math.floor(size * share));
    return path;
  });
  const script = `
    import { openLog } from ${JSON.stringify(join(import.meta.dirname, '..', 'open.ts'))};
    for (const path of ${JSON.stringify(logs)}) {
      try {
        const log = openLog({ path, clock: () => 1 });
        console.log(Array.from(log.read(0)).length);
      } catch (error) {
        console.log(error.name, error.kind);
      }
    }`;
  const told = execFileSync(process.execPath, ['--disable-warning=ExperimentalWarning', '--input-type=module', '-e', script], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  const [all, freed, ...lost] = told.trim().split('\n');
  expect([all, lost]).toEqual(['16000', shares.slice(2).map(() => 'Fault corrupt')]);
  expect(['16000', 'Fault corrupt']).toContain(freed); // its last page may hold nothing any more
});
