import {
  createReplayer,
  openArchive,
  openLedger,
  openReceipts,
  readEntry,
  type Decision,
  type Entry,
  type Receipts,
  type Replayer,
} from '../audit/index.ts';
import type { CellPaths } from '../cell/index.ts';
import type { FeatureSpec } from '../features/index.ts';
import type { Log } from '../log/index.ts';
import { cellFeatures, isContested } from './cell-features.ts';
import type { Config } from './config.ts';
import { withGuest } from './guest.ts';
import { bundleFiles } from './models.ts';
import { championsOf, promotedAt } from './promoted.ts';

/** What an audit reads: the files of a cell, beside its process or without one. */
export interface Auditor {
  /** Its id. */
  readonly cell: string;
  readonly paths: CellPaths;
  readonly log: Log;
  /** What the cell's node folded when it decided. */
  featuresOf(decision: Pick<Decision, 'bundle' | 'offset'>): Promise<readonly FeatureSpec[]>;
  readonly receipts: Receipts;
  readonly replayer: Replayer;
  /** Throws a Fault: `missing`, or `gone` with the receipt of the erasure. */
  entry(decision: string): Entry;
  /** A decision, where it is there and was not erased. */
  find(decision: string): Decision | undefined;
}

/** Lends the files of a cell to `work`. Throws a Fault where there is no cell. */
export function withAuditor<T>(config: Config, work: (auditor: Auditor) => Promise<T>): Promise<T> {
  return withGuest(config, async ({ cell: { id: cell, paths, keys }, log }) => {
    const receipts = openReceipts({ dir: paths.receipts, key: keys.signing });
    const replayer = createReplayer({ archive: openArchive(paths.engines), bundle: (id) => bundleFiles(paths.bundles, id) });
    const featuresOf: Auditor['featuresOf'] = async ({ bundle, offset }) => {
      const champions = isContested(paths.bundles) ? championsOf(await promotedAt(log, offset)) : [];
      return cellFeatures(paths.bundles, () => (bundle === null ? champions : [bundle, ...champions]));
    };
    const ledger = openLedger(paths.journal);
    try {
      return await work({ cell, paths, log, featuresOf, receipts, replayer, entry: (id) => readEntry(ledger, receipts, id), find: (id) => ledger.find(id)?.decision });
    } finally {
      ledger.close();
    }
  });
}
