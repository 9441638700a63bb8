// Appends decisions until it is killed; prints the number of each group once it is acknowledged.
import { decisionFixture } from './decision.fixture.ts';
import { openJournal } from './journal.ts';

const journal = await openJournal({ dir: process.argv[2]!, server: 'a', segmentBytes: 20_000 });
for (let group = 0; ; group++) {
  await Promise.all([0, 1, 2].map((n) => journal.append([decisionFixture(group * 3 + n)])));
  process.stdout.write(`${group}\n`);
}
