import type { State } from './state.ts';

export interface Switching {
  /** One of the two, whichever serves. */
  readonly state: State;
  /** From now on `next` is told what is erased, as it may have folded that. */
  prepare(next: State): void;
  /** Whether it has come as far as the one that serves. */
  isReady(): boolean;
  /** From now on the one that was prepared serves; the old one is closed. */
  turn(): void;
}

/** Two states behind one face: `old` serves until another takes its place. `onClose` is told when it is closed before that. */
export function switching(old: State, onClose: () => void): Switching {
  let current = old;
  let next: State | undefined;
  const state: State = {
    get features() {
      return current.features;
    },
    offset: () => current.offset(),
    epoch: () => current.epoch(),
    fold: (events) => current.fold(events),
    record: (subject) => current.record(subject),
    owned: (owner) => current.owned(owner),
    ownedFrom: (owner, range) => current.ownedFrom(owner, range),
    lane: (lane, shelf, range) => current.lane(lane, shelf, range),
    owners: () => current.owners(),
    team: (manager) => current.team(manager),
    left: (manager) => current.left(manager),
    managers: () => current.managers(),
    queues: (territory) => current.queues(territory),
    uses: (user) => current.uses(user),
    disputes: (since) => current.disputes(since),
    user: (subject) => current.user(subject),
    champion: (target) => current.champion(target),
    rules: (target) => current.rules(target),
    actions: () => current.actions(),
    counts: () => current.counts(),
    asOf: () => current.asOf(),
    watermark: () => current.watermark(),
    staleSources: (now) => current.staleSources(now),
    joinedWith: (subject) => [...new Set([current, next].flatMap((one) => one?.joinedWith(subject) ?? []))],
    retract(subject, erased) {
      if (current !== next) next?.retract(subject, erased);
      return current.retract(subject, erased);
    },
    rows: () => current.rows(),
    close() {
      if (current !== next) {
        onClose();
        next?.close();
      }
      current.close();
    },
  };
  return {
    state,
    prepare: (prepared) => void (next = prepared),
    isReady: () => next !== undefined && next.offset() >= current.offset(),
    turn() {
      current = next!;
      old.close();
    },
  };
}
