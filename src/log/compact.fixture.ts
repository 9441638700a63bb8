/**
 * A process that appends, compacts and erases until it is killed: `compact.fixture.ts FOLDER KEPT GONE`. Prints the offset of each event of
 * KEPT that was acknowledged, as a line.
 */
import type { SubjectId } from '../events/index.ts';
import { impression } from './impression.fixture.ts';
import { openLog } from './open.ts';

const [folder, kept, gone] = process.argv.slice(2) as [string, SubjectId, SubjectId];
const log = openLog({ path: folder, clock: () => 1_000 });
process.stdout.write('open\n');
for (let n = log.end(); ; n = log.end()) {
  const subjects = Array.from({ length: 20 }, (_, i) => (i % 5 === 0 ? gone : kept));
  const offsets = await log.append(subjects.map((subject, i) => impression(subject, n + i)));
  process.stdout.write(`${offsets.filter((_, i) => i % 5 !== 0).join(' ')}\n`);
  await log.compact({ keep: 10, size: 30 });
  if (n % 100 === 0) await log.erase(gone);
}
