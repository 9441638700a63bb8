import { HOUR } from '../base/index.ts';
import type { Decision } from '../audit/index.ts';
import { changeOf, type Change, type LoadedModel, type Seen } from '../rank/index.ts';
import type { LastLists, ShownList, ShownLists } from './last-lists.ts';

/** Tells what changed on a user's list since one that the same user saw an hour ago or more. */
export interface Changes {
  /** By subject, for those whose place is another. */
  of(user: string, decisions: readonly Decision[], modelOf: (subject: string) => Scoring | null): ReadonlyMap<string, Change>;
  /** The user saw this list: later ones are compared with it. */
  keep(user: string, decisions: readonly Decision[]): void;
}

/** The model that decides about a record, and what its vectors are made of. */
export interface Scoring {
  readonly model: LoadedModel;
  readonly columns: { readonly id: string; readonly names: readonly string[] };
}

export interface ChangesParts {
  readonly lists: Pick<LastLists, 'shown' | 'keepShown'>;
  /** A journalled decision; undefined where it was erased. */
  readonly find: (id: string) => Decision | undefined;
  /** Of so many users who asked last the old list is held in memory, so that a refresh does not read it again. */
  readonly most?: number;
}

type Kept = Pick<Decision, 'subject' | 'time' | 'bundle' | 'raw' | 'facts' | 'vector' | 'columns' | 'placement'>;
type Records = ReadonlyMap<string, Kept>;

/** How far apart the lists are that are compared, so that a page which refreshes goes on saying it. */
const APART = HOUR;
const TOP = 50;

/** Compares lists by their journalled decisions: any process that has the journal and the last lists says the same. */
export function createChanges({ lists, find, most = 500 }: ChangesParts): Changes {
  const held = new Map<string, { readonly of: string; readonly records: Records }>();

  const recordsOf = (user: string, { time, decisions }: ShownList): Records => {
    const of = `${time} ${decisions[0]}`;
    const known = held.get(user);
    const records = known?.of === of ? known.records : new Map(decisions.flatMap((id) => find(id) ?? []).map((decision) => [decision.subject, keptOf(decision)] as const));
    held.delete(user);
    held.set(user, { of, records });
    if (held.size > most) held.delete(held.keys().next().value!);
    return records;
  };

  return {
    of(user, decisions, modelOf) {
      const before = lists.shown(user);
      const time = decisions[0]?.time;
      const old = before === null || time === undefined ? null : isOld(before, time) ? before.recent : before.old;
      if (old === null) return new Map();
      const records = recordsOf(user, old);
      return compare({ records, places: old.decisions.length }, decisions, modelOf);
    },
    keep(user, decisions) {
      const time = decisions[0]?.time;
      if (time === undefined) return;
      const before = lists.shown(user);
      const recent = { time, decisions: decisions.slice(0, TOP).map(({ id }) => id) };
      if (before === null) lists.keepShown(user, { old: null, recent });
      else if (isOld(before, time)) lists.keepShown(user, { old: before.recent, recent });
    },
  };
}

const isOld = ({ recent }: ShownLists, time: number): boolean => time - recent.time >= APART;

const keptOf = ({ subject, time, bundle, raw, facts, vector, columns, placement }: Decision): Kept => ({ subject, time, bundle, raw, facts, vector, columns, placement });

interface Old {
  readonly records: Records;
  /** How many of its places are remembered. */
  readonly places: number;
}

function compare(old: Old, decisions: readonly Decision[], modelOf: (subject: string) => Scoring | null): Map<string, Change> {
  const found = new Map<string, Change>();
  const tellsNew = hadAll(old, decisions[0]!.placement?.limit ?? Infinity);
  for (const decision of decisions.slice(0, TOP)) {
    const { subject, placement } = decision;
    const before = old.records.get(subject);
    if (placement?.priority === undefined || before?.placement?.position === placement.position || (before === undefined && !tellsNew)) continue;
    const scoring = modelOf(subject);
    const [then, now] = [before === undefined ? null : seen(before, scoring), seen(decision, scoring)];
    const change = now && changeOf(then?.seen ?? null, now.seen, then?.rescored ?? null);
    if (change) found.set(subject, change);
  }
  return found;
}

/**
 * Whether what is not among the remembered places cannot have stood on a list of at most `limit` then: it was no longer than they are,
 * and no more were asked for now than then. A shorter one says nothing of the places beyond its end.
 */
function hadAll({ records, places }: Old, limit: number): boolean {
  const [first] = records.values();
  const asked = first?.placement?.limit ?? 0;
  const isWhole = asked <= TOP || places < TOP;
  return isWhole && (places < asked || limit <= asked);
}

/** A record as it stood, explained by the model that decides now. */
function seen({ subject, time, bundle, raw, facts, vector, columns, placement }: Kept, scoring: Scoring | null): { seen: Seen; rescored: number | null } | null {
  if (placement?.priority === undefined) return null;
  const { position, priority } = placement;
  const scored = scoring === null || scoring.columns.id !== columns ? null : scoring.model.score(scoring.columns.names, vector);
  return { seen: { subject, position, time, bundle, priority, facts, raw, effects: scored?.effects ?? null }, rescored: scored?.raw ?? null };
}
