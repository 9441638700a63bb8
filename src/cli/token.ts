import { Command, Option } from 'commander';
import { join } from 'node:path';
import { ROLES, type Role } from '../serve/index.ts';
import { requireCell } from './client.ts';
import { readConfig } from './config.ts';
import { withCellFlags, type CellFlags } from './flags.ts';
import { openLocalIssuer } from './local-issuer.ts';

interface Flags extends CellFlags {
  role: Role;
  scope: string;
  minutes: string;
}

export function tokenCommand(): Command {
  return withCellFlags(new Command('token'))
    .summary('make a token of the local issuer, for trying the API')
    .description('Prints a JWT that this cell takes, signed by the issuer of this machine.')
    .argument('<user>', 'outside id of the user, e.g. 005…')
    .addOption(new Option('--role <role>', 'what the bearer is').choices([...ROLES]).default('rep'))
    .option('--scope <scopes>', 'what the bearer may append: crm web email telephony feedback', '')
    .option('--minutes <n>', 'how long it is good for', '60')
    .action(async (user: string, { role, scope, minutes, ...flags }: Flags) => {
      const config = readConfig(flags);
      requireCell(config);
      const issuer = await openLocalIssuer({ keys: join(config.dir, 'keys'), region: config.region });
      process.stdout.write(`${await issuer.token({ user, role, scope, minutes: Number(minutes) })}\n`);
    });
}
