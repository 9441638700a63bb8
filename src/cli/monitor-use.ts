import { Command } from 'commander';
import type { Adoption, Disputes } from '../serve/index.ts';
import { withApi } from './client.ts';
import { readConfig } from './config.ts';
import { withCellFlags, type CellFlags } from './flags.ts';
import { recordName } from './people.ts';
import { readTime } from './plan.ts';
import { orgOf } from './simulation.ts';
import { age, bold, dim } from './words.ts';

const as = { user: 'operator', role: 'ops' as const };

/** `monitor adoption`: whether lists are used. */
export function adoptionCommand(): Command {
  return withCellFlags(new Command('adoption'))
    .description('What was shown, accepted, done, dismissed, snoozed and disputed, by week and team. Nothing is said of a rep.')
    .option('--json', 'the answer of the API')
    .action(async ({ json, ...flags }: CellFlags & { json?: boolean }) => {
      const config = readConfig(flags);
      const answer = await withApi(config, (ask) => ask<Adoption>({ as, url: '/v1/monitor' }));
      const names = new Map((orgOf(config.dir)?.users() ?? []).map(({ id, name }) => [id, name]));
      process.stdout.write(json ? `${JSON.stringify(answer, null, 2)}\n` : adoptionText(answer, (id) => names.get(id) ?? id));
    });
}

const USES = ['shown', 'accepted', 'done', 'dismissed', 'snoozed', 'disputed'] as const;

function adoptionText({ weeks, unassigned }: Adoption, name: (manager: string) => string): string {
  const head = bold(['week of   ', ...USES.map((use) => use.padStart(9)), '  team'].join(' '));
  const rows = weeks.map((row) => [row.week, ...USES.map((use) => String(row[use]).padStart(9)), `  ${row.team === null ? 'others' : name(row.team)}`].join(' '));
  const none = weeks.length === 0 ? [dim('Nothing was shown yet to a team of five or more.')] : [];
  const lost = unassigned === 0 ? [] : ['', `${unassigned} open records are on no list: nobody owns them, and they are in no territory.`];
  return [head, ...rows, ...none, ...lost, ''].join('\n');
}

/** `monitor disputes`: which data users doubt. */
export function disputesCommand(): Command {
  return withCellFlags(new Command('disputes'))
    .description('Disputed reasons, the newest first, with the features behind them: value, effect, source and its age.')
    .option('--since <time>', 'from then on, e.g. 2026-03-01 (default: the last 30 days)')
    .option('--json', 'the answer of the API')
    .action(async ({ since, json, ...flags }: CellFlags & { since?: string; json?: boolean }) => {
      const config = readConfig(flags);
      const query = since === undefined ? '' : `?since=${encodeURIComponent(new Date(readTime('--since', since)).toISOString())}`;
      const answer = await withApi(config, (ask) => ask<Disputes>({ as, url: `/v1/disputes${query}` }));
      const org = orgOf(config.dir);
      process.stdout.write(json ? `${JSON.stringify(answer, null, 2)}\n` : disputesText(answer, (id) => recordName(id, org)));
    });
}

function disputesText({ disputes }: Disputes, name: (record: string) => string): string {
  if (disputes.length === 0) return 'Nobody disputed anything.\n';
  const blocks = disputes.map(({ time, record, reason, theme, sentence, features, decision }) => [
    `${time.slice(0, 16).replace('T', ' ')}  ${bold(name(record))} ${dim(record)}`,
    `  ${(reason ?? 'disputed').replaceAll('_', ' ')}: ${theme ?? 'its place'}${sentence === null ? '' : ` (\u201c${sentence}\u201d)`}`,
    ...features.map((one) => `    ${one.feature} = ${one.value ?? 'missing'}  ${dim(`${one.effect < 0 ? '\u2212' : '+'}${Math.abs(one.effect).toFixed(2)} \u00b7 ${one.source ?? 'rules'}${one.sourceAgeSeconds === null ? '' : `, ${age(one.sourceAgeSeconds)} old${one.stale ? ', late' : ''}`}`)}`),
    dim(`  decision ${decision}`),
    '',
  ]);
  return blocks.flat().join('\n');
}
