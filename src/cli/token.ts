import { Command, Option } from 'commander';
import { join } from 'node:path';
import { Fault, quote } from '../base/index.ts';
import { GRANTABLE, ROLES, type Role } from '../serve/index.ts';
import { requireCell } from './client.ts';
import { readConfig } from './config.ts';
import { withCellFlags, type CellFlags } from './flags.ts';
import { openLocalIssuer } from './local-issuer.ts';
import { readNumber } from './plan.ts';

interface Flags extends CellFlags {
  role: Role;
  scope: string;
  minutes: string;
}

/** The longest that a token is good for, minutes. */
const YEAR = 365 * 24 * 60;

export function tokenCommand(): Command {
  return withCellFlags(new Command('token'))
    .summary('make a token of the local issuer, for trying the API')
    .description('Prints a JWT that this cell takes, signed by the issuer of this machine.')
    .argument('<user>', 'outside id of the user, e.g. 005…')
    .addOption(new Option('--role <role>', 'what the bearer is').choices([...ROLES]).default('rep'))
    .option('--scope <scopes>', `what the bearer may append, e.g. "crm web": of ${GRANTABLE.join(', ')}`, '')
    .option('--minutes <n>', 'how long it is good for', '60')
    .action(async (user: string, { role, scope, minutes, ...flags }: Flags) => {
      const given = { role, scope: readScopes(scope), minutes: readNumber('--minutes', minutes, 1, YEAR) };
      const config = readConfig(flags);
      requireCell(config);
      const issuer = await openLocalIssuer({ keys: join(config.dir, 'keys'), region: config.region });
      process.stdout.write(`${await issuer.token({ user, ...given })}\n`);
    });
}

/** Throws a Fault for a scope that the service gives nobody. */
function readScopes(text: string): string {
  const scopes = text.split(/[\s,]+/u).filter((scope) => scope !== '');
  const unknown = scopes.find((scope) => !(GRANTABLE as readonly string[]).includes(scope));
  if (unknown === undefined) return scopes.join(' ');
  throw new Fault({ kind: 'input', value: `--scope ${quote(unknown)}`, rule: 'is no scope', remedy: `give some of ${GRANTABLE.join(', ')}` });
}
