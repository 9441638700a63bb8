import { Command } from 'commander';
import type { Org } from '../sandbox/index.ts';
import type { Insight } from '../serve/index.ts';
import { withApi } from './client.ts';
import { readConfig } from './config.ts';
import { withCellFlags, type CellFlags } from './flags.ts';
import { recordName } from './people.ts';
import { orgOf } from './simulation.ts';
import { age, bold, dim, provenance, reasonLines, standingLine, weekLine, worthLines } from './words.ts';

export function explainCommand(): Command {
  return withCellFlags(new Command('explain'))
    .summary('explain the score of a record')
    .description('Prints the score of a record, the reasons for and against, and how the answer was made.')
    .argument('<record>', 'id of the lead or opportunity, e.g. 00Q… or 006…')
    .option('--json', 'the answer of the API')
    .action(async (record: string, { json, ...flags }: CellFlags & { json?: boolean }) => {
      const config = readConfig(flags);
      const as = { user: 'operator', role: 'ops' as const };
      const url = `/v1/records/${encodeURIComponent(record)}/insight`;
      const insight = await withApi(config, (ask) => ask<Insight>({ as, url }));
      process.stdout.write(json ? `${JSON.stringify(insight, null, 2)}\n` : format(insight, orgOf(config.dir)));
    });
}

const OUTCOMES = { lead: 'converts within 30 days', opportunity: 'is won within 90 days' } as const;

function format(insight: Insight, org: Org | undefined): string {
  const { record, score, grade, standing, probability, reasons, action, sources, trend, decision, dataAgeSeconds } = insight;
  const chance = probability === null ? 'no probability under rules' : `${OUTCOMES[insight.kind]} with probability ${(probability * 100).toFixed(1)} %`;
  const list = sources.map(({ source, ageSeconds, stale }) => `${source} ${age(ageSeconds)}${stale ? ' (late)' : ''}`);
  const earlier = trend.slice(0, -1).map((point) => `${point.score} (${point.time.slice(0, 10)})`);
  return [
    `${bold(recordName(record, org))} ${dim(record)}`,
    `${bold(`${score} ${grade}`)}  ${chance}`,
    ...standingLine(standing),
    ...(insight.notListed === null ? [] : [bold(`On no list: ${insight.notListed.sentence}.`)]),
    ...worthLines(insight),
    ...reasonLines(reasons).map((line) => `  ${line}`),
    `→ ${action.sentence}`,
    ...action.leftOut.map(({ sentence }) => dim(`  ${sentence}`)),
    dim(`last news ${age(dataAgeSeconds)} ago · sources: ${list.join(', ')}`),
    ...weekLine(insight.week).map(dim),
    ...(earlier.length === 0 ? [] : [dim(`before: ${earlier.join(', ')}`)]),
    dim(provenance(insight)),
    dim(`decision ${decision}; reproduce it with \`bin/leadrank audit replay ${decision}\``),
    '',
  ].join('\n');
}
