import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { pino, type Logger } from 'pino';
import {
  createEraser,
  createReplayer,
  openArchive,
  openJournal,
  openLastScores,
  openLedger,
  openReceipts,
  readEntry,
  type Archive,
  type Eraser,
  type Ledger,
  type Receipts,
} from '../audit/index.ts';
import { Fault, systemClock, type Clock } from '../base/index.ts';
import { openCell, type Cell } from '../cell/index.ts';
import type { Gate, LoggedEvent } from '../events/index.ts';
import { BUILD_SHARE, columnNames, discardLmdbState, dropSnapshots, openStateOf, readSnapshot, TARGETS, type Behind, type FeatureSpec, type State, type TargetName } from '../features/index.ts';
import { openLog, type CellLog } from '../log/index.ts';
import { policyDocument, type LastScores } from '../rank/index.ts';
import { createApp, createAuthenticator, createDecide, createIntake, createMetrics, createService, createVisibility, openLastLists, type Assigned, type Stage, type TargetParts } from '../serve/index.ts';
import { actionPolicies } from './action-policies.ts';
import { anchorJournal, type Anchoring } from './anchoring.ts';
import { GROWING, openBundleStore, type BundleStore } from './bundle-store.ts';
import { cellFeatures } from './cell-features.ts';
import type { Config } from './config.ts';
import { compaction, watchHistory } from './compaction.ts';
import { keep, type Duty, type RunningDuty } from './duty.ts';
import { watchFeeds } from './feed-watch.ts';
import { follow, type Follower } from './follow.ts';
import { openGate } from './gate.ts';
import { keepGrowing } from './growth.ts';
import { watchGrowth } from './growth-watch.ts';
import { checkLeftOpen } from './left-open.ts';
import { openLocalIssuer, type LocalIssuer } from './local-issuer.ts';
import { championsOf, promotedIn } from './promoted.ts';
import { retention } from './retention.ts';
import { snapshots, watchSnapshots } from './snapshots.ts';
import { bundleFiles } from './models.ts';
import { readPolicy } from './policy-file.ts';
import { watchSuppression } from './suppression.ts';
import { initialRules, RULES_OF_THE_HOUSE, rulesSource } from './rules-source.ts';

export const ROOT = resolve(import.meta.dirname, '..', '..');

/** A cell's whole machinery in one process: what folds, decides, serves and audits. */
export interface Node {
  readonly cell: Cell;
  readonly log: CellLog;
  readonly gate: Gate;
  readonly state: State;
  readonly bundles: BundleStore;
  readonly archive: Archive;
  readonly ledger: Ledger;
  readonly receipts: Receipts;
  readonly lastScores: LastScores;
  readonly eraser: Eraser;
  readonly issuer: LocalIssuer;
  readonly follower: Follower;
  readonly app: FastifyInstance;
  /** From now on the cell compacts its log, takes snapshots of its state and tells the log how far its journal is, by itself. */
  keepDuties(): void;
  /** Resolves when everything that the log holds now is folded. */
  caughtUp(): Promise<void>;
  /** Idempotent: answers what is under way, then closes everything. */
  stop(): Promise<void>;
}

export interface NodeOptions {
  clock?: Clock;
  /** Why a stage cannot be passed: set by fault tests. */
  fault?: (stage: Stage) => string | null;
  /** In which arm a user's record is, instead of the experiment of the policy: set by tests. */
  assigned?: (user: string, subject: string) => Assigned | null;
  /** Told how far the state is behind the log while it opens. */
  onFold?: (offset: number, end: number) => void;
  /** Told that the files are looked at, since the process before did not close the cell. */
  onCheck?: () => void;
}

/** What the entries of a target's vectors are, as of now: a state may change its features while it serves. */
function columnsOf(target: TargetName, state: State, archive: Archive): { readonly id: string; readonly names: readonly string[] } {
  let of: readonly FeatureSpec[] | undefined;
  let known = { id: '', names: [] as string[] };
  const current = (): typeof known => {
    if (of !== state.features) {
      of = state.features;
      const names = columnNames(of, target);
      known = { id: archive.keep(names), names };
    }
    return known;
  };
  return {
    get id() {
      return current().id;
    },
    get names() {
      return current().names;
    },
  };
}

/** Opens a cell and puts its parts together. It folds from here on; it listens when `app.listen` is called. */
export async function openNode(config: Config, { clock = systemClock, fault = () => null, assigned = () => null, onFold, onCheck }: NodeOptions = {}): Promise<Node> {
  const logger: Logger = pino({ level: config.logLevel }, pino.destination(2));
  const cell = openCell({ ...config, clock, onLeftOpen: checkLeftOpen({ onCheck, onMended: (damage, what) => logger.warn(damage, what) }) });
  const { paths, keys, identities, quarantine } = cell;

  const log = openLog({ path: paths.log, clock });
  const gate = openGate(cell, clock);
  const ledger = openLedger(paths.journal);
  const lastScores = openLastScores({ path: paths.scores, ledger });
  const lastLists = openLastLists(join(paths.scores, 'lists.mdb'));
  const receipts = openReceipts({ dir: paths.receipts, key: keys.signing });
  let folded: State | null = null;
  const wanted = (): FeatureSpec[] => cellFeatures(paths.bundles, () => championsOf(folded ?? promotedIn({ log, statePath: paths.state })));
  const features = wanted();
  const eraser = createEraser({
    dir: paths.receipts,
    clock,
    receipts,
    log,
    identities,
    suppressed: identities.suppressed,
    quarantine,
    state: {
      joinedWith: (subject) => folded?.joinedWith(subject) ?? [],
      retract(subject, options) {
        dropSnapshots(paths.snapshots); // a new one is taken of what is left
        return folded?.retract(subject, options) ?? false;
      },
    },
    lastScores: { erase: async (subject) => void (await Promise.all([lastScores.erase(subject), lastLists.erase(subject)])) },
    ledger,
  });
  if (eraser.waiting() > 0) {
    discardLmdbState(paths.state); // only a state that is folded after the erasure holds no trace
    await eraser.resume();
  }

  const onBehind = ({ offset, history }: Behind): void =>
    logger.info({ offset, history, share: BUILD_SHARE }, 'the state lacks this share of the history or more: it is built anew, for to build takes that share of the time that folding takes, by event');
  const { state, settled, grow, progress } = await openStateOf({ path: paths.state, snapshots: paths.snapshots, features, log, onBehind, ...(onFold && { onProgress: onFold }) });
  folded = state;
  const metrics = createMetrics();
  const watched = watchGrowth(metrics.registry, progress);
  const onNotGrown = (error: unknown): void => {
    watched.onFailure(error);
    logger.error(error, 'the state goes on with the features that it had, and others are tried again');
  };
  const growth = keepGrowing({ path: paths.state, grow, wanted, onFailure: onNotGrown, onGrown: watched.onGrown, clock });
  void growth.ask(settled); // also what a model needs that was promoted while it opened
  let changed = (_subjects: Iterable<string>): void => {};
  const onFolded = (events: readonly LoggedEvent[]): void => {
    changed(events.map(({ subject }) => subject));
    if (events.some(({ type }) => type === 'control.model.promoted')) void growth.ask();
  };
  const follower = follow({ log, state, onFolded });

  const archive = openArchive(paths.engines);
  const engineId = archive.keepEngine(builtEngine());
  const code = await archive.engine(engineId);
  const deciding = (target: TargetName): TargetParts => {
    const fallback = RULES_OF_THE_HOUSE[target];
    const initial = initialRules(config, target, features);
    const applied = (): string | null => state.rules(target);
    const columns = columnsOf(target, state, archive);
    const onFailure = (error: Fault): void => logger.error(error, 'the rules that were applied cannot be used: those before decide');
    return { columns, rules: rulesSource({ archive, engine: code, initial, fallback, applied, columns: () => columns.names, onFailure }) };
  };
  const written = () => {
    const targets = { lead: deciding('lead'), opportunity: deciding('opportunity') };
    return { targets, policy: readPolicy(config, code, [...new Set(TARGETS.flatMap((target) => targets[target].columns.names))]) };
  };
  // What people write may be wrong: nothing stays open then that would keep the process.
  const { targets, policy } = await orElse(written, async () => {
    await follower.stop();
    await lastScores.close();
    await lastLists.close();
    ledger.close();
    growth.stop();
    state.close();
    await log.close();
    await cell.close();
  });
  archive.keep(policyDocument(policy));
  const actions = actionPolicies({ archive, engine: code, promoted: () => state.actions(), onFault: (error) => logger.error(error, 'the action policy that was promoted does not act') });
  const bundles = openBundleStore({ dir: paths.bundles, clock, trusted: [keys.verifying], engine: code, promoted: state, kept: () => state.features, wanted });
  for (const target of TARGETS) bundles.current(target); // the one that goes on where the next one has to wait

  const journal = await openJournal({ dir: paths.journal, server: 'node' });
  if (readSnapshot(paths.snapshots)?.epoch !== log.epoch()) dropSnapshots(paths.snapshots);

  const issuer = await openLocalIssuer({ keys: paths.keys, region: config.region });
  watchSuppression(metrics.registry, identities.suppressed);
  watchFeeds(metrics.registry, config.dir, clock);
  watchHistory(metrics.registry, log, config.duties.compaction, clock);
  watchSnapshots(metrics.registry, paths.snapshots);
  const { replay, explain, explainValue, explainUrgency } = createReplayer({ archive, bundle: (id) => bundleFiles(paths.bundles, id) });
  const decide = createDecide({
    clock,
    state,
    engine: { id: engineId, code },
    models: bundles,
    targets,
    policy,
    actions,
    lastScores,
    lastLists,
    journal: { append: (decisions) => journal.append(decisions), find: (id) => ledger.find(id)?.decision },
    faults(stage, target) {
      const found = { model: () => loadFailure(bundles, target), 'action-policy': () => policyFailure(state.actions(), actions().hash) };
      return fault(stage) ?? (stage === 'model' || stage === 'action-policy' ? found[stage]() : null);
    },
    assigned,
    within: config.deadline,
    onFailure: (error) => logger.error(error, 'what a record needs cannot be read: it is answered for without'),
  });
  ({ changed } = decide);
  const service = createService({
    clock,
    identities,
    log,
    state,
    models: bundles,
    decide,
    lastScores,
    visibility: createVisibility({ identities, state }),
    take: createIntake({ gate, log, quarantine, metrics, identities }),
    metrics,
    folded: follower.folded,
    decisions: { find: (id) => readEntry(ledger, receipts, id), replay, explain, explainValue, explainUrgency },
  });
  const authenticate = createAuthenticator({ issuers: [issuer.issuer, ...config.issuers], clock });
  const app = await createApp({ service, authenticate, metrics, logger, requestsAMinute: config.requestsAMinute });

  const duties: RunningDuty[] = [];
  let anchoring: Anchoring | undefined;
  const onFailure = (error: unknown): void => logger.error(error, 'a duty failed, and is tried again');
  const keepDuties = (): void => {
    if (anchoring !== undefined || stopping !== undefined) return;
    anchoring = anchorJournal({ journal, log, clock, onFailure });
    const { compaction: moving, snapshots: copying, retention: keeping } = config.duties;
    const kept: Duty[] = [...(moving ? [compaction(log, paths.log, moving, clock)] : []), ...(copying ? [snapshots(state, paths, copying, clock)] : []), ...(keeping ? [retention(paths, keeping, clock)] : [])];
    for (const duty of kept) duties.push(keep(duty, { registry: metrics.registry, onFailure }));
  };

  let stopping: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    await Promise.all(duties.map((duty) => duty.stop()));
    await app.close();
    await decide.stop();
    await follower.stop();
    await journal.close();
    await anchoring?.stop();
    await lastScores.close();
    await lastLists.close();
    ledger.close();
    growth.stop();
    state.close();
    await log.close();
    await cell.close();
  };
  return {
    cell,
    log,
    gate,
    state,
    bundles,
    archive,
    ledger,
    receipts,
    lastScores,
    eraser,
    issuer,
    follower,
    app,
    keepDuties,
    caughtUp: () => (log.end() === 0 ? Promise.resolve() : follower.folded(log.end() - 1)),
    stop: () => (stopping ??= close()),
  };
}

/** What `work` gives; where it throws, after `undo`. */
async function orElse<T>(work: () => T, undo: () => Promise<void>): Promise<T> {
  try {
    return work();
  } catch (error) {
    await undo();
    throw error;
  }
}

function builtEngine(): string {
  const path = join(ROOT, 'build', 'engine.mjs');
  if (existsSync(path)) return path;
  throw new Fault({ kind: 'missing', value: path, rule: 'the decision engine is not compiled', remedy: 'run `node scripts/setup.mjs`' });
}

function loadFailure(bundles: BundleStore, target: TargetName): string | null {
  if (bundles.current(target) !== null) return null;
  const failure = bundles.failure(target);
  return failure === null || failure === GROWING ? failure : 'the model could not be loaded';
}

const policyFailure = (promoted: string | null, acts: string): string | null =>
  promoted === null || promoted === acts ? null : 'the policy that was promoted cannot be used';
