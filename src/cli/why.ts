import { Command } from 'commander';
import { Fault } from '../base/index.ts';
import type { WhyAnswer } from '../serve/index.ts';
import { withApi } from './client.ts';
import { readConfig } from './config.ts';
import { withCellFlags, type CellFlags } from './flags.ts';
import { recordName } from './people.ts';
import { orgOf } from './simulation.ts';
import { bold, dim } from './words.ts';

export function whyCommand(): Command {
  return withCellFlags(new Command('why'))
    .summary('say why one record of a list stands above another')
    .description('Says in one sentence why of two records of a list the upper stands above the lower, whichever is named first.')
    .usage('[options] <record> over <record>')
    .argument('<record>', 'id of a lead or opportunity')
    .argument('[over...]', 'the word `over`, and the id of another on the same list')
    .option('--over <record>', 'the same as an option')
    .option('--json', 'the answer of the API')
    .action(async (record: string, words: string[], { over: named, json, ...flags }: CellFlags & { over?: string; json?: boolean }) => {
      const over = otherOf(words, named);
      const config = readConfig(flags);
      const as = { user: 'operator', role: 'ops' as const };
      const url = `/v1/why?record=${encodeURIComponent(record)}&over=${encodeURIComponent(over)}`;
      const answer = await withApi(config, (ask) => ask<WhyAnswer>({ as, url }));
      const org = orgOf(config.dir);
      process.stdout.write(json ? `${JSON.stringify(answer, null, 2)}\n` : format(answer, (id) => recordName(id, org)));
    });
}

/** The second record: behind the word `over`, or as an option. Throws a Fault where it is neither, or both. */
function otherOf([word, record, ...more]: readonly string[], named: string | undefined): string {
  if (word === undefined && named !== undefined) return named;
  if (word === 'over' && record !== undefined && more.length === 0 && named === undefined) return record;
  throw new Fault({ kind: 'input', value: [word, record, ...more].filter((one) => one !== undefined).join(' ') || 'why', rule: 'is asked of two records', remedy: 'write `why RECORD over RECORD`' });
}

function format({ above, below, positions, parts, sentence }: WhyAnswer, name: (id: string) => string): string {
  const said = [above, below].reduce((text, id) => text.replaceAll(id, name(id)), sentence);
  const places = [above, below].map((id, at) => dim(`${String(positions[at]).padStart(3)}  ${name(id)} ${id}`));
  const sizes = parts.map((part) => `${part.rule ?? part.name} ${factor(part.size)}`).join(' · ');
  return [`${bold(said)}.`, ...places, ...(sizes === '' ? [] : [dim(`upper over lower: ${sizes}`)]), ''].join('\n');
}

/** How many times the upper's part is the lower's. */
function factor(size: number): string {
  if (Math.abs(size) > 20) return size > 0 ? '× ∞' : '× 0';
  return `× ${Number(Math.exp(size).toPrecision(3))}`;
}
