import { Command } from 'commander';
import { existsSync } from 'node:fs';
import { stringify } from 'yaml';
import { Fault, readYamlAs, systemClock } from '../base/index.ts';
import { evaluationOf, objection, verdict } from '../experiment/index.ts';
import type { TargetName } from '../features/index.ts';
import { assemble, evaluatePolicy, learnPolicy, openSource, readOutcomes, readRecommendations, type Assembled } from '../lifecycle/index.ts';
import { DEFAULT_ACTIONS, parseActionPolicy, trialPolicy, type ActionPolicy } from '../rank/index.ts';
import { readConfig } from './config.ts';
import { experimentText } from './experiment-text.ts';
import { withCellFlags, type CellFlags } from './flags.ts';
import { readNumber, readTarget } from './plan.ts';
import { promotePolicy, storedPolicy, withPolicyCell, type PolicyCell } from './policy-cell.ts';
import { estimatesText, learnedText, leftOutText, policyText, verbOf } from './policy-text.ts';
import { step } from './progress.ts';

interface LearnFlags extends CellFlags {
  target: string;
  days?: string;
  seed: string;
  promote?: boolean;
  json?: boolean;
}

export function policyCommand(): Command {
  const policy = new Command('policy')
    .summary('learn, evaluate and apply the policy of the next best action')
    .description('What is recommended to whom: constraints, rules, learned effects, and the share by lot. Works on a cell’s files, whether its process runs or not.');
  const add = (name: string, description: string): Command => withCellFlags(policy.command(name).description(description)).option('--json', 'print JSON');
  const withDays = (command: Command): Command =>
    command
      .option('--target <entity>', 'lead: did it convert; opportunity: was it won', 'lead')
      .option('--days <n>', 'a recommendation did well where that comes within so many days (default: 30, or 90)')
      .option('--seed <n>', 'seed of everything random', '1');

  withDays(add('learn', 'learns effects from the recommendations in the journals, and judges the policy of them off-policy; prints its hash'))
    .option('--promote', 'make it the one that recommends, where its interval clears')
    .action(learn);
  withDays(add('evaluate', 'what a policy would have brought at the recommendations in the journals; ends with 1 where it does not clear'))
    .argument('<policy>', 'hash of a stored policy, or a YAML file')
    .action(evaluate);
  add('show', 'prints the policy that recommends, or another')
    .argument('[policy]', 'hash of a stored policy, or a YAML file')
    .option('--yaml', 'as a file that `policy apply` takes')
    .action((name: string | undefined, { json, yaml, ...flags }: CellFlags & { json?: boolean; yaml?: boolean }) =>
      withPolicyCell(readConfig(flags), async (cell) => {
        const found = name === undefined ? cell.present : named(cell, name);
        const experiment = cell.experiment();
        print(json ? JSON.stringify({ hash: found.hash, acts: found.silent === null, why: found.silent, ...found.document, experiment }, null, 2) : yaml ? stringify(found.document).trimEnd() : [policyText(found), ...experimentText(experiment)].join('\n'));
      }),
    );
  add('apply', 'makes a policy the one that recommends; one with learned effects only where its evaluation clears')
    .argument('<policy>', 'hash of a stored policy, a YAML file, or `rules` for that of leadrank')
    .action((name: string, { json, ...flags }: CellFlags & { json?: boolean }) =>
      withPolicyCell(readConfig(flags), async (cell) => {
        const found = name === 'rules' ? parseActionPolicy(DEFAULT_ACTIONS) : named(cell, name);
        await promotePolicy(cell, found, systemClock());
        print(json ? JSON.stringify({ policy: found.hash, previous: cell.present.hash }) : `${found.hash} recommends from now on, in the place of ${cell.present.hash}`);
      }),
    );
  return policy;
}

async function learn({ target, days, seed, promote, json, ...flags }: LearnFlags): Promise<void> {
  const options = { ...asked(target, days), seed: Math.trunc(readNumber('--seed', seed, 0, 2 ** 31)) };
  await withPolicyCell(readConfig(flags), async (cell) => {
    const assembled = await gather(cell, options, -Infinity);
    const learned = await step('Learning effects', ({ update }) => learnPolicy(assembled.recommendations, { ...options, present: cell.present, until: assembled.newest, onProgress: update }));
    const found = parseActionPolicy(learned.document);
    cell.archive.keep(found.document);
    const promoted = promote === true && found.silent === null;
    if (promoted) await promotePolicy(cell, found, systemClock());
    const { evaluation, effects, estimates, leftOut } = learned;
    const report = { policy: found.hash, promoted, clears: found.silent === null, why: found.silent, evaluation, estimates, leftOut, effects: effects.map(({ model: _model, ...effect }) => effect), followed: assembled.followed };
    const next = promoted ? 'recommends from now on' : found.silent === null ? `kept; \`bin/leadrank policy apply ${found.hash}\` makes it recommend` : 'kept; the present policy goes on';
    print(json ? JSON.stringify(report, null, 2) : `${learnedText(learned, assembled)}\n${found.hash} ${next}`);
  });
}

async function evaluate(name: string, { target, days, seed, json, ...flags }: LearnFlags): Promise<void> {
  const options = asked(target, days);
  await withPolicyCell(readConfig(flags), async (cell) => {
    const stored = named(cell, name);
    const { learned: effects } = stored.document;
    const policy = effects === null ? stored : { ...trialPolicy(stored.document, effects), hash: stored.hash };
    const since = effects?.until ?? -Infinity;
    const assembled = await gather(cell, options, since);
    const { estimates, count, leftOut } = await step('Evaluating', () => evaluatePolicy(assembled.recommendations, { policy, present: cell.present, seed: Number(seed) }));
    const found = evaluationOf(estimates[0]!, count);
    const against = objection(found);
    print(json ? JSON.stringify({ policy: policy.hash, clears: against === null, why: against, evaluation: found, estimates, leftOut }, null, 2) : [...leftOutText(leftOut), ...estimatesText(estimates, verbOf(options.target)), `${policy.hash} ${verdict(found, verbOf(options.target))}`].join('\n'));
    process.exitCode = against === null ? 0 : 1;
  });
}

interface Asked {
  readonly target: TargetName;
  readonly horizonDays: number;
}

/** Of what effects are asked. Throws a Fault for a value out of range. */
function asked(target: string, days: string | undefined): Asked {
  const name = readTarget(target);
  return { target: name, horizonDays: Math.trunc(readNumber('--days', days ?? (name === 'lead' ? '30' : '90'), 1, 365)) };
}

/** The recommendations made after a time, ms, with what became of them. */
function gather({ cell, log, archive }: PolicyCell, { target, horizonDays }: Asked, since: number): Promise<Assembled> {
  return step('Reading recommendations and what became of them', async () => {
    const made = readRecommendations(cell.paths.journal, target).filter(({ time }) => time > since);
    const from = made.reduce((least, { offset }) => Math.min(least, offset), Infinity);
    const outcomes = readOutcomes(await openSource(log), { target, from });
    return assemble(made, outcomes, { horizonDays, until: systemClock(), columns: (id) => archive.document(id) as string[] });
  });
}

/** A policy by its hash or from a file. Throws a Fault for one that is neither. */
function named({ archive, columns }: Pick<PolicyCell, 'archive' | 'columns'>, name: string): ActionPolicy {
  if (/^[0-9a-f]{32}$/u.test(name)) return storedPolicy(archive, name);
  if (!existsSync(name)) throw new Fault({ kind: 'missing', value: `policy ${name}`, rule: 'is no file and no hash', remedy: 'see `bin/leadrank policy show --yaml`' });
  return readYamlAs(name, (raw) => parseActionPolicy(raw, columns));
}

const print = (text: string): void => void process.stdout.write(`${text}\n`);
