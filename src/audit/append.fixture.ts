// `append.fixture.ts FOLDER SEGMENT_BYTES`: appends decisions until it is killed or refused. Prints the number of each
// group once it is acknowledged, and a refusal on stderr.
import { decisionFixture } from './decision.fixture.ts';
import { openJournal } from './journal.ts';

const journal = await openJournal({ dir: process.argv[2]!, server: 'a', segmentBytes: Number(process.argv[3]) });
try {
  for (let group = 0; ; group++) {
    await Promise.all([0, 1, 2].map((n) => journal.append([decisionFixture(group * 3 + n)])));
    process.stdout.write(`${group}\n`);
  }
} catch (error) {
  process.stderr.write(String(error));
}
