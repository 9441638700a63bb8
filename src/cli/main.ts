import { Command, CommanderError } from 'commander';
import { Fault, type FaultKind } from '../base/index.ts';
import { RELEASE } from './release.ts';
import { findVerb, VERBS } from './verbs.ts';

/** Exit codes: 0 done · 1 a fault of ours or of the system · 2 what was given breaks a rule · 130 interrupted. */
const EXIT: Partial<Record<FaultKind, number>> = { unavailable: 1, corrupt: 1 };

/** A word that is no verb is refused, whether or not help is asked for. */
const HELP: ReadonlySet<string> = new Set(['-h', '--help']);

/** What is wrong in the words of a command, or of one below it, ends as `main` says, with its usage. */
function strict(command: Command): void {
  command.exitOverride().showHelpAfterError().commands.forEach(strict);
}

async function main(argv: readonly string[]): Promise<number> {
  const program = new Command('leadrank')
    .description('Ranks a sales team’s leads and opportunities and says whom to work next, why, and what to do.')
    .version(RELEASE)
    .showHelpAfterError('(try `bin/leadrank --help`)')
    .exitOverride();
  const named = findVerb(argv);
  for (const verb of VERBS) {
    // Only the verb that runs is loaded; the others are known by name and summary.
    program.addCommand(verb === named ? await verb.load() : new Command(verb.name).summary(verb.summary).description(verb.summary));
  }
  program.commands.forEach(strict);
  try {
    await program.parseAsync(named === undefined ? argv.filter((word) => !HELP.has(word) || word === argv[0]) : [...argv], { from: 'user' });
    return Number(process.exitCode ?? 0);
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (!(error instanceof Fault)) {
      const { stack, message } = error instanceof Error ? error : { stack: '', message: String(error) };
      process.stderr.write(`leadrank: ${message}: a fault of leadrank itself; please report it with these lines\n${stack}\n`);
      return 1;
    }
    process.stderr.write(`leadrank: ${error.message}\n`);
    return EXIT[error.kind] ?? 2;
  }
}

/** Who reads what is printed may have seen enough, as `head` has: then there is nobody left to do it for. */
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});
process.exitCode = await main(process.argv.slice(2));
