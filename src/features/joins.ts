import type { LoggedEvent, SubjectId } from '../events/index.ts';
import type { Aliases, Said } from './aliases.ts';
import type { Memberships } from './memberships.ts';
import { entityOf } from './subject.ts';
import type { Weave } from './weave.ts';

/** What is joined: rows and what they became. */
export interface JoinedRows {
  readonly aliases: Pick<Aliases, 'resolve' | 'get' | 'set'>;
  readonly memberships: Memberships;
  readonly weave: Pick<Weave, 'attach' | 'detach' | 'pour'>;
  has(subject: SubjectId): boolean;
  /** The row of a record that is another's now goes. */
  remove(subject: SubjectId): void;
}

/** What of an event is read. */
type Saying = Pick<LoggedEvent, 'type' | 'subject' | 'time' | 'data'>;

/**
 * Hears which records are one. A merge is for ever. A visitor is whom the newest link says, from then on; what it did before stays
 * where it was counted. Returns whether a subject is another now than before.
 */
export function createJoins({ aliases, memberships, weave, has, remove }: JoinedRows): (event: Saying, tie: number) => boolean {
  /** What `from` did so far counts in `into`, and its own row goes. */
  const move = (from: SubjectId, into: SubjectId): boolean => {
    if (from === into || !has(from)) return false;
    weave.detach(from);
    weave.detach(into);
    weave.pour(from, into);
    weave.attach(into);
    remove(from);
    memberships.forget(from);
    return true;
  };

  const merge = (from: SubjectId, into: SubjectId, said: Said): boolean => {
    if (from === into || entityOf(from) === undefined) return false;
    move(from, into);
    aliases.set(from, into, said);
    return true;
  };

  const link = (visitor: SubjectId, target: SubjectId, said: Said): boolean => {
    const known = aliases.get(visitor);
    const isNews = known === undefined || isLater(said, known.said);
    if (!isNews && known.to !== null) return false;
    const moved = move(visitor, aliases.resolve(target));
    aliases.set(visitor, target, isNews ? said : known.said);
    if (!isNews) aliases.set(visitor, null, known.said); // the link was over before it was heard of
    return moved || aliases.get(visitor)?.to !== known?.to;
  };

  const unlink = (visitor: SubjectId, targets: readonly SubjectId[], said: Said): boolean => {
    const known = aliases.get(visitor);
    if (known !== undefined && !isLater(said, known.said)) return false;
    const is = known?.to ?? null;
    if (is !== null && targets.length > 0 && !targets.some((target) => aliases.resolve(target) === aliases.resolve(is))) return false;
    aliases.set(visitor, null, said);
    return is !== null;
  };

  return ({ type, subject, time, data }, tie) => {
    if (type === 'record.merged') {
      return typeof data['loser'] === 'string' && merge(aliases.resolve(data['loser'] as SubjectId), aliases.resolve(subject), [time, tie]);
    }
    if (type !== 'link.visitor' && type !== 'link.removed') return false;
    const named = ([data['lead'], data['contact']] as (SubjectId | null | undefined)[]).filter((id) => typeof id === 'string');
    if (type === 'link.visitor') return named.length > 0 && link(subject, named[0]!, [time, tie]);
    return (named.length > 0 || typeof data['account'] !== 'string') && unlink(subject, named, [time, tie]);
  };
}

const isLater = ([time, tie]: Said, [before, tieBefore]: Said): boolean => time > before || (time === before && tie > tieBefore);
