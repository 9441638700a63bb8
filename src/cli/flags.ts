import type { Command } from 'commander';
import type { ConfigFlags } from './config.ts';

/** The flags that say which cell is meant. */
export function withCellFlags(command: Command): Command {
  return command
    .option('--cell <region>', 'us or eu (default: of cell.yaml, or us)')
    .option('--data <dir>', 'data folder (default: ./data)')
    .option('--config <dir>', 'folder with cell.yaml');
}

export type CellFlags = Pick<ConfigFlags, 'cell' | 'data' | 'config'>;
