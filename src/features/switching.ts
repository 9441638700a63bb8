import type { State } from './state.ts';

export interface Switching {
  /** Whichever serves. */
  readonly state: State;
  /** From now on `next` is told what is erased, as it may have folded that. */
  prepare(next: State): void;
  /** Closes the one that was prepared: it is not to serve after all. */
  forgo(): void;
  /** Whether it has come as far as the one that serves. */
  isReady(): boolean;
  /** From now on the one that was prepared serves; the one before is closed. */
  turn(): void;
  /** Closes the one that serves, and serves what `open` gives: the same rows, read otherwise. */
  reopen(open: () => State): void;
}

export interface SwitchingHooks {
  /** Told when it is closed. */
  readonly onClose: () => void;
  /** Told before something is erased. */
  readonly onRetract: () => void;
}

/** States behind one face: `first` serves until another takes its place. */
export function switching(first: State, { onClose, onRetract }: SwitchingHooks): Switching {
  let current = first;
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
    ended: (owner, range) => current.ended(owner, range),
    owners: () => current.owners(),
    team: (manager) => current.team(manager),
    left: (manager) => current.left(manager),
    managers: () => current.managers(),
    queues: (territory) => current.queues(territory),
    uses: (user) => current.uses(user),
    disputes: (since) => current.disputes(since),
    user: (subject) => current.user(subject),
    champion: (target) => current.champion(target),
    earlier: (target) => current.earlier(target),
    rules: (target) => current.rules(target),
    actions: () => current.actions(),
    counts: () => current.counts(),
    asOf: () => current.asOf(),
    watermark: () => current.watermark(),
    sources: (now) => current.sources(now),
    lateBySource: () => current.lateBySource(),
    joinedWith: (subject) => [...new Set([current, next].flatMap((one) => one?.joinedWith(subject) ?? []))],
    retract(subject, erased) {
      onRetract();
      next?.retract(subject, erased);
      return current.retract(subject, erased);
    },
    rows: () => current.rows(),
    close() {
      onClose();
      next?.close();
      current.close();
    },
  };
  return {
    state,
    prepare: (prepared) => void (next = prepared),
    forgo() {
      const gone = next;
      next = undefined;
      gone?.close();
    },
    isReady: () => next !== undefined && next.offset() >= current.offset(),
    turn() {
      const before = current;
      current = next!;
      next = undefined;
      before.close();
    },
    reopen(open) {
      current.close();
      current = open();
    },
  };
}
