import { catalogue, type LoggedEvent, type SubjectId } from '../../events/index.ts';
import { BUCKETS, FIRST_WORD, openHistory, rowReader, tieOf } from '../../log/index.ts';
import { createAliases } from '../aliases.ts';
import { createJoins } from '../joins.ts';
import { memoryStore } from '../memory/store.ts';
import { entityOf } from '../subject.ts';
import { JOINING, tiedBy } from '../joining.ts';
import { createKin, type Homes } from './kin.ts';
import { orderedIn } from './ordered.ts';
import type { BuildSource } from './source.ts';

/** What must be known of a whole history before its shards can be folded apart from one another. */
export interface Survey {
  /** What tells of users and of the cell itself, in the order of the log, without repeated deliveries. */
  readonly told: readonly LoggedEvent[];
  readonly homes: Homes;
  /** What accounts and campaigns became in the end. */
  readonly merged: ReadonlyMap<string, string>;
  /** The containers whose members count in the order of the log. */
  readonly ordered: ReadonlySet<string>;
}

/** But for what is told of journals, several an hour for ever, which no state holds. */
const CONTROL = catalogue.types.map(({ name }) => name).filter((name) => name.startsWith('control.') && !name.startsWith('control.journal.'));
const TOLD: ReadonlySet<string> = new Set([...CONTROL, 'user.changed']);
const READ: ReadonlySet<string> = new Set([...TOLD, ...JOINING]);

/** Reads the parts that name such events, and no other. */
export function surveyHistory({ folder, segments }: BuildSource, shares: number): Survey {
  const history = openHistory(folder);
  const kin = createKin(shares);
  const told: LoggedEvent[] = [];
  const merges: LoggedEvent[] = [];
  for (const segment of segments) {
    for (let bucket = 0; bucket < BUCKETS; bucket++) {
      const columns = history.columns(segment, bucket, { types: READ });
      if (columns === undefined) continue;
      const isRead = columns.types.words.map((type) => READ.has(type));
      if (!isRead.includes(true)) continue;
      const read = rowReader(columns);
      for (let row = 0; row < columns.count; row++) {
        if (!isRead[columns.types.codes[row]! - FIRST_WORD] || columns.repeats[row] === 1) continue;
        const event = read(row);
        if (TOLD.has(event.type)) told.push(event);
        else for (const other of tiedBy(event)) kin.tie(event.subject, other);
        if (event.type === 'record.merged' && isContainer(event.subject)) merges.push(event);
      }
    }
  }
  return { told: told.toSorted(inOrder), homes: kin.homes(), merged: becomeOf(merges.toSorted(inOrder)), ordered: orderedIn(told, merges) };
}

const inOrder = (a: LoggedEvent, b: LoggedEvent): number => a.offset - b.offset;
const isContainer = (subject: string): boolean => ['account', 'campaign'].includes(entityOf(subject) ?? '');

/** What merged records became, as the fold hears it. */
function becomeOf(merges: readonly LoggedEvent[]): Map<string, string> {
  const aliases = createAliases(memoryStore());
  const nothing = (): void => {};
  const join = createJoins({
    aliases,
    memberships: { enter: (_, __, ___, held) => held, forget: nothing },
    weave: { attach: nothing, detach: nothing, pour: nothing },
    has: () => false,
    remove: nothing,
  });
  for (const event of merges) join(event, tieOf(event.source, event.id));
  // who lost again under its old name takes the winner of then along
  const named = new Set(merges.flatMap(({ subject, data }) => [subject, data['loser'] as SubjectId]));
  return new Map([...named].map((one) => [one, aliases.resolve(one)] as const).filter(([one, root]) => root !== one));
}
