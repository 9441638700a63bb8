import { Command } from 'commander';
import { systemClock } from '../base/index.ts';
import { openCell } from '../cell/index.ts';
import { readConfig } from './config.ts';
import { withCellFlags, type CellFlags } from './flags.ts';
import { openGate } from './gate.ts';
import { withGuest } from './guest.ts';

type Flags = CellFlags & { json?: boolean };

export function quarantineCommand(): Command {
  const quarantine = new Command('quarantine')
    .summary('list the events that the gate refused, and show them to it again')
    .description('What the gate refused waits here, encrypted, until it is mended or expires.');
  const add = (name: string, description: string): Command => withCellFlags(quarantine.command(name).description(description)).option('--json', 'print JSON');

  add('list', 'prints what was refused, and why').action(async (flags: Flags) => {
    const cell = openCell({ ...readConfig(flags), clock: systemClock, role: 'guest' });
    const entries = cell.quarantine.list();
    await cell.close();
    const lines = entries.map(({ id, received, code, message }) => `${new Date(received).toISOString()}  ${id}  ${code.padEnd(13)}  ${message}\n`);
    process.stdout.write(flags.json ? `${JSON.stringify(entries, null, 2)}\n` : lines.join('') || 'Nothing waits in quarantine.\n');
  });

  add('replay', 'shows every event to the gate again, after a fix; what passes goes into the log').action(async (flags: Flags) => {
    const result = await withGuest(readConfig(flags), ({ cell, log }) => cell.quarantine.replay(openGate(cell, systemClock), (events) => log.append(events)));
    process.stdout.write(flags.json ? `${JSON.stringify(result)}\n` : `${result.passed} passed, ${result.refused} still refused\n`);
  });
  return quarantine;
}
