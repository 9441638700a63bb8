/**
 * Another process at a log, for tests: `process.fixture.ts append|read FOLDER COUNT`. Prints one JSON line per step.
 */
import { isSubject, newSubject, type SubjectId } from '../../events/index.ts';
import { impression } from '../impression.fixture.ts';
import { openLmdbLog } from './log.ts';

const [role, folder, count, subject] = process.argv.slice(2) as [string, string, string, string | undefined];
const log = openLmdbLog({ path: folder, clock: () => 1_000 });
const print = (line: unknown): void => void process.stdout.write(`${JSON.stringify(line)}\n`);

if (role === 'append') {
  // batches of five, several at once; each line is what was acknowledged
  const of: SubjectId = isSubject('lead', subject) ? subject : newSubject('lead');
  let refused = false;
  for (let n = 0; n < Number(count); n += 20) {
    await Promise.all(
      [0, 5, 10, 15].map(async (k) => {
        try {
          print(await log.append([0, 1, 2, 3, 4].map((i) => impression(of, n + k + i))));
        } catch (error) {
          refused = true;
          print({ kind: (error as { kind?: string }).kind, end: log.end(), read: [...log.read(0)].length });
        }
      }),
    );
    if (refused) break;
  }
}

if (role === 'read') {
  for (let at = 0; at < Number(count);) {
    await log.wait(at);
    for (const event of log.read(at)) {
      print([event.offset, event.id, log.epoch()]);
      at = event.offset + 1;
    }
    at = Math.max(at, log.end());
  }
}
await log.close();
