import type { Command } from 'commander';

export interface Verb {
  name: string;
  summary: string;
  load: () => Promise<Command>;
}

/** Every verb, in the order of the help. A verb's file is loaded only when it runs. */
export const VERBS: readonly Verb[] = [
  { name: 'up', summary: 'start a cell: ingest, fold, serve, and the page', load: async () => (await import('./up.ts')).upCommand() },
  { name: 'fit', summary: 'train a model on a CSV file', load: async () => (await import('./fit.ts')).fitCommand() },
  { name: 'predict', summary: 'score a CSV file with a bundle', load: async () => (await import('./predict.ts')).predictCommand() },
  { name: 'import', summary: 'bring the records of a CSV or Parquet file into a cell', load: async () => (await import('./import.ts')).importCommand() },
  { name: 'feed', summary: 'take daily files of ERP and marketing from a folder or a bucket', load: async () => (await import('./feed.ts')).feedCommand() },
  { name: 'import-model', summary: 'make a bundle of a CatBoost model', load: async () => (await import('./import-model.ts')).importModelCommand() },
  { name: 'replay', summary: 'replay the log into a training set', load: async () => (await import('./replay.ts')).replayCommand() },
  { name: 'train', summary: 'train a model on the history in the log, and promote it', load: async () => (await import('./train.ts')).trainCommand() },
  { name: 'backup', summary: 'copy a cell to a folder, while it runs', load: async () => (await import('./backup.ts')).backupCommand() },
  { name: 'restore', summary: 'make a cell out of a backup', load: async () => (await import('./restore.ts')).restoreCommand() },
  { name: 'snapshot', summary: 'copy the state of a cell, so that it need not be folded from the beginning', load: async () => (await import('./snapshot.ts')).snapshotCommand() },
  { name: 'compact', summary: 'move the older part of the log to Parquet files', load: async () => (await import('./compact.ts')).compactCommand() },
  { name: 'worklist', summary: "print a user's ranked worklist with reasons", load: async () => (await import('./worklist.ts')).worklistCommand() },
  { name: 'explain', summary: 'explain the score of a record', load: async () => (await import('./explain.ts')).explainCommand() },
  { name: 'rules', summary: 'points rules: check, test, try on history, compile to a formula, apply', load: async () => (await import('./rules.ts')).rulesCommand() },
  { name: 'why', summary: 'say why one record of a list stands above another', load: async () => (await import('./why.ts')).whyCommand() },
  { name: 'policy', summary: 'learn, evaluate and apply the policy of the next best action', load: async () => (await import('./policy.ts')).policyCommand() },
  { name: 'audit', summary: 'verify the journal, replay or print a decision, erase or readmit a subject', load: async () => (await import('./audit.ts')).auditCommand() },
  { name: 'monitor', summary: 'watch skew, adoption, and what users dispute', load: async () => (await import('./monitor.ts')).monitorCommand() },
  { name: 'quarantine', summary: 'list the events that the gate refused, and show them to it again', load: async () => (await import('./quarantine.ts')).quarantineCommand() },
  { name: 'simulate', summary: 'write the leads of a simulated org as a CSV file, for trying `fit`', load: async () => (await import('./simulate.ts')).simulateCommand() },
  { name: 'token', summary: 'make a token of the local issuer, for trying the API', load: async () => (await import('./token.ts')).tokenCommand() },
  { name: 'doctor', summary: 'check the installation and the data folder', load: async () => (await import('./doctor.ts')).doctorCommand() },
  { name: 'reset', summary: 'delete the data folder and begin anew', load: async () => (await import('./reset.ts')).resetCommand() },
];

/** The verb that the arguments name: the first that is not a flag. */
export function findVerb(argv: readonly string[]): Verb | undefined {
  const words = argv[0] === 'help' ? argv.slice(1) : argv;
  const name = words.find((word) => !word.startsWith('-'));
  return VERBS.find((verb) => verb.name === name);
}
