import { Command } from 'commander';
import { Fault, quote } from '../base/index.ts';
import type { Org } from '../sandbox/index.ts';
import type { Worklist } from '../serve/index.ts';
import { withApi } from './client.ts';
import { readConfig } from './config.ts';
import { withCellFlags, type CellFlags } from './flags.ts';
import { recordName, resolveUser } from './people.ts';
import { orgOf } from './simulation.ts';
import { age, bold, dim, provenance, reasonLines, standingLine, weekLine, worthLines } from './words.ts';

interface Flags extends CellFlags {
  limit: string;
  leftOut?: boolean;
  json?: boolean;
}

export function worklistCommand(): Command {
  return withCellFlags(new Command('worklist'))
    .summary("print a user's ranked worklist with reasons")
    .description('Prints whom a user should work next, why, and what to do.')
    .argument('<user>', 'id of the user; in a simulated org also a name')
    .option('--limit <n>', 'how many records, 1 to 200', '10')
    .option('--left-out', 'name what was left out, each with the reason')
    .option('--json', 'the answer of the API')
    .action(async (text: string, { limit, leftOut, json, ...flags }: Flags) => {
      if (!(Number.isInteger(Number(limit)) && Number(limit) >= 1 && Number(limit) <= 200)) {
        throw new Fault({ kind: 'input', value: `--limit ${quote(limit)}`, rule: 'must be a whole number from 1 to 200', remedy: 'give another' });
      }
      const config = readConfig(flags);
      const org = orgOf(config.dir);
      const user = resolveUser(text, org);
      // The terminal belongs to the operator: looking over a rep's shoulder is no impression.
      const as = { user: 'operator', role: 'ops' as const };
      const url = `/v1/worklist?limit=${limit}&user=${encodeURIComponent(user.id)}${leftOut === true ? '&left_out=records' : ''}`;
      const list = await withApi(config, (ask) => ask<Worklist>({ as, url }));
      process.stdout.write(json ? `${JSON.stringify(list, null, 2)}\n` : format(list, user.name, org));
    });
}

function format(list: Worklist, name: string, org: Org | undefined): string {
  const head = `${bold(`Worklist of ${name}`)}\n${dim([provenance(list), ...levelLines(list)].join('\n'))}\n`;
  const items = list.items.map((item) => {
    const title = `${String(item.position).padStart(3)}  ${bold(`${String(item.score).padStart(3)} ${item.grade}`)}  ${bold(recordName(item.record, org))}`;
    const facts = dim(`${item.kind} ${item.record} · last news ${age(item.dataAgeSeconds)} ago`);
    const lines = [facts, ...flagLine(item), ...standingLine(item.standing), ...weekLine(item.week), ...worthLines(item), ...reasonLines(item.reasons), `→ ${item.action.sentence}`, ...changeLine(item)];
    return `${title}\n${lines.map((line) => `            ${line}`).join('\n')}\n`;
  });
  const body = items.length === 0 ? 'Nothing to work right now.\n' : items.join('\n');
  return `${head}\n${body}${leftOutText(list, org)}`;
}

/** Of a list of several kinds of records, what is not of the level of the whole. */
function levelLines({ level, levels }: Worklist): string[] {
  return levels.filter((one) => one.level !== level).map((one) => `${one.records} of kind ${one.kind}: level ${one.level}${one.levelReason === null ? '' : `: ${one.levelReason}`}`);
}

function leftOutText({ leftOut }: Worklist, org: Org | undefined): string {
  if (leftOut.length === 0) return '';
  const counts = leftOut.map(({ reason, count, orMore }) => `${count}${orMore === true ? ' or more' : ''} ${reason}`).join(', ');
  const named = leftOut.flatMap(({ reason, count, orMore, records }) => {
    if (records === undefined) return [];
    const others = orMore === true || records.length < count ? [`  … and ${orMore === true ? 'at least ' : ''}${count - records.length} more: ${reason}\n`] : [];
    return [...records.map(({ record, sentence }) => `  ${recordName(record, org)} ${record}: ${sentence}\n`), ...others];
  });
  return dim(`\nLeft out: ${counts}\n${named.join('')}`);
}

/** What stands out of it. */
const flagLine = ({ flags }: Worklist['items'][number]): string[] => (flags.length === 0 ? [] : [`! ${flags.join(', ')}`]);

function changeLine({ change, position }: Worklist['items'][number]): string[] {
  if (change === undefined) return [];
  const { from, sentence } = change;
  return [dim(from === null ? sentence : `${from > position ? 'up' : 'down'} from ${from}: ${sentence}`)];
}
